import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, NOW, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";
import { orderOutput, productOutput, TestCheckout } from "./test-checkout.ts";

const [mug, cap, ann, co] = catalog;
const place = {
  id: 51,
  name: "HQ",
  terms: { type: "NET", dueInDays: 30 },
  depositPercent: "25",
  checkoutToDraft: false,
};
const drafts = { ...place, id: 52, name: "Drafts", checkoutToDraft: true };
const objects = [mug, cap, ann, { ...co, locations: [place, drafts] }] as WorldObject[];
const CART = {
  lines: [
    { variantId: 11, quantity: 3 },
    { variantId: 21, quantity: 1 },
  ],
};
const COMPANY = { ...CART, companyLocationId: 51, contactId: 1 };

let opened: TestCheckout;
let receiver: WebhookReceiver;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  receiver = await new WebhookReceiver().open();
  opened = await TestCheckout.open(worldOf(...objects), { appUrl: receiver.url, now: () => now });
});
afterEach(async () => {
  await opened.shop.stop();
  receiver.close();
});

const plan = async () => {
  const [mugs = "", caps = ""] = opened.idsOf(CART);
  const lines = [
    { lines: [mugs], percent: "10" },
    { lines: [caps], percent: "5" },
  ];
  await opened.discount(productOutput("ALL", ...lines), { combinesWith: { orderDiscounts: true } });
  await opened.discount(orderOutput({ fixedAmount: { amount: "6" } }), { combinesWith: { productDiscounts: true } });
};

test("what the checkout said is what the order says, and it is told to the app", async () => {
  await plan();
  const checked = opened.check(CART);
  expect(checked).toMatchObject({ orderDiscountMinor: 600n, totalMinor: 4000n });
  const placed = opened.shop.shopify.placeCart({ ...CART, email: "guest@example.com" }, { payment: "now" });
  expect(placed).toMatchObject({
    ...{ id: 1, name: "#1", customerId: null, email: "guest@example.com", terms: null, orderDiscount: "6.00" },
    lines: [
      { variantId: 11, quantity: 3, unitPrice: "10.00", discount: "3.00" },
      { variantId: 21, quantity: 1, unitPrice: "20.00", discount: "1.00" },
    ],
    transactions: [{ kind: "SALE", gateway: "shopify_payments", amount: "40.00", fee: "0.80", status: "SUCCESS" }],
  });
  await opened.shop.shopify.webhooks.settled();
  expect(receiver.topics).toContain("orders/create");
  const { data, errors } = await opened.shop.graphql(`{ order(id: "gid://shopify/Order/1") { displayFinancialStatus
    currentTotalPriceSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } }
    lineItems(first: 2) { nodes { discountedTotalSet { shopMoney { amount } } } } } }`);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    order: {
      displayFinancialStatus: "PAID",
      currentTotalPriceSet: { shopMoney: { amount: "40.0" } },
      totalDiscountsSet: { shopMoney: { amount: "10.0" } },
    },
  });
});

test("a company may pay later on its terms, with its deposit now", () => {
  expect(opened.check(COMPANY)).toMatchObject({
    ...{ terms: { type: "NET", dueInDays: 30 }, depositPercent: "25", checkoutToDraft: false },
    paymentMethods: ["shopify_payments", "manual"],
  });
  expect(opened.shop.shopify.placeCart(COMPANY, { payment: "terms" })).toMatchObject({
    ...{ customerId: 1, companyLocationId: 51 },
    terms: { type: "NET", dueInDays: 30, issuedAt: "2026-10-31T12:00:00Z" },
    transactions: [{ kind: "SALE", amount: "12.50" }],
  });
  opened.shop.shopify.payments.offer([
    { gateway: "shopify_payments", name: "Credit card" },
    { gateway: "paypal", name: "PayPal" },
  ]);
  expect(opened.shop.shopify.placeCart(COMPANY, { payment: "now", gateway: "paypal" })).toMatchObject({
    terms: null,
    transactions: [{ gateway: "paypal", amount: "50.00", fee: null }],
  });
});

