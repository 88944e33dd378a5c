import { afterEach, expect, test } from "vitest";
import { catalog, line, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const opened = async (...objects: Parameters<typeof worldOf>) => {
  shop = await TestShop.open(worldOf(...catalog, ...objects));
};

const fullOrder = order(1, {
  lines: [
    line(11, { quantity: 3, discount: "3.00", tax: "2.00", taxes: [{ title: "VAT", rate: "0.08", amount: "2.00" }] }),
    line(12, { variantId: null, title: "Engraving", quantity: 1, unitPrice: "5.00" }),
  ],
  orderDiscount: "1.00",
  shipping: { price: "5.00", discount: "1.00", tax: "0.40" },
  tip: "2.00",
  transactions: [
    { kind: "SALE", gateway: "shopify_payments", amount: "39.40", processedAt: "2026-10-01T10:00:00Z", fee: "1.23" },
    { kind: "REFUND", gateway: "shopify_payments", amount: "11.00", processedAt: "2026-10-03T10:00:00Z", fee: null },
  ],
  refunds: [
    {
      id: 1,
      createdAt: "2026-10-03T10:00:00Z",
      lines: [{ lineId: 11, quantity: 1, restockType: "RETURN", amount: "8.66", tax: "0.66" }],
      shipping: "1.00",
      shippingTax: "0.10",
      adjustment: "0.58",
    },
  ],
});

test("an order's lines carry the discounts that were allocated to them, own discount first", async () => {
  await opened(fullOrder);
  const { data } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") { lineItems(first: 5) { nodes {
    title sku quantity currentQuantity variant { id } product { title }
    originalUnitPriceSet { shopMoney { amount } } discountedTotalSet { shopMoney { amount } }
    discountAllocations { allocatedAmountSet { shopMoney { amount } } }
    taxLines { title rate priceSet { shopMoney { amount } } }
  } } } }`);
  const money = (amount: string) => ({ shopMoney: { amount } });
  expect(data).toEqual({
    order: {
      lineItems: {
        nodes: [
          {
            title: "Mug",
            sku: "MUG-1",
            quantity: 3,
            currentQuantity: 2,
            variant: { id: "gid://shopify/ProductVariant/11" },
            product: { title: "Mug" },
            originalUnitPriceSet: money("10.0"),
            discountedTotalSet: money("27.0"),
            // 1.00 over 27.00 and 5.00: 0.84375 and 0.15625, rounded down, the cent left over to the first line.
            discountAllocations: [{ allocatedAmountSet: money("3.0") }, { allocatedAmountSet: money("0.85") }],
            taxLines: [{ title: "VAT", rate: 0.08, priceSet: money("2.0") }],
          },
          expect.objectContaining({
            title: "Engraving",
            sku: null,
            variant: null,
            product: null,
            discountAllocations: [{ allocatedAmountSet: money("0.15") }],
          }),
          // At Shopify a tip is a line.
          {
            title: "Tip",
            sku: null,
            quantity: 1,
            currentQuantity: 1,
            variant: null,
            product: null,
            originalUnitPriceSet: money("2.0"),
            discountedTotalSet: money("2.0"),
            discountAllocations: [],
            taxLines: [],
          },
        ],
      },
    },
  });
});

test("an order's totals, status, shipping, transactions and dates come from what happened to it", async () => {
  await opened(fullOrder);
  const { data, errors } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") {
    legacyResourceId createdAt updatedAt displayFinancialStatus taxesIncluded
    subtotalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } totalPriceSet { shopMoney { amount } }
    totalTipReceivedSet { shopMoney { amount } } totalReceivedSet { shopMoney { amount } }
    totalRefundedSet { shopMoney { amount } } netPaymentSet { shopMoney { amount } }
    shippingLine { originalPriceSet { shopMoney { amount } } discountedPriceSet { shopMoney { amount } } }
    transactions { kind fees { amount { amount currencyCode } } }
  } }`);
  const money = (amount: string) => ({ shopMoney: { amount } });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    order: {
      legacyResourceId: "1",
      createdAt: "2026-10-01T10:00:00Z",
      updatedAt: "2026-10-03T10:00:00Z",
      displayFinancialStatus: "PARTIALLY_REFUNDED",
      taxesIncluded: false,
      subtotalPriceSet: money("31.0"),
      totalTaxSet: money("2.4"),
      totalPriceSet: money("39.4"),
      totalTipReceivedSet: money("2.0"),
      totalReceivedSet: money("39.4"),
      totalRefundedSet: money("11.0"),
      netPaymentSet: money("28.4"),
      shippingLine: { originalPriceSet: money("5.0"), discountedPriceSet: money("4.0") },
      transactions: [
        { kind: "SALE", fees: [{ amount: { amount: "1.23", currencyCode: "USD" } }] },
        { kind: "REFUND", fees: [] },
      ],
    },
  });
});

