import { afterEach, expect, test } from "vitest";
import { catalog, order, shopObject, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const opened = async (...objects: Parameters<typeof worldOf>) => {
  shop = await TestShop.open(worldOf(...catalog, ...objects));
};

test("a field that is not implemented is an error with its name, never a null without one", async () => {
  await opened(order(1));
  const { data, errors } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") { id note } }`);
  expect(errors?.[0]).toMatchObject({ message: "not in the local Shopify: Order.note", path: ["order", "note"] });
  expect(data).toEqual({ order: { id: "gid://shopify/Order/1", note: null } });
});

test("what the world does not say is an error, not an invention", async () => {
  await opened(order(1, { shipping: { price: "5.00", discount: "0.00", tax: "0.40" } }));
  const { errors } = await shop.graphql(
    `{ order(id: "gid://shopify/Order/1") { 
      name: shippingLine { title } tax: shippingLine { taxLines { rate } } } }`,
  );
  expect(errors?.map(({ message }) => message)).toEqual([
    "not in the local Shopify: ShippingLine.title where the world has none",
    "not in the local Shopify: TaxLine.rate where the world says only the sum",
  ]);
});

test.each([
  ["{ orders(first: 1) { nodes { nonsense } } }", 'Cannot query field "nonsense" on type "Order".'],
  ["{ orders(first: 1, colour: 2) { nodes { id } } }", 'Unknown argument "colour" on field "QueryRoot.orders".'],
  ['{ orders(first: "1") { nodes { id } } }', 'Int cannot represent non-integer value: "1"'],
  ["{ order { id } }", 'Field "order" argument "id" of type "ID!" is required, but it was not provided.'],
])("the real schema refuses %s", async (query, message) => {
  await opened(order(1));
  const { errors, data } = await shop.graphql(query);
  expect(errors?.map((error) => error.message)).toEqual([message]);
  expect(data).toBeUndefined();
});

test("the shop tells its own facts", async () => {
  shop = await TestShop.open(worldOf({ ...shopObject, plan: "PLUS", taxesIncluded: true, currency: "EUR" }));
  const { data } = await shop.graphql(`{ shop { name myshopifyDomain currencyCode ianaTimezone taxesIncluded
    plan { publicDisplayName shopifyPlus } } }`);
  expect(data).toEqual({
    shop: {
      name: "Acme",
      myshopifyDomain: "acme.myshopify.com",
      currencyCode: "EUR",
      ianaTimezone: "America/New_York",
      taxesIncluded: true,
      plan: { publicDisplayName: "Shopify Plus", shopifyPlus: true },
    },
  });
});
