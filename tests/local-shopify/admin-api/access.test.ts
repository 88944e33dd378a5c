import { afterEach, expect, test } from "vitest";
import { catalog, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const opened = async (options: Parameters<typeof TestShop.open>[1], ...orders: ReturnType<typeof order>[]) => {
  shop = await TestShop.open(worldOf(...catalog, ...orders), options);
};

test("a field whose scope is missing is null, with ACCESS_DENIED and its path", async () => {
  await opened({ grantedScopes: ["read_orders", "read_products"] }, order(1));
  const { data, errors } = await shop.graphql(`{ orders(first: 1) { nodes { id customer { id } } } }`);
  expect(data).toEqual({ orders: { nodes: [{ id: "gid://shopify/Order/1", customer: null }] } });
  expect(errors).toEqual([
    expect.objectContaining({
      message: "Access denied for customer field. Required access: `read_customers` access scope.",
      path: ["orders", "nodes", 0, "customer"],
      extensions: expect.objectContaining({ code: "ACCESS_DENIED" }),
    }),
  ]);
});

test("a missing scope on a field that cannot be null takes its parent with it", async () => {
  await opened({ grantedScopes: ["read_products"] }, order(1));
  const { data, errors } = await shop.graphql(`{ shop { name } orders(first: 1) { nodes { id } } }`);
  expect(data).toBeNull();
  expect(errors?.[0]).toMatchObject({ path: ["orders"], extensions: { code: "ACCESS_DENIED" } });
});

test("a write scope holds its read scope, and one of several alternatives is enough", async () => {
  await opened({ grantedScopes: ["write_orders", "read_companies"] }, order(1));
  const { errors } = await shop.graphql(`{ orders(first: 1) { nodes { id } } companies(first: 1) { nodes { id } } }`);
  expect(errors).toBeUndefined();
});

test("what a node or a union turns out to be needs its scope too", async () => {
  await opened({ grantedScopes: ["read_products", "read_orders"] }, order(1));
  const { data, errors } = await shop.graphql(`{
    node(id: "gid://shopify/Customer/1") { id }
    order(id: "gid://shopify/Order/1") { purchasingEntity { __typename } }
  }`);
  expect(data).toEqual({ node: null, order: { purchasingEntity: null } });
  expect(errors?.map(({ extensions }) => extensions?.["code"])).toEqual(["ACCESS_DENIED", "ACCESS_DENIED"]);
});

test("a count needs the scope of what it counts", async () => {
  await opened({ grantedScopes: ["read_orders"] });
  const { errors } = await shop.graphql(`{ customersCount { count } }`);
  expect(errors?.[0]?.extensions?.["requiredAccess"]).toBe("`read_customers` access scope.");
});

test("protected customer data that was not granted is null without an error", async () => {
  await opened({ protectedData: ["email"] }, order(1, { email: "ann@example.com" }));
  const query = `{ customers(first: 1) { nodes { firstName lastName email } } orders(first: 1) { nodes { email } } }`;
  expect(await shop.graphql(query)).toMatchObject({
    data: {
      customers: { nodes: [{ firstName: null, lastName: null, email: "ann@example.com" }] },
      orders: { nodes: [{ email: "ann@example.com" }] },
    },
  });
  shop.shopify.setProtectedData(["name"]);
  expect(await shop.graphql(query)).toMatchObject({
    data: {
      customers: { nodes: [{ firstName: "Ann", lastName: "Ash", email: null }] },
      orders: { nodes: [{ email: null }] },
    },
  });
});

test("protected data that cannot be null takes its object with it", async () => {
  await opened({ protectedData: [] });
  const { data, errors } = await shop.graphql(
    `{ customers(first: 1) { nodes { id defaultEmailAddress { emailAddress } } } }`,
  );
  expect(data).toEqual({ customers: { nodes: [{ id: "gid://shopify/Customer/1", defaultEmailAddress: null }] } });
  expect(errors?.[0]?.message).toContain("Cannot return null for non-nullable field CustomerEmailAddress.emailAddress");
});

test("without read_all_orders an order processed more than 60 days ago does not exist anywhere", async () => {
  const old = order(1, { processedAt: "2026-09-01T11:59:59Z" });
  const young = order(2, { processedAt: "2026-09-01T12:00:00Z" });
  const query = `{
    orders(first: 9) { nodes { id } } ordersCount { count }
    order(id: "gid://shopify/Order/1") { id } nodes(ids: ["gid://shopify/Order/1"]) { id }
    customer(id: "gid://shopify/Customer/1") { orders(first: 9) { nodes { id } } }
  }`;
  const seen = (ids: string[]) => ({ nodes: ids.map((id) => ({ id: `gid://shopify/Order/${id}` })) });
  await opened({ grantedScopes: ["read_orders", "read_customers"] }, old, young);
  expect((await shop.graphql(query)).data).toEqual({
    orders: seen(["2"]),
    ordersCount: { count: 1 },
    order: null,
    nodes: [null],
    customer: { orders: seen(["2"]) },
  });
  shop.shopify.oauth.changeScopes(["read_orders", "read_customers", "read_all_orders"]);
  expect((await shop.graphql(query)).data).toEqual({
    orders: seen(["1", "2"]),
    ordersCount: { count: 2 },
    order: { id: "gid://shopify/Order/1" },
    nodes: [{ id: "gid://shopify/Order/1" }],
    customer: { orders: seen(["1", "2"]) },
  });
});

test("the installation lists the scopes that the merchant granted", async () => {
  await opened({ grantedScopes: ["read_products", "read_orders"] });
  const { data } = await shop.graphql(`{ currentAppInstallation { accessScopes { handle } } }`);
  expect(data).toEqual({
    currentAppInstallation: { accessScopes: [{ handle: "read_orders" }, { handle: "read_products" }] },
  });
});