test("a refund shows its lines, its shipping, and what was given back beyond them as a negative adjustment", async () => {
  await opened(fullOrder);
  const { data } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") { refunds {
    createdAt totalRefundedSet { shopMoney { amount } }
    refundLineItems(first: 5) { nodes { quantity restockType lineItem { id } subtotalSet { shopMoney { amount } }
      totalTaxSet { shopMoney { amount } } } }
    refundShippingLines(first: 5) { nodes { subtotalAmountSet { shopMoney { amount } } taxAmountSet { shopMoney { amount } } } }
    orderAdjustments(first: 5) { nodes { reason amountSet { shopMoney { amount } } } }
    transactions(first: 5) { nodes { kind } }
  } } }`);
  const money = (amount: string) => ({ shopMoney: { amount } });
  expect(data).toEqual({
    order: {
      refunds: [
        {
          createdAt: "2026-10-03T10:00:00Z",
          totalRefundedSet: money("11.0"),
          refundLineItems: {
            nodes: [
              {
                quantity: 1,
                restockType: "RETURN",
                lineItem: { id: "gid://shopify/LineItem/11" },
                subtotalSet: money("8.66"),
                totalTaxSet: money("0.66"),
              },
            ],
          },
          refundShippingLines: { nodes: [{ subtotalAmountSet: money("1.0"), taxAmountSet: money("0.1") }] },
          orderAdjustments: { nodes: [{ reason: "REFUND_DISCREPANCY", amountSet: money("-0.58") }] },
          transactions: { nodes: [{ kind: "REFUND" }] },
        },
      ],
    },
  });
});

test("the buyer's currency is each amount times the rate, half up on its own", async () => {
  await opened(
    order(1, { presentmentCurrency: "JPY", presentmentRate: "150.5", lines: [line(11, { unitPrice: "0.33" })] }),
  );
  const { data } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") {
    totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
    lineItems(first: 1) { nodes { originalUnitPriceSet { presentmentMoney { amount } } } }
  } }`);
  expect(data).toEqual({
    order: {
      totalPriceSet: {
        shopMoney: { amount: "0.99", currencyCode: "USD" },
        presentmentMoney: { amount: "149.0", currencyCode: "JPY" }, // 148.995
      },
      lineItems: { nodes: [{ originalUnitPriceSet: { presentmentMoney: { amount: "50.0" } } }] }, // 49.665
    },
  });
});

