import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { shopRows, type ShopRows } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const world = () => generatedWorld({ seed: "outage", customers: 20, orders: 45 });

let database: TestDatabase;
let opened: PipelineShop;

beforeEach(async () => {
  database = await testDatabase();
  opened = await openPipelineShop(database.pool, world());
});
afterEach(async () => {
  await opened.close();
  await database.drop();
});

const rows = (): Promise<ShopRows> => shopRows(database.pool, opened.shop.id);

/** What a sync without any fault comes to, in a shop of its own. */
let undisturbed: ShopRows;

beforeAll(async () => {
  const calm = await testDatabase();
  const shop = await openPipelineShop(calm.pool, world());
  await shop.sync();
  undisturbed = await shopRows(calm.pool, shop.shop.id);
  await shop.close();
  await calm.drop();
});

const expectFinishedAsUndisturbed = async (): Promise<void> => {
  expect(await opened.latest()).toMatchObject({ status: "finished", errorCode: null });
  expect(await rows()).toEqual(undisturbed);
};

const failed = async (code: string): Promise<void> => {
  await expect(opened.sync()).rejects.toMatchObject({ name: "ShopifyError", code });
  expect(await opened.latest()).toMatchObject({ status: "failed", errorCode: code });
};

describe("the sync waits and finishes", () => {
  test("through bursts of THROTTLED", async () => {
    opened.shopify.faults.throttleNext(12);
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("through a few answers of 500 and 503", async () => {
    opened.shopify.faults.failNext(2, 500);
    opened.shopify.faults.failNext(1, 503);
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("through answers of 429", async () => {
    opened.shopify.faults.failNext(3, 429);
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("through calls that are never answered", async () => {
    opened.shopify.faults.timeoutNext(2);
    await opened.sync({ ask: await opened.askAnew(1000) });
    await expectFinishedAsUndisturbed();
  });

  test("within the rate limit of the smallest plan, as Shopify counts it", async () => {
    await opened.sync();
    const stats = [...opened.shopify.stats.values()];
    expect(stats.reduce((sum, { refused }) => sum + refused, 0)).toBe(0);
    for (const { requestedCost, calls } of stats) expect(requestedCost / Math.max(1, calls)).toBeLessThanOrEqual(1000);
  });
});

describe("the sync fails with a code that a page can explain, and the next try finishes", () => {
  test("when Shopify stays down", async () => {
    opened.shopify.faults.failNext(4, 500);
    await failed("unavailable");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when Shopify stays throttled for longer than is reasonable", async () => {
    opened.shopify.faults.throttleNext(61);
    await failed("throttled");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when Shopify no longer takes the token", async () => {
    opened.shopify.faults.failNext(1, 401);
    await failed("token-revoked");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test.each([0, 1, 2, 3])("when Shopify fails the bulk operation after %i others", async (others) => {
    const harmless = { afterObjects: 1_000_000, errorCode: "TIMEOUT" as const };
    const fault = { afterObjects: 1, errorCode: "INTERNAL_SERVER_ERROR" as const };
    opened.shopify.faults.bulk.failNext.push(...Array.from({ length: others }, () => harmless), fault);
    await failed("bulk-failed");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when a bulk operation dies of its own length", async () => {
    opened.shopify.faults.bulk.failNext.push({ afterObjects: 2, errorCode: "TIMEOUT" });
    await failed("bulk-failed");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when a result ends in the middle of its last row", async () => {
    opened.shopify.faults.bulk.truncateNext = 1;
    await failed("bulk-broken");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test.each([1, 2, 3])("when a child row is missing in the first %i results that have any", async (count) => {
    opened.shopify.faults.bulk.loseChildNext = count;
    for (let nth = 0; nth < count; nth += 1) await failed("bulk-broken");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when an export fails with all but its last row written, which is not taken for the whole", async () => {
    await opened.sync();
    const whole = Number(opened.shopify.bulk.list().at(-1)?.objectCount);
    await opened.close();
    await database.drop();
    database = await testDatabase();
    opened = await openPipelineShop(database.pool, world());
    const harmless = { afterObjects: 1_000_000, errorCode: "TIMEOUT" as const };
    const fault = { afterObjects: whole - 1, errorCode: "INTERNAL_SERVER_ERROR" as const };
    opened.shopify.faults.bulk.failNext.push(harmless, harmless, harmless, harmless, fault);
    await failed("bulk-failed");
    expect(opened.shopify.bulk.list().at(-1)?.partialDataUrl).not.toBeNull();
    const { rows: kept } = await database.pool.query('SELECT id FROM "order"');
    expect(kept).toEqual([]);
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when calls are never answered for longer than is reasonable", async () => {
    opened.shopify.faults.timeoutNext(4);
    const ask = await opened.askAnew(200);
    await expect(opened.sync({ ask })).rejects.toMatchObject({ code: "unavailable" });
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when the address of a result has expired", async () => {
    opened.shopify.faults.downloads.expireNext = 1;
    await failed("bulk-broken");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("when the connection breaks half-way through a result", async () => {
    opened.shopify.faults.downloads.dropNext = 1;
    await failed("unavailable");
    const before = opened.shopify.bulk.list().length;
    await opened.sync();
    // The result is still there: it is fetched again and not made again.
    expect(opened.shopify.bulk.list()).toHaveLength(before + 4);
    await expectFinishedAsUndisturbed();
  });
});

describe("the sync fails with a code of the database's, and the next try finishes", () => {
  /** Inserting into a table fails as it does where PostgreSQL has no room, or goes down. */
  const insertFails = async (table: string, state: string): Promise<void> => {
    await database.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '${state}'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`);
  };

  test.each([
    ["53100", "database-full"],
    ["57P01", "database-away"],
  ])("when it answers %s", async (state, errorCode) => {
    await insertFails("ledger_entry", state);
    await expect(opened.sync()).rejects.toMatchObject({ code: state });
    expect(await opened.latest()).toMatchObject({ status: "failed", errorCode });
    await database.pool.query("DROP FUNCTION refuse CASCADE");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });

  test("and where not even that can be written, what stopped the sync is what is thrown", async () => {
    await insertFails("ledger_entry", "53100");
    await database.pool.query(`
      CREATE TRIGGER refuse BEFORE UPDATE ON sync_run FOR EACH ROW
      WHEN (NEW.status = 'failed') EXECUTE FUNCTION refuse()`);
    await expect(opened.sync()).rejects.toMatchObject({ code: "53100" });
    expect(await opened.latest()).toMatchObject({ status: "running", errorCode: null });
    await database.pool.query("DROP FUNCTION refuse CASCADE");
    await opened.sync();
    await expectFinishedAsUndisturbed();
  });
});
