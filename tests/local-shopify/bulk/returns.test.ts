import { afterEach, expect, test } from "vitest";
import { catalog, line, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const RUN = `mutation ($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: true) {
  bulkOperation { id } userErrors { message } } }`;

const rowsOf = async (query: string): Promise<unknown[]> => {
  const { data } = await shop.graphql<{ bulkOperationRunQuery: { userErrors: object[] } }>(RUN, { query });
  expect(data?.bulkOperationRunQuery.userErrors).toEqual([]);
  await shop.shopify.bulk.idle();
  const reply = await shop.send(shop.shopify.bulk.list().at(-1)?.url ?? "");
  return reply.text
    .split("\n")
    .filter(Boolean)
    .map((row) => JSON.parse(row));
};

const eventful = order(1, {
  tip: "2.00",
  refunds: [
    {
      id: 7,
      createdAt: "2026-10-09T10:00:00Z",
      returnedAt: "2026-10-05T10:00:00Z",
      lines: [{ lineId: 11, quantity: 1, restockType: "RETURN", amount: "10.00", tax: "0.00" }],
      shipping: "0",
      adjustment: "0",
    },
  ],
  disputes: [{ at: "2026-10-10T00:00:00Z", amount: "30.00", fee: "15.00", status: "LOST" }],
});

test("returns, their lines and the line of the tip are rows under their order", async () => {
  shop = await TestShop.open(worldOf(...catalog, eventful), { grantedScopes: ["read_orders", "read_returns"] });
  const rows = await rowsOf(`{ orders { edges { node { id disputes { status }
    lineItems { edges { node { id title } } }
    returns { edges { node { id status returnLineItems { edges { node { id quantity } } } } } } } } } }`);
  const id = "gid://shopify/Order/1";
  expect(rows).toEqual([
    { id, disputes: [{ status: "LOST" }] },
    { id: "gid://shopify/LineItem/11", title: "Mug", __parentId: id },
    { id: "gid://shopify/LineItem/4611686018427387905", title: "Tip", __parentId: id },
    { id: "gid://shopify/Return/7", status: "CLOSED", __parentId: id },
    { id: "gid://shopify/ReturnLineItem/7000", quantity: 1, __parentId: "gid://shopify/Return/7" },
  ]);
});

test("disputes can be exported on their own", async () => {
  const orders = [eventful, order(2, { lines: [line(21)], disputes: eventful.disputes })];
  shop = await TestShop.open(worldOf(...catalog, ...orders), {
    grantedScopes: ["read_orders", "read_all_orders", "read_shopify_payments_disputes"],
  });
  const rows = await rowsOf(`{ disputes { edges { node { id status amount { amount } order { id } } } } }`);
  const row = (number: number) => ({
    id: `gid://shopify/ShopifyPaymentsDispute/${number}000`,
    status: "LOST",
    amount: { amount: "30.0" },
    order: { id: `gid://shopify/Order/${number}` },
  });
  expect(rows).toEqual([row(1), row(2)]);
});
