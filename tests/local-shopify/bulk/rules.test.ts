import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open(worldOf(...catalog, order(1)), { bucketSpeed: 1000 });
});
afterAll(() => shop.stop());

interface Run {
  bulkOperationRunQuery: {
    bulkOperation: { id: string; status: string } | null;
    userErrors: { code: string; field: string[] | null; message: string }[];
  };
}

const RUN = `mutation ($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: false) {
  bulkOperation { id status } userErrors { code field message } } }`;

const messagesOf = async (query: string) => {
  const { data } = await shop.graphql<Run>(RUN, { query });
  expect(data?.bulkOperationRunQuery.bulkOperation).toBeNull();
  return data?.bulkOperationRunQuery.userErrors.map(({ code, field, message }) => {
    expect({ code, field }).toEqual({ code: "INVALID", field: ["query"] });
    return message;
  });
};

const nested = (...names: string[]): string =>
  names.reduceRight((inner, name) => `${name} { edges { node { id ${inner} } } }`, "");

test.each([
  ["", ["Invalid bulk query: syntax error, unexpected end of file"]],
  ["{ orders {", ["Invalid bulk query: Syntax Error: Expected Name, found <EOF>."]],
  [
    "{ orders { edges { node { nonsense } } } }",
    ['Invalid bulk query: Cannot query field "nonsense" on type "Order".'],
  ],
  [
    'mutation { bulkOperationCancel(id: "x") { userErrors { message } } }',
    ["Invalid operation type. Only `query` operations are supported."],
  ],
  [
    '{ node(id: "gid://shopify/Order/1") { id } }',
    ["Bulk queries cannot contain a top level `node` field.", "Bulk queries must contain at least one connection."],
  ],
  [
    '{ nodes(ids: ["gid://shopify/Order/1"]) { id } }',
    ["Bulk queries cannot contain a top level `nodes` field.", "Bulk queries must contain at least one connection."],
  ],
  ["{ shop { name } }", ["Bulk queries must contain at least one connection."]],
  [`{ ${nested("orders")} ${nested("customers")} }`, ["Bulk queries cannot contain more than one top level field."]],
  [
    `{ ${nested("companies", "locations", "orders", "lineItems")} }`,
    ["Bulk queries cannot contain connections with a nesting depth greater than 2."],
  ],
  [
    `{ products { edges { node { id ${["variants", "metafields", "collections", "media", "sellingPlanGroups"].map((name) => nested(name)).join(" ")} } } } }`,
    ["Bulk queries cannot contain more than 5 connections."],
  ],
  [
    "{ orders { nodes { id } } }",
    [
      "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges { node {'. " +
        "Selecting via 'nodes' is not supported. Invalid connection fields: 'orders'.",
    ],
  ],
  [
    "{ orders { edges { node { name lineItems { edges { node { id } } } } } } }",
    [
      "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. " +
        "Connection fields without 'id': orders.",
    ],
  ],
  [
    "{ orders { edges { node { id refunds { orderAdjustments { edges { node { id } } } } } } } }",
    ["Queries that contain a connection field within a list field are not currently supported."],
  ],
  [
    "{ orders { edges { node { id shippingLines { edges { node { id } } } } } } }",
    [
      "The 'node' of every connection in a bulk query must implement 'Node'. Invalid connection fields: 'shippingLines'.",
    ],
  ],
])("%s is refused", async (query, messages) => {
  expect(await messagesOf(query)).toEqual(messages);
});

test("two levels below the top connection are allowed, and so are five connections", async () => {
  const { data } = await shop.graphql<Run>(RUN, { query: `{ ${nested("companies", "locations", "orders")} }` });
  expect(data?.bulkOperationRunQuery).toEqual({
    bulkOperation: { id: expect.any(String), status: "CREATED" },
    userErrors: [],
  });
  await shop.shopify.bulk.idle();
  expect(shop.shopify.bulk.list().at(-1)?.status).toBe("COMPLETED");
});

test("what Shopify would run and the local one cannot is an error with the field's name", async () => {
  const { errors } = await shop.graphql(RUN, { query: "{ orders { edges { node { id note } } } }" });
  expect(errors?.[0]?.message).toBe("not in the local Shopify: Order.note");
});

test("a sixth operation waits its turn, and mutations are charged 10 points each", async () => {
  shop.shopify.faults.bulk.slowNext.push(2, 2, 2, 2, 2);
  const query = "{ orders { edges { node { id } } } }";
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    const { data } = await shop.graphql<Run>(RUN, { query });
    ids.push(data?.bulkOperationRunQuery.bulkOperation?.id ?? "");
  }
  const { data, extensions } = await shop.graphql<Run>(RUN, { query });
  expect(extensions?.cost.actualQueryCost).toBe(10);
  expect(data?.bulkOperationRunQuery).toEqual({
    bulkOperation: null,
    userErrors: [
      {
        code: "OPERATION_IN_PROGRESS",
        field: null,
        message: `A bulk query operation for this app and shop is already in progress: ${ids.join(", ")}.`,
      },
    ],
  });
  await shop.shopify.bulk.idle();
  expect((await shop.graphql<Run>(RUN, { query })).data?.bulkOperationRunQuery.userErrors).toEqual([]);
  await shop.shopify.bulk.idle();
});
