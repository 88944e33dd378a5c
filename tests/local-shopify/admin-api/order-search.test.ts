import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;

beforeAll(async () => {
  const transactions = [
    { kind: "SALE" as const, gateway: "manual", amount: "30.00", processedAt: "2026-10-02T00:00:00Z", fee: null },
  ];
  const dispute = { at: "2026-10-02T00:00:00Z", amount: "1.00", fee: null };
  const back = { createdAt: "2026-10-03T00:00:00Z", returnedAt: "2026-10-02T00:00:00Z" };
  const orders = [
    order(1, { transactions }),
    order(2, {
      disputes: [
        { ...dispute, status: "WON" },
        { ...dispute, status: "LOST" },
      ],
    }),
    order(3, { refunds: [{ id: 1, ...back, lines: [], shipping: "0", adjustment: "0" }] }),
    order(4, { test: true }),
  ];
  shop = await TestShop.open(worldOf(...catalog, ...orders), { bucketSpeed: 1000 });
});
afterAll(() => shop.stop());

test.each([
  ["financial_status:paid", [1]],
  ["financial_status:pending return_status:no_return", [2, 4]],
  ["return_status:returned", [3]],
  ["chargeback_status:lost", [2]],
  ["test:true", [4]],
])("the search %s finds the orders that are so", async (query, ids) => {
  const { data, errors } = await shop.graphql(
    `query ($query: String) { orders(first: 9, query: $query) { nodes { id } } }`,
    {
      query,
    },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ orders: { nodes: ids.map((id) => ({ id: `gid://shopify/Order/${id}` })) } });
});
