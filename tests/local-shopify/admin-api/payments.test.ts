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