test("an order of a company names the company, its location and its terms; another names its customer", async () => {
  const terms = { type: "NET" as const, dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" };
  await opened(order(1, { companyLocationId: 51, terms }), order(2));
  const { data } = await shop.graphql(`{ nodes(ids: ["gid://shopify/Order/1", "gid://shopify/Order/2"]) { ... on Order {
    displayFinancialStatus
    purchasingEntity { ... on Customer { id } ... on PurchasingCompany { company { name } location { name } contact { customer { id } } } }
    paymentTerms { paymentTermsType dueInDays paymentSchedules(first: 1) { nodes { issuedAt dueAt completedAt balanceDue { amount } } } }
  } } }`);
  const schedule = {
    issuedAt: "2026-10-01T10:00:00Z",
    dueAt: "2026-10-31T10:00:00Z",
    completedAt: null,
    balanceDue: { amount: "30.0" },
  };
  expect(data).toEqual({
    nodes: [
      {
        displayFinancialStatus: "PENDING",
        purchasingEntity: {
          company: { name: "Co" },
          location: { name: "HQ" },
          contact: { customer: { id: "gid://shopify/Customer/1" } },
        },
        paymentTerms: { paymentTermsType: "NET", dueInDays: 30, paymentSchedules: { nodes: [schedule] } },
      },
      {
        displayFinancialStatus: "PENDING",
        purchasingEntity: { id: "gid://shopify/Customer/1" },
        paymentTerms: null,
      },
    ],
  });
});

test("payment terms are completed when the payments first cover what is asked", async () => {
  const terms = { type: "NET" as const, dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" };
  const pay = (amount: string, processedAt: string) => ({
    kind: "SALE" as const,
    gateway: "manual",
    amount,
    processedAt,
    fee: null,
  });
  await opened(
    order(1, { terms, transactions: [pay("10.00", "2026-10-05T00:00:00Z"), pay("20.00", "2026-10-09T00:00:00Z")] }),
  );
  const { data } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") {
    displayFinancialStatus paymentTerms { overdue paymentSchedules(first: 1) { nodes { completedAt } } } } }`);
  expect(data).toEqual({
    order: {
      displayFinancialStatus: "PAID",
      paymentTerms: { overdue: false, paymentSchedules: { nodes: [{ completedAt: "2026-10-09T00:00:00Z" }] } },
    },
  });
});

test("customers merged into another are gone, and their orders are the other's", async () => {
  const bob = {
    type: "customer",
    id: 2,
    firstName: "Bob",
    lastName: null,
    email: null,
    countryCode: null,
    createdAt: "2025-03-01T00:00:00Z",
  } as const;
  const merge = {
    type: "event",
    kind: "customerMerge",
    at: "2026-10-10T00:00:00Z",
    fromCustomerId: 2,
    intoCustomerId: 1,
  } as const;
  await opened(bob, order(1, { customerId: 2 }), merge);
  const { data } = await shop.graphql(`{ customersCount { count } customer(id: "gid://shopify/Customer/2") { id }
    order(id: "gid://shopify/Order/1") { customer { id orders(first: 5) { nodes { name } } } } }`);
  expect(data).toEqual({
    customersCount: { count: 1 },
    customer: null,
    order: { customer: { id: "gid://shopify/Customer/1", orders: { nodes: [{ name: "#1001" }] } } },
  });
});

test("a variant's unit cost is the one of today, and null where nobody entered one", async () => {
  const variant = { id: 31, sku: null, title: "T", price: "1.00", unitCost: "0.50" };
  const costChanges = [
    { at: "2026-09-01T00:00:00Z", unitCost: "0.60" },
    { at: "2026-10-01T00:00:00Z", unitCost: "0.70" },
  ];
  await opened({
    type: "product",
    id: 3,
    title: "P",
    giftCard: false,
    createdAt: "2025-01-01T00:00:00Z",
    variants: [{ ...variant, costChanges }],
  });
  const { data } = await shop.graphql(
    `{ productVariants(first: 9) { nodes { id price inventoryItem { unitCost { amount } } } } }`,
  );
  expect(data).toEqual({
    productVariants: {
      nodes: [
        { id: "gid://shopify/ProductVariant/11", price: "10.00", inventoryItem: { unitCost: { amount: "4.2" } } },
        { id: "gid://shopify/ProductVariant/21", price: "20.00", inventoryItem: { unitCost: null } },
        { id: "gid://shopify/ProductVariant/31", price: "1.00", inventoryItem: { unitCost: { amount: "0.7" } } },
      ],
    },
  });
});
