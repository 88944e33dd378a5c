import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { catalog, order, shopObject, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

// 2 + 11 x (1 + 2 + 11 x (1 + 4)) points: dear, and the shop has one order only, so that little of it is used.
const DEAR = `{ orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id variant { id product { id }
  inventoryItem { id measurement { id } } } } } } } }`;
const DEAR_COST = 2 + 11 * (1 + 2 + 11 * 5);

test.each([
  ["BASIC", 100],
  ["ADVANCED", 200],
  ["PLUS", 1000],
] as const)("a shop on %s restores %d points a second, up to twenty seconds' worth", async (plan, rate) => {
  shop = await TestShop.open(worldOf({ ...shopObject, plan }), { bucketSpeed: 0 });
  const { extensions } = await shop.graphql("{ shop { name } }");
  expect(extensions?.cost).toEqual({
    requestedQueryCost: 1,
    actualQueryCost: 1,
    throttleStatus: { maximumAvailable: rate * 20, currentlyAvailable: rate * 20 - 1, restoreRate: rate },
  });
});

test("a query is let in by its requested cost and charged its actual cost", async () => {
  shop = await TestShop.open(worldOf(...catalog, order(1)), { bucketSpeed: 0 });
  const { extensions } = await shop.graphql(DEAR);
  expect(extensions?.cost.requestedQueryCost).toBe(DEAR_COST);
  const actual = extensions?.cost.actualQueryCost ?? 0;
  expect(actual).toBeGreaterThan(5);
  expect(actual).toBeLessThan(50);
  expect(extensions?.cost.throttleStatus.currentlyAvailable).toBe(2000 - actual);
});

test("too little in the bucket is THROTTLED with HTTP 200, and costs nothing", async () => {
  shop = await TestShop.open(worldOf(...catalog, order(1)), { bucketSpeed: 0 });
  shop.shopify.bucket.drainTo(DEAR_COST - 1);
  const reply = await shop.graphqlReply(DEAR);
  expect(reply.status).toBe(200);
  expect(JSON.parse(reply.text)).toEqual({
    errors: [{ message: "Throttled", extensions: expect.objectContaining({ code: "THROTTLED" }) }],
    extensions: {
      cost: {
        requestedQueryCost: DEAR_COST,
        actualQueryCost: null,
        throttleStatus: { maximumAvailable: 2000, currentlyAvailable: DEAR_COST - 1, restoreRate: 100 },
      },
    },
  });
  shop.shopify.bucket.skip(0.01);
  expect((await shop.graphql(DEAR)).errors).toBeUndefined();
});

test("a query over 1,000 points is refused however full the bucket", async () => {
  shop = await TestShop.open(worldOf(...catalog));
  const answer = await shop.graphql(`{ a: ${DEAR.slice(1, -1)} b: ${DEAR.slice(1, -1)} }`);
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: "MAX_COST_EXCEEDED",
    cost: 2 * DEAR_COST,
    maxCost: 1000,
  });
  expect(answer.data).toBeUndefined();
  expect(answer.extensions).toBeUndefined();
});

test("the bucket refills in real time", async () => {
  shop = await TestShop.open(worldOf(...catalog));
  shop.shopify.bucket.drainTo(0);
  const startedAt = performance.now();
  let throttled = 0;
  while (
    (await shop.graphql("{ productVariants(first: 250) { nodes { product { id } inventoryItem { id } } } }")).errors
  ) {
    throttled += 1;
    await sleep(20);
  }
  // 35 points at 100 a second.
  expect(performance.now() - startedAt).toBeGreaterThan(340);
  expect(performance.now() - startedAt).toBeLessThan(1500);
  expect(throttled).toBeGreaterThan(2);
});

test("the bucket refills as much faster as it is told", async () => {
  shop = await TestShop.open(worldOf(...catalog), { bucketSpeed: 1000 });
  shop.shopify.bucket.drainTo(0);
  await sleep(30);
  expect(shop.shopify.bucket.status().currentlyAvailable).toBe(2000);
});