test("what the cart carried along stands on the order, read singly and in bulk", async () => {
  opened.shop.shopify.placeCart({ ...CART, attributes: { pareto_pay_now: "yes", note: "" } }, { payment: "now" });
  opened.shop.shopify.placeCart(CART, { payment: "now" });
  const fields = "customAttributes { key value } discountCodes sourceName";
  const attributes = [
    { key: "pareto_pay_now", value: "yes" },
    { key: "note", value: "" },
  ];
  const { data } = await opened.shop.graphql(`{ orders(first: 5) { nodes { ${fields} } } }`);
  expect(data).toEqual({
    orders: {
      nodes: [
        { customAttributes: attributes, discountCodes: [], sourceName: "web" },
        { customAttributes: [], discountCodes: [], sourceName: "web" },
      ],
    },
  });
  const query = `{ orders { edges { node { id ${fields} } } } }`;
  const { data: run } = await opened.shop.graphql(
    `mutation { bulkOperationRunQuery(query: ${JSON.stringify(query)}) { userErrors { message } } }`,
  );
  expect(run).toEqual({ bulkOperationRunQuery: { userErrors: [] } });
  await opened.shop.shopify.bulk.idle();
  const { data: done } = await opened.shop.graphql<{ currentBulkOperation: { url: string } }>(
    "{ currentBulkOperation { url } }",
  );
  const rows = (await opened.shop.send(done?.currentBulkOperation.url ?? "")).text.split("\n").filter(Boolean);
  expect(rows.map((row) => JSON.parse(row))).toMatchObject([
    { customAttributes: attributes },
    { customAttributes: [] },
  ]);
});

test("a manual method leaves the payment pending", async () => {
  const placed = opened.shop.shopify.placeCart(CART, { payment: "manual" });
  expect(placed.transactions).toMatchObject([{ gateway: "manual", status: "PENDING", amount: "50.00" }]);
  const { data } = await opened.shop.graphql(`{ order(id: "gid://shopify/Order/1") { displayFinancialStatus } }`);
  expect(data).toEqual({ order: { displayFinancialStatus: "PENDING" } });
});

test("who has no terms cannot pay later, and a draft is no order", () => {
  expect(() => opened.shop.shopify.placeCart(CART, { payment: "terms" })).toThrow("the buyer has no payment terms");
  const draft = { ...CART, companyLocationId: 52, contactId: 1 };
  expect(opened.check(draft)).toMatchObject({ checkoutToDraft: true, paymentMethods: [] });
  expect(() => opened.shop.shopify.placeCart(draft, { payment: "now" })).toThrow(
    "not in the local Shopify: draft orders",
  );
  expect(opened.shop.shopify.world.orders).toEqual([]);
});

test("orders and how often a discount was used are there after a restart", async () => {
  await plan();
  opened.shop.shopify.placeCart(CART, { payment: "now" });
  now = new Date("2026-10-31T12:10:00Z");
  opened.shop.shopify.placeCart({ lines: [{ variantId: 11, quantity: 1 }] }, { payment: "now" });
  const query = `{ orders(first: 5) { nodes { name processedAt } }
    discountNodes(first: 5) { nodes { discount { ... on DiscountAutomaticApp { asyncUsageCount } } } } }`;
  const before = await opened.shop.graphql(query);
  expect(before.data).toEqual({
    orders: {
      nodes: [
        { name: "#1", processedAt: "2026-10-31T12:00:00Z" },
        { name: "#2", processedAt: "2026-10-31T12:10:00Z" },
      ],
    },
    discountNodes: {
      nodes: [{ discount: { asyncUsageCount: 1 } }, { discount: { asyncUsageCount: 2 } }],
    },
  });
  await opened.shop.restart(worldOf(...objects));
  expect((await opened.shop.graphql(query)).data).toEqual(before.data);
});

test("a shop of nothing but its app's toml has no Functions and a checkout", async () => {
  const bare = await TestShop.open(worldOf(...objects));
  expect(bare.shopify.checkout(CART)).toMatchObject({ functions: [], instructions: 0, totalMinor: 5000n });
  await bare.stop();
});
