import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;

// Processed on days 1 to 7, ids the other way round; the first of them was changed last.
const orders = [1, 2, 3, 4, 5, 6, 7].map((id) =>
  order(id, {
    processedAt: `2026-10-0${8 - id}T00:00:00Z`,
    cancelledAt: id === 7 ? "2026-10-20T00:00:00Z" : null,
  }),
);

beforeAll(async () => {
  shop = await TestShop.open(worldOf(...catalog, ...orders), { bucketSpeed: 1000 });
});
afterAll(() => shop.stop());

interface OrdersPage {
  orders: {
    nodes: { name: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  };
}

const page = async (args: string) => {
  const query = `{ orders(${args}) { nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const { data, errors } = await shop.graphql<OrdersPage>(query);
  if (!data) throw new Error(errors?.[0]?.message);
  return { names: data.orders.nodes.map(({ name }) => name), ...data.orders.pageInfo };
};
const named = (...ids: number[]) => ids.map((id) => `#${1000 + id}`);

test.each([
  ["ID", [1, 2, 3, 4, 5, 6, 7]],
  ["PROCESSED_AT", [7, 6, 5, 4, 3, 2, 1]],
  ["CREATED_AT", [7, 6, 5, 4, 3, 2, 1]],
  ["UPDATED_AT", [6, 5, 4, 3, 2, 1, 7]],
])("orders come sorted by %s, and backwards with reverse", async (sortKey, ids) => {
  expect((await page(`first: 9, sortKey: ${sortKey}`)).names).toEqual(named(...ids));
  expect((await page(`first: 9, sortKey: ${sortKey}, reverse: true`)).names).toEqual(named(...ids.reverse()));
});

test("orders come by the time they were processed when no sort key is given", async () => {
  expect((await page("first: 2")).names).toEqual(named(7, 6));
});

test("pages of any size, forwards and backwards, make up the whole list", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.boolean(), fc.boolean(), async (size, reverse, forwards) => {
      const found: string[] = [];
      let cursor = "";
      for (;;) {
        const next = await page(
          `${forwards ? "first" : "last"}: ${size}, sortKey: UPDATED_AT, reverse: ${reverse}${cursor}`,
        );
        if (forwards) found.push(...next.names);
        else found.unshift(...next.names);
        if (!(forwards ? next.hasNextPage : next.hasPreviousPage)) break;
        cursor = forwards ? `, after: "${next.endCursor}"` : `, before: "${next.startCursor}"`;
      }
      const all = named(6, 5, 4, 3, 2, 1, 7);
      expect(found).toEqual(reverse ? all.reverse() : all);
    }),
    { numRuns: 30 },
  );
});

test("a cursor holds its place while orders come", async () => {
  const first = await page("first: 3, sortKey: ID");
  shop.shopify.placeOrder(order(9, { processedAt: "2026-10-01T00:00:00Z" }));
  const rest = await page(`first: 9, sortKey: ID, after: "${first.endCursor}"`);
  expect(rest.names).toEqual(named(4, 5, 6, 7, 9));
  expect(rest.hasPreviousPage).toBe(true);
});

test.each([
  ["", "you must provide one of first or last"],
  ["first: 1, last: 1", "providing both first and last is not supported"],
  ["first: 251", "first cannot exceed 250"],
  ["last: 300", "last cannot exceed 250"],
  ['first: 1, after: "nonsense"', "Invalid cursor for current pagination sort."],
  ["first: 1, sortKey: TOTAL_PRICE", "not in the local Shopify: sorting orders by TOTAL_PRICE"],
])("orders(%s) is refused", async (args, message) => {
  const argumentsText = args === "" ? "reverse: false" : args;
  await expect(page(argumentsText)).rejects.toThrow(message);
});

test("a page of 250 is allowed", async () => {
  expect((await page("first: 250, sortKey: ID")).hasNextPage).toBe(false);
});

test.each([
  ["updated_at:>='2026-10-07T00:00:00Z'", [1, 7]],
  ["updated_at:>2026-10-07T00:00:00Z", [7]],
  ["processed_at:<='2026-10-02T00:00:00Z'", [6, 7]],
  ["created_at:>='2026-10-03T00:00:00Z' created_at:<'2026-10-05T00:00:00Z'", [4, 5]],
  ["created_at:>='2026-10-03T00:00:00Z' AND id:<5", [1, 2, 3, 4]],
  ["id:3", [3]],
  ["name:#1002", [2]],
  ['name:"#1004"', [4]],
  ["updated_at:>='2026-10-06T20:00:00-04:00'", [1, 7]],
])("the search %s finds its orders", async (query, ids) => {
  const found = await page(`first: 9, sortKey: ID, query: ${JSON.stringify(`${query} id:<8`)}`);
  expect(found.names).toEqual(named(...ids));
});

test.each([
  "status:open",
  "updated_at:>='2026-10-01'",
  "name:#10*",
  "id:1 OR id:2",
  "(id:1)",
  "-id:1",
  "Ann",
  "updated_at:",
])("the search %s is refused, not ignored", async (query) => {
  await expect(page(`first: 9, query: ${JSON.stringify(query)}`)).rejects.toThrow("not in the local Shopify: search");
});

test("a count stops at its limit and says so", async () => {
  const { data } = await shop.graphql(`{
    few: ordersCount(limit: 3) { count precision } all: ordersCount(limit: null) { count precision }
    found: ordersCount(query: "id:<3") { count }
  }`);
  expect(data).toEqual({
    few: { count: 3, precision: "AT_LEAST" },
    all: { count: 8, precision: "EXACT" },
    found: { count: 2 },
  });
});

test("nodes come in the order of their ids, null where there is nothing, and 250 at most", async () => {
  const id = (n: number) => `gid://shopify/Order/${n}`;
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`;
  const { data } = await shop.graphql(query, { ids: [id(3), id(99), id(1)] });
  expect(data).toEqual({ nodes: [{ id: id(3) }, null, { id: id(1) }] });
  const { errors } = await shop.graphql(query, { ids: Array.from({ length: 251 }, () => id(1)) });
  expect(errors?.[0]?.extensions?.["code"]).toBe("MAX_INPUT_SIZE_EXCEEDED");
});

test("an id of another type, or none at all, is refused", async () => {
  const { errors } = await shop.graphql(`{ order(id: "gid://shopify/Customer/1") { id } customer(id: "1") { id } }`);
  expect(errors?.map(({ message }) => message)).toEqual([
    "Invalid id: gid://shopify/Customer/1",
    "Invalid global id '1'",
  ]);
});
