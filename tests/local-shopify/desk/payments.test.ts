import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";

const TOPICS = ["orders/updated", "orders/paid", "refunds/create", "order_transactions/create"];
const terms = { type: "NET" as const, dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" };
const objects: WorldObject[] = [...catalog, order(1, { companyLocationId: 51, terms })];

let shop: TestShop;
let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await new WebhookReceiver().open();
  const settings = { appUrl: receiver.url, grantedScopes: ["read_orders", "read_payment_terms"] };
  shop = await TestShop.open(worldOf(...objects), settings, TOPICS);
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

/** What came since it was last asked, in the order of the names. */
const arrived = async () => {
  await shop.shopify.webhooks.settled();
  return receiver.received
    .splice(0)
    .map(({ headers }) => String(headers["x-shopify-topic"]))
    .sort();
};
const statusNow = async () => {
  const { data } = await shop.graphql<{ order: { displayFinancialStatus: string } }>(
    `{ order(id: "gid://shopify/Order/1") { displayFinancialStatus } }`,
  );
  return data?.order.displayFinancialStatus;
};

test("an order is paid in part and then in full, and orders/paid comes with the second payment alone", async () => {
  expect(shop.shopify.pay(1, "10").transactions).toMatchObject([
    { kind: "SALE", gateway: "shopify_payments", amount: "10.00", processedAt: "2026-10-31T12:00:00Z", fee: "0.20" },
  ]);
  expect(await arrived()).toEqual(["order_transactions/create", "orders/updated"]);
  expect(await statusNow()).toBe("PARTIALLY_PAID");
  shop.shopify.pay(1);
  expect(await arrived()).toEqual(["order_transactions/create", "orders/paid", "orders/updated"]);
  expect(await statusNow()).toBe("PAID");
  expect(() => shop.shopify.pay(1)).toThrow("nothing is open on order #1001");
});

test("more than what is open is not paid, and not for an order that is not there", () => {
  expect(() => shop.shopify.pay(1, "30.01")).toThrow("no more than 30.00 is open");
  expect(() => shop.shopify.pay(1, "0.00")).toThrow("the amount is nothing");
  expect(() => shop.shopify.pay(9)).toThrow("there is no order 9");
  expect(shop.shopify.world.ordersById.get(1)?.transactions).toEqual([]);
});

test("money is given back in part and in full, without goods", async () => {
  expect(() => shop.shopify.refund(1)).toThrow("there is nothing to give back of order #1001");
  shop.shopify.pay(1);
  await arrived();
  expect(shop.shopify.refund(1, "5").refunds).toMatchObject([
    { id: 1, createdAt: "2026-10-31T12:00:00Z", lines: [], adjustment: "5.00" },
  ]);
  expect(await arrived()).toEqual(["order_transactions/create", "orders/updated", "refunds/create"]);
  expect(await statusNow()).toBe("PARTIALLY_REFUNDED");
  expect(() => shop.shopify.refund(1, "25.01")).toThrow("no more than 25.00 was received");
  expect(shop.shopify.refund(1).transactions.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
    "SALE 30.00",
    "REFUND 5.00",
    "REFUND 25.00",
  ]);
  expect(await statusNow()).toBe("REFUNDED");
  expect(() => shop.shopify.pay(1)).toThrow("nothing is open");
});

test("payments are there after a restart", async () => {
  shop.shopify.pay(1, "12.5");
  shop.shopify.refund(1, "2.5");
  const before = shop.shopify.world.ordersById.get(1);
  await shop.restart(worldOf(...objects));
  expect(shop.shopify.world.ordersById.get(1)).toEqual(before);
});
