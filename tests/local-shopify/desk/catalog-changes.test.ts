import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

const TOPICS = [
  ...["products", "inventory_items"].flatMap((of) => ["create", "update", "delete"].map((it) => `${of}/${it}`)),
  "shop/update",
  ...["fulfillments/create", "payment_schedules/due", "collections/update", "discounts/update", "returns/request"],
];
const SCOPES = [
  ...["read_products", "read_inventory", "read_orders", "read_companies"],
  ...["read_fulfillments", "read_payment_terms", "read_discounts", "read_returns"],
];
const NOW_TEXT = "2026-10-31T12:00:00Z";

const [mug, , , co] = catalog as Record<string, unknown>[];
const blue = { id: 11, sku: "MUG-1", title: "Blue", price: "10.00", unitCost: "4.20", weightGrams: 300 };
const hq = { id: 51, name: "HQ", terms: { type: "NET", dueInDays: 30 }, depositPercent: null, checkoutToDraft: false };

let shop: TestShop;
let receiver: WebhookReceiver;

const opened = async (options: Parameters<typeof TestShop.open>[1] = {}) => {
  const settings = { appUrl: receiver.url, grantedScopes: SCOPES, ...options };
  shop = await TestShop.open(worldOf(...catalog, order(1)), settings, TOPICS);
};
const arrived = async () => {
  await shop.shopify.webhooks.settled();
  return receiver.topics.sort();
};
const asked = async (query: string) => {
  const { data, errors } = await shop.graphql(query);
  expect(errors).toBeUndefined();
  return data;
};
beforeEach(async () => {
  receiver = await new WebhookReceiver().open();
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

test("a product is told when it comes and changes, and its inventory items with it", async () => {
  await opened();
  const cup = { ...mug, id: 3, title: "Cup", tags: ["new"], variants: [{ ...blue, id: 31, sku: "CUP" }] };
  expect(shop.shopify.saveProduct(cup)).toMatchObject({ id: 3, collections: [] });
  expect(await arrived()).toEqual(["inventory_items/create", "products/create"]);
  expect(receiver.bodiesOf("products/create")).toEqual([
    {
      id: 3,
      admin_graphql_api_id: "gid://shopify/Product/3",
      title: "Cup",
      vendor: "Clay",
      product_type: "",
      tags: "new",
      created_at: "2025-01-01T00:00:00Z",
      updated_at: NOW_TEXT,
      variants: [
        {
          id: 31,
          admin_graphql_api_id: "gid://shopify/ProductVariant/31",
          product_id: 3,
          inventory_item_id: 31,
          title: "Blue",
          position: 1,
          sku: "CUP",
          price: "10.00",
          compare_at_price: null,
          created_at: "2025-01-01T00:00:00Z",
          updated_at: NOW_TEXT,
        },
      ],
    },
  ]);
  expect(receiver.bodiesOf("inventory_items/create")).toEqual([
    {
      id: 31,
      admin_graphql_api_id: "gid://shopify/InventoryItem/31",
      sku: "CUP",
      cost: "4.20",
      tracked: false,
      created_at: "2025-01-01T00:00:00Z",
      updated_at: NOW_TEXT,
    },
  ]);
  receiver.received.length = 0;
  shop.shopify.saveProduct({ ...cup, title: "Cups" });
  expect(await arrived()).toEqual(["products/update"]);
  expect(await asked(`{ product(id: "gid://shopify/Product/3") { title } }`)).toEqual({ product: { title: "Cups" } });
});

test("another cost tells of the inventory item, a variant that comes or goes of its own", async () => {
  await opened();
  shop.shopify.saveProduct({ ...mug, variants: [{ ...blue, unitCost: "5.00" }] });
  expect(await arrived()).toEqual(["inventory_items/update", "products/update"]);
  expect(receiver.bodiesOf("inventory_items/update")).toMatchObject([{ id: 11, cost: "5.00", updated_at: NOW_TEXT }]);
  receiver.received.length = 0;
  const changed = { ...blue, unitCost: "5.00", costChanges: [{ at: "2026-10-30T00:00:00Z", unitCost: null }] };
  shop.shopify.saveProduct({ ...mug, variants: [changed, { ...blue, id: 12, title: "Red" }] });
  expect(await arrived()).toEqual(["inventory_items/create", "inventory_items/update", "products/update"]);
  expect(receiver.bodiesOf("inventory_items/update")).toMatchObject([{ id: 11, cost: null }]);
  receiver.received.length = 0;
  shop.shopify.saveProduct({ ...mug, variants: [changed] });
  expect(await arrived()).toEqual(["inventory_items/delete", "products/update"]);
  expect(() => shop.shopify.saveProduct({ ...mug, variants: [{ ...blue, id: 13 }] })).toThrow(
    "not in the local Shopify: deleting a variant that was sold without its product",
  );
  expect(await asked(`{ productVariant(id: "gid://shopify/ProductVariant/11") { title } }`)).toEqual({
    productVariant: { title: "Blue" },
  });
});

test("lines of a product that is deleted have no variant and no product, and their order can still change", async () => {
  await opened();
  shop.shopify.saveCompany({ ...co, locations: [{ ...hq, catalogPrices: [{ variantId: 11, price: "9.00" }] }] });
  await shop.shopify.webhooks.settled();
  receiver.received.length = 0;
  shop.shopify.deleteProduct(1);
  expect(await arrived()).toEqual(["inventory_items/delete", "products/delete"]);
  expect(receiver.bodiesOf("products/delete")).toEqual([{ id: 1 }]);
  const query = `{
    product(id: "gid://shopify/Product/1") { id }
    productVariant(id: "gid://shopify/ProductVariant/11") { id }
    products(first: 9) { nodes { id } }
    order(id: "gid://shopify/Order/1") { updatedAt lineItems(first: 9) { nodes { title variant { id } product { id } } } }
  }`;
  expect(await asked(query)).toEqual({
    product: null,
    productVariant: null,
    products: { nodes: [{ id: "gid://shopify/Product/2" }] },
    order: {
      updatedAt: "2026-10-01T10:00:00Z",
      lineItems: { nodes: [{ title: "Mug", variant: null, product: null }] },
    },
  });
  expect(shop.shopify.world.companies.get(5)?.locations[0]?.catalogPrices).toEqual([]);
  const kept = shop.shopify.world.ordersById.get(1);
  expect(kept?.lines[0]).toMatchObject({ variantId: null, deleted: true });
  shop.shopify.updateOrder({ ...kept, test: true });
  expect(() => shop.shopify.deleteProduct(1)).toThrow("there is no product 1");
});

test("the shop answers as it was changed, and its orders keep how their prices were meant", async () => {
  await opened();
  shop.shopify.updateShop({ name: "Apex", timezone: "Europe/Berlin", taxesIncluded: true, plan: "PLUS" });
  expect(await arrived()).toEqual(["shop/update"]);
  expect(receiver.bodiesOf("shop/update")).toEqual([
    {
      id: expect.any(Number),
      name: "Apex",
      domain: "acme.myshopify.com",
      myshopify_domain: "acme.myshopify.com",
      currency: "USD",
      iana_timezone: "Europe/Berlin",
      taxes_included: true,
      plan_name: "shopify_plus",
    },
  ]);
  shop.shopify.updateOrder(order(1, { test: true }));
  shop.shopify.placeOrder(order(2));
  expect(
    await asked(`{
      shop { name ianaTimezone taxesIncluded plan { shopifyPlus } }
      orders(first: 9) { nodes { taxesIncluded } }
    }`),
  ).toEqual({
    shop: { name: "Apex", ianaTimezone: "Europe/Berlin", taxesIncluded: true, plan: { shopifyPlus: true } },
    orders: { nodes: [{ taxesIncluded: false }, { taxesIncluded: true }] },
  });
  expect(shop.shopify.bucket.status()).toMatchObject({ maximumAvailable: 20_000, restoreRate: 1000 });
  expect(() => shop.shopify.updateShop({ timezone: "Mars/North" })).toThrow("not an IANA time zone");
});

test("what the world does not hold is announced as it is given", async () => {
  await opened({ grantedScopes: SCOPES.filter((scope) => scope !== "read_discounts") });
  const payload = { id: 7, order_id: 1, admin_graphql_api_id: "gid://shopify/Fulfillment/7" };
  shop.shopify.announce("fulfillments/create", payload);
  shop.shopify.announce("payment_schedules/due", { id: 1 });
  shop.shopify.announce("collections/update", { id: 1 });
  shop.shopify.announce("returns/request", { id: 1 });
  shop.shopify.announce("discounts/update", { id: 1 });
  expect(await arrived()).toEqual([
    "collections/update",
    "fulfillments/create",
    "payment_schedules/due",
    "returns/request",
  ]);
  expect(receiver.bodiesOf("fulfillments/create")).toEqual([payload]);
  expect(() => shop.shopify.announce("orders/create", {})).toThrow("orders/create is not announced");
  expect(() => shop.shopify.announce("app/uninstalled", {})).toThrow("app/uninstalled is not announced");
  expect(() => shop.shopify.announce("themes/update", {})).toThrow(
    "not in the local Shopify: webhooks of themes/update",
  );
});
