import { afterEach, expect, test } from "vitest";
import { catalog, line, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const opened = async (...objects: Parameters<typeof worldOf>) => {
  shop = await TestShop.open(worldOf(...catalog, ...objects));
};

const payment = { processedAt: "2026-10-01T10:00:00Z", fee: null, gateway: "shopify_payments" };
const inYen = { presentmentCurrency: "JPY", presentmentRate: "150" };

test("a fee is in the currency in which the payment was settled", async () => {
  await opened(
    order(1, {
      ...inYen,
      transactions: [
        { ...payment, kind: "SALE", amount: "20.00", fee: "79", settlement: { currency: "JPY", rate: "1" } },
        { ...payment, kind: "SALE", amount: "5.00", fee: "0.431", settlement: { currency: "KWD", rate: "0.00205" } },
        { ...payment, kind: "SALE", amount: "5.00", fee: "0.43" },
      ],
    }),
  );
  const { data, errors } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") { transactions {
    settlementCurrency settlementCurrencyRate fees { amount { amount currencyCode } } } } }`);
  expect(errors).toBeUndefined();
  const settled = (settlementCurrency: string, settlementCurrencyRate: string, amount: string) => ({
    settlementCurrency,
    settlementCurrencyRate,
    fees: [{ amount: { amount, currencyCode: settlementCurrency } }],
  });
  expect(data).toEqual({
    order: {
      transactions: [
        settled("JPY", "1", "79.0"),
        settled("KWD", "0.00205", "0.431"),
        settled("USD", "0.0066666667", "0.43"),
      ],
    },
  });
});

test("what the exchange rate made of an amount is booked from the shop's side, and a loss is below zero", async () => {
  await opened(
    order(1, {
      ...inYen,
      transactions: [
        { ...payment, kind: "AUTHORIZATION", amount: "30.00" },
        { ...payment, kind: "CAPTURE", amount: "30.00", exchangeAdjustment: "0.12" },
        { ...payment, kind: "REFUND", amount: "9.00", exchangeAdjustment: "-0.20" },
      ],
    }),
  );
  const { data } =
    await shop.graphql(`{ order(id: "gid://shopify/Order/1") { transactions { currencyExchangeAdjustment {
    id adjustment { amount currencyCode } originalAmountSet { amount } finalAmountSet { amount } } } } }`);
  const adjusted = (index: number, adjustment: string, from: string, to: string) => ({
    currencyExchangeAdjustment: {
      id: `gid://shopify/CurrencyExchangeAdjustment/100${index}`,
      adjustment: { amount: adjustment, currencyCode: "USD" },
      originalAmountSet: { amount: from },
      finalAmountSet: { amount: to },
    },
  });
  expect(data).toEqual({
    order: {
      transactions: [
        { currencyExchangeAdjustment: null },
        adjusted(1, "0.12", "30.0", "30.12"),
        adjusted(2, "-0.2", "-9.0", "-9.2"),
      ],
    },
  });
});

test("cash is rounded beside the amount, and summed up for payments and refunds that succeeded", async () => {
  const cash = { ...payment, gateway: "cash" };
  await opened(
    order(1, {
      lines: [line(11, { unitPrice: "9.99" })],
      transactions: [
        { ...cash, kind: "SALE", amount: "29.97", rounding: "-0.02" },
        { ...cash, kind: "SALE", amount: "29.97", rounding: "0.03", status: "FAILURE" },
        { ...cash, kind: "REFUND", amount: "9.99", rounding: "0.01" },
      ],
    }),
  );
  const { data } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") {
    totalReceivedSet { shopMoney { amount } }
    totalCashRoundingAdjustment { paymentSet { shopMoney { amount } } refundSet { shopMoney { amount } } }
    transactions(first: 1) { amountSet { shopMoney { amount } } amountRoundingSet { shopMoney { amount } } } } }`);
  const money = (amount: string) => ({ shopMoney: { amount } });
  expect(data).toEqual({
    order: {
      totalReceivedSet: money("29.97"),
      totalCashRoundingAdjustment: { paymentSet: money("-0.02"), refundSet: money("0.01") },
      transactions: [{ amountSet: money("29.97"), amountRoundingSet: money("-0.02") }],
    },
  });
});

test("a payment schedule is in the buyer's currency", async () => {
  const terms = { type: "NET" as const, dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" };
  await opened(order(1, { ...inYen, terms }));
  const { data } =
    await shop.graphql(`{ order(id: "gid://shopify/Order/1") { paymentTerms { paymentSchedules(first: 1) {
    nodes { balanceDue { amount currencyCode } totalBalance { amount } } } } } }`);
  expect(data).toEqual({
    order: {
      paymentTerms: {
        paymentSchedules: {
          nodes: [{ balanceDue: { amount: "4500.0", currencyCode: "JPY" }, totalBalance: { amount: "4500.0" } }],
        },
      },
    },
  });
});

test("the address to which an order goes has a country, and an order that goes nowhere no address", async () => {
  await opened(order(1, { shipTo: { countryCode: "DE" } }), order(2));
  const { data } = await shop.graphql(`{ orders(first: 5) { nodes { shippingAddress { countryCodeV2 } } } }`);
  expect(data).toEqual({
    orders: { nodes: [{ shippingAddress: { countryCodeV2: "DE" } }, { shippingAddress: null }] },
  });
});

test("terms are completed when the last payment that was needed came, also for what an edit added", async () => {
  const terms = { type: "NET" as const, dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" };
  const paid = (amount: string, day: string) => ({
    ...payment,
    kind: "SALE" as const,
    amount,
    processedAt: `2026-10-${day}T00:00:00Z`,
  });
  const edits = [{ at: "2026-10-10T00:00:00Z", add: [line(12, { quantity: 1 })] }];
  const completed = async (id: number) => {
    const { data } = await shop.graphql<{ order: { paymentTerms: { paymentSchedules: { nodes: object[] } } } }>(
      `{ order(id: "gid://shopify/Order/${id}") { paymentTerms { paymentSchedules(first: 1) { nodes { completedAt } } } } }`,
    );
    return data?.order.paymentTerms.paymentSchedules.nodes;
  };
  const more = [paid("30.00", "05"), paid("10.00", "12")];
  const back = { lines: [{ lineId: 31, quantity: 1, restockType: "RETURN" as const, amount: "10.00", tax: "0" }] };
  const refund = { id: 1, createdAt: "2026-10-20T00:00:00Z", ...back, shipping: "0", adjustment: "0" };
  await opened(
    order(1, { terms, edits, transactions: more }),
    order(2, { terms, lines: [line(21)], transactions: more.slice(0, 1) }),
    order(3, { terms, lines: [line(31)], transactions: more.slice(0, 1), refunds: [refund] }),
  );
  expect(await completed(1)).toEqual([{ completedAt: "2026-10-12T00:00:00Z" }]);
  expect(await completed(2)).toEqual([{ completedAt: "2026-10-05T00:00:00Z" }]);
  expect(await completed(3)).toEqual([{ completedAt: "2026-10-05T00:00:00Z" }]);
});

test("a line weighs what one unit of its variant weighs", async () => {
  await opened(order(1, { lines: [line(11), line(12, { variantId: null })] }));
  const { data } = await shop.graphql(
    `{ order(id: "gid://shopify/Order/1") { lineItems(first: 5) { nodes { weight { unit value } } } } }`,
  );
  expect(data).toEqual({
    order: { lineItems: { nodes: [{ weight: { unit: "GRAMS", value: 300 } }, { weight: null }] } },
  });
});
