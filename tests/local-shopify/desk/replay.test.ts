import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, NOW, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

const [mug, cap, ann, co] = catalog as Record<string, unknown>[];
const blue = { id: 11, sku: "MUG-1", title: "Blue", price: "10.00", unitCost: "5.00", weightGrams: 300 };
const bob = { ...ann, id: 2, firstName: "Bob" };
const fresh = () => worldOf(...catalog, order(1), order(2), order(3));

let shop: TestShop;
let receiver: WebhookReceiver;
let now = NOW;

beforeEach(async () => {
  now = NOW;
  receiver = await new WebhookReceiver().open();
  shop = await TestShop.open(fresh(), { appUrl: receiver.url, now: () => now });
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

const later = () => {
  now = new Date(now.getTime() + 60_500);
};

const ALL = `{
  shop { name taxesIncluded plan { displayName } }
  orders(first: 9, sortKey: UPDATED_AT) {
    nodes { id test updatedAt taxesIncluded customer { id } lineItems(first: 1) { nodes { variant { id } } } }
  }
  customers(first: 9) { nodes { id firstName updatedAt } }
  products(first: 9) { nodes { id title updatedAt } }
  productVariants(first: 9) { nodes { id createdAt updatedAt } }
  inventoryItems(first: 9) { nodes { id updatedAt unitCost { amount } } }
  companies(first: 9) { nodes { id name createdAt updatedAt } }
  companyLocations(first: 9) { nodes { id name createdAt updatedAt } }
}`;

test("after a restart the shop is as it was left, with the instants of all changes, and nothing is told again", async () => {
  const { shopify } = shop;
  const changes = [
    () => shopify.placeOrder(order(4, { customerId: null })),
    () => shopify.updateOrder(order(1, { test: true })),
    () => shopify.deleteOrder(2),
    () => shopify.saveCustomer(bob),
    () => shopify.saveCustomer({ ...bob, id: 3 }),
    () => shopify.deleteCustomer(3),
    () => shopify.updateShop({ name: "Apex", taxesIncluded: true, plan: "PLUS" }),
    () => shopify.saveCompany({ ...co, name: "Company", contacts: [2] }),
    () => shopify.mergeCustomers(1, 2),
    () => shopify.saveProduct({ ...mug, variants: [blue, { ...blue, id: 12, title: "Red" }] }),
    () => shopify.saveProduct({ ...cap, id: 9, title: "Hat", variants: [{ ...blue, id: 91 }] }),
    () => shopify.deleteProduct(9),
    () => shopify.deleteProduct(1),
  ];
  for (const change of changes) {
    later();
    change();
  }
  await shopify.webhooks.settled();
  const before = await shop.graphql(ALL);
  expect(before.errors).toBeUndefined();
  expect(before.data).toMatchObject({
    shop: { name: "Apex" },
    orders: { nodes: [{ id: "gid://shopify/Order/3" }, { updatedAt: "2026-10-31T12:01:00Z" }, { test: true }] },
  });
  receiver.received.length = 0;
  later();
  await shop.restart(fresh());
  expect(await shop.graphql(ALL)).toMatchObject({ data: before.data });
  expect(shop.shopify.bucket.status().restoreRate).toBe(1000);
  await sleep(50);
  expect(receiver.received).toEqual([]);
});

test("what was refused is not made again after a restart", async () => {
  expect(() => shop.shopify.placeOrder(order(1))).toThrow("order 1 is there already");
  expect(() => shop.shopify.saveProduct({ ...mug, variants: [{ ...blue, id: 21 }] })).toThrow("variant 21 is there");
  expect(() => shop.shopify.saveCompany({ ...co, contacts: [99] })).toThrow("customer 99");
  expect(() => shop.shopify.saveCustomer({ ...ann, createdAt: "2027-01-01T00:00:00Z" })).toThrow("after now");
  const before = await shop.graphql(ALL);
  await shop.restart(fresh());
  expect(await shop.graphql(ALL)).toMatchObject({ data: before.data });
  expect(before.data).toMatchObject({ companies: { nodes: [{ name: "Co" }] }, products: { nodes: [{}, {}] } });
});
