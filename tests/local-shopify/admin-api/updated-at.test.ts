import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, NOW, order, TestShop, worldOf } from "../test-shop.ts";

const [mug, , ann, co] = catalog as Record<string, unknown>[];
const hq = { id: 61, name: "HQ", terms: null, depositPercent: null, checkoutToDraft: false };
const blue = { id: 11, sku: "MUG-1", title: "Blue", price: "10.00", unitCost: "4.20", weightGrams: 300 };
const costChanges = [{ at: "2026-03-01T00:00:00Z", unitCost: "21.00" }];
const cap = {
  type: "product" as const,
  id: 3,
  title: "Cup",
  giftCard: false,
  createdAt: "2025-03-01T00:00:00Z",
  variants: [{ id: 31, sku: "CUP", title: "Only", price: "5.00", unitCost: "1.00", costChanges }],
};
const net30 = { type: "NET" as const, dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" };

let shop: TestShop;
let now = NOW;

beforeAll(async () => {
  const bob = { ...ann, id: 2 };
  const world = worldOf(...catalog, cap, order(1), order(2, { terms: net30, processedAt: "2026-10-02T00:00:00Z" }));
  shop = await TestShop.open(world, { now: () => now, bucketSpeed: 1000 });
  const { shopify } = shop;
  now = new Date("2026-11-01T00:00:00Z");
  shopify.updateOrder(order(1, { test: true }));
  shopify.saveCustomer(bob);
  now = new Date("2026-11-02T00:00:00Z");
  shopify.saveProduct({ ...mug, variants: [{ ...blue, unitCost: "5.00" }] });
  shopify.saveCompany({ ...co, id: 6, locations: [hq] });
  now = new Date("2026-11-03T00:00:00Z");
  // The first token is over by now.
  shop.token = (await shop.newTokens()).access_token;
});
afterAll(() => shop.stop());

const asked = async (query: string) => {
  const { data, errors } = await shop.graphql(query);
  expect(errors).toBeUndefined();
  return data;
};

test("what changed while the shop was open has the instant of the change, all else its latest instant in the world", async () => {
  const data = await asked(`{
    orders(first: 9) { nodes { updatedAt } }
    customers(first: 9) { nodes { updatedAt } }
    products(first: 9) { nodes { updatedAt } }
    productVariants(first: 9) { nodes { updatedAt } }
    inventoryItems(first: 9) { nodes { createdAt updatedAt } }
    companies(first: 9) { nodes { createdAt updatedAt } }
    companyLocations(first: 9) { nodes { createdAt updatedAt } }
  }`);
  const at = (...instants: string[]) => ({
    nodes: instants.map((updatedAt) => ({ updatedAt: `${updatedAt}T00:00:00Z` })),
  });
  const both = (...pairs: [string, string][]) => ({
    nodes: pairs.map(([came, changed]) => ({ createdAt: `${came}T00:00:00Z`, updatedAt: `${changed}T00:00:00Z` })),
  });
  expect(data).toEqual({
    orders: at("2026-11-01", "2026-10-02"),
    customers: at("2025-02-01", "2026-11-01"),
    products: at("2026-11-02", "2025-01-02", "2025-03-01"),
    // Another cost is a change of the inventory item alone.
    productVariants: at("2025-01-01", "2025-01-02", "2025-03-01"),
    inventoryItems: both(["2025-01-01", "2026-11-02"], ["2025-01-02", "2025-01-02"], ["2025-03-01", "2026-03-01"]),
    companies: both(["2025-02-01", "2025-02-01"], ["2026-11-02", "2026-11-02"]),
    companyLocations: both(["2025-02-01", "2025-02-01"], ["2026-11-02", "2026-11-02"]),
  });
});

test.each([
  ["orders", "updated_at:>='2026-11-01T00:00:00Z'", ["Order/1"]],
  ["orders", "updated_at:<'2026-11-01T00:00:00Z'", ["Order/2"]],
  ["customers", "updated_at:>='2026-11-01T00:00:00Z'", ["Customer/2"]],
  ["customers", "updated_at:>'2026-11-01T00:00:00Z'", []],
  ["products", "updated_at:>'2026-11-01T00:00:00Z'", ["Product/1"]],
  ["productVariants", "updated_at:>'2025-02-01T00:00:00Z'", ["ProductVariant/31"]],
  ["inventoryItems", "updated_at:>='2026-03-01T00:00:00Z'", ["InventoryItem/11", "InventoryItem/31"]],
  ["inventoryItems", "sku:CUP created_at:<'2026-01-01T00:00:00Z'", ["InventoryItem/31"]],
  ["companies", "updated_at:>='2026-11-02T00:00:00Z'", ["Company/6"]],
  ["companyLocations", "updated_at:<'2026-11-02T00:00:00Z'", ["CompanyLocation/51"]],
])("%s are found by %s", async (connection, query, ids) => {
  const data = await asked(`{ ${connection}(first: 9, query: "${query}") { nodes { id } } }`);
  expect(data).toEqual({ [connection]: { nodes: ids.map((id) => ({ id: `gid://shopify/${id}` })) } });
});

test.each([
  ["orders", ["Order/2", "Order/1"]],
  ["customers", ["Customer/1", "Customer/2"]],
  ["products", ["Product/2", "Product/3", "Product/1"]],
  ["companies", ["Company/5", "Company/6"]],
  ["companyLocations", ["CompanyLocation/51", "CompanyLocation/61"]],
])("%s are sorted by UPDATED_AT, page by page", async (connection, ids) => {
  const found: string[] = [];
  let after = "";
  for (let page = 0; page < ids.length; page += 1) {
    const data = await asked(
      `{ ${connection}(first: 1, sortKey: UPDATED_AT${after}) { nodes { id } pageInfo { endCursor } } }`,
    );
    const answer = data?.[connection] as { nodes: { id: string }[]; pageInfo: { endCursor: string } } | undefined;
    found.push(...(answer?.nodes ?? []).map(({ id }) => id));
    after = `, after: "${answer?.pageInfo.endCursor}"`;
  }
  expect(found).toEqual(ids.map((id) => `gid://shopify/${id}`));
});

test("counts count what a search finds", async () => {
  const data = await asked(`{
    ordersCount(query: "updated_at:>='2026-11-01T00:00:00Z'") { count }
    customersCount(query: "updated_at:<'2026-11-01T00:00:00Z'") { count }
    productsCount(query: "updated_at:>='2026-11-01T00:00:00Z'") { count }
  }`);
  expect(data).toEqual({ ordersCount: { count: 1 }, customersCount: { count: 1 }, productsCount: { count: 1 } });
});

test("terms and sort keys that the local Shopify does not know are still refused", async () => {
  for (const query of [
    `{ inventoryItems(first: 9, query: "updated_at:>2026-11-01") { nodes { id } } }`,
    `{ inventoryItems(first: 9, query: "title:x") { nodes { id } } }`,
    `{ products(first: 9, query: "updated_at:>'2026-11-01T00:00:00Z' OR id:1") { nodes { id } } }`,
    `{ customers(first: 9, sortKey: NAME) { nodes { id } } }`,
  ]) {
    const { errors } = await shop.graphql(query);
    expect(errors?.[0]?.message).toContain("not in the local Shopify");
  }
});

test("an inventory item names its variant, also in a list", async () => {
  expect(
    await asked(`{ inventoryItem(id: "gid://shopify/InventoryItem/11") {
      variant { id } variants(first: 2) { nodes { id } pageInfo { hasNextPage } }
    } }`),
  ).toEqual({
    inventoryItem: {
      variant: { id: "gid://shopify/ProductVariant/11" },
      variants: { nodes: [{ id: "gid://shopify/ProductVariant/11" }], pageInfo: { hasNextPage: false } },
    },
  });
});

test("terms and their schedule are reached by their own ids, and lead to the order", async () => {
  expect(
    await asked(`{
      terms: node(id: "gid://shopify/PaymentTerms/2") { ... on PaymentTerms { dueInDays order { name } } }
      schedule: node(id: "gid://shopify/PaymentSchedule/2") {
        ... on PaymentSchedule { dueAt paymentTerms { order { id } } }
      }
      none: nodes(ids: ["gid://shopify/PaymentTerms/1", "gid://shopify/PaymentSchedule/1"]) { id }
    }`),
  ).toEqual({
    terms: { dueInDays: 30, order: { name: "#1002" } },
    schedule: { dueAt: "2026-10-31T10:00:00Z", paymentTerms: { order: { id: "gid://shopify/Order/2" } } },
    none: [null, null],
  });
});
