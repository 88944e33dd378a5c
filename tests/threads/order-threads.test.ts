import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ShopGone } from "#app/db/ledger-version.server.ts";
import { isDatabaseAway } from "#app/db/pool.server.ts";
import { markUninstalled } from "#app/db/shops.server.ts";
import type { OrderBlock } from "#app/pipeline/post-block.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { threadsFor } from "#app/threads/order-threads.ts";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { shopRows, type ShopRows } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let opened: PipelineShop | undefined;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await database.drop();
});

/** Enough for several blocks. */
const world = () => generatedWorld({ seed: "threads", customers: 100, orders: 500, linesPerOrder: 12, mix: "plain" });

const synced = async ({ pool, url }: TestDatabase, threads: number): Promise<ShopRows> => {
  const shop = await openPipelineShop(pool, world());
  try {
    await shop.sync({ threadsFor: threadsFor(url, threads) });
    return await shopRows(pool, shop.shop.id);
  } finally {
    await shop.close();
  }
};

test("threads write what the process would have written by itself", async () => {
  const other = await testDatabase();
  try {
    const [inThreads, alone] = [await synced(database, 2), await synced(other, 0)];
    expect(inThreads.order).toHaveLength(500);
    expect(inThreads).toEqual(alone);
  } finally {
    await other.drop();
  }
});

describe("what fails in a thread fails as it would outside", () => {
  const blockOf = (text: string, shopId: number): OrderBlock => ({
    shopId,
    block: { bytes: new TextEncoder().encode(text), linesBefore: 0 },
    now: WORLD_NOW,
    readAt: WORLD_NOW,
  });
  const failureOf = async (url: string, orders: OrderBlock): Promise<unknown> => {
    const threads = threadsFor(url, 1)({ bytes: 1 });
    if (!threads) throw new Error("No threads");
    return threads
      .post(orders)
      .then(
        () => null,
        (error: unknown) => error,
      )
      .finally(() => threads.end());
  };

  test("a line that cannot be read", async () => {
    const error = await failureOf(database.url, blockOf("{", 1));
    expect(error).toBeInstanceOf(ShopifyError);
    expect(error).toMatchObject({ code: "bulk-broken", message: "Line 1 of the bulk result is not JSON" });
  });

  test("a shop that is not installed any more", async () => {
    opened = await openPipelineShop(database.pool, generatedWorld({ seed: 1, customers: 5, orders: 5 }));
    const { id, domain } = opened.shop;
    await markUninstalled(database.pool, domain, WORLD_NOW);
    expect(await failureOf(database.url, blockOf("", id))).toBeInstanceOf(ShopGone);
  });

  test("a database that is away", async () => {
    const away = new URL(database.url);
    away.port = "1";
    expect(isDatabaseAway(await failureOf(away.href, blockOf("", 1)))).toBe(true);
  });
});

test("threads are for large results, unless their number is given", async () => {
  expect(threadsFor(database.url, "auto")({ bytes: 1_000_000 })).toBeNull();
  expect(threadsFor(database.url, 0)({ bytes: 1_000_000_000 })).toBeNull();
  const threads = threadsFor(database.url, "auto")({ bytes: 1_000_000_000 });
  expect(threads?.atOnce).toBeGreaterThan(1);
  await threads?.end();
});
