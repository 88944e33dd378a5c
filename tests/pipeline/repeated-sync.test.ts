import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SYNC_STAGES } from "#app/core/sync/stages.ts";
import type { Ask } from "#app/shopify/gateway.server.ts";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { shopRows, type ShopRows } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** Small, and yet with companies, guests, refunds, cancelled orders and lines without a cost. */
const world = () => generatedWorld({ seed: "again", customers: 25, orders: 60 });

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

const standings = async (): Promise<unknown[]> => {
  const { rows: all } = await database.pool.query(
    `SELECT (to_jsonb(standing) - 'run_id' - 'customer_id')::text, key FROM standing
     JOIN customer ON customer.id = customer_id ORDER BY rank`,
  );
  return all;
};

class Unplugged extends Error {}

/** How often a sync asks whether a bulk operation is done depends on the time of day. */
const isPoll = (operation: PropertyKey): boolean => String(operation).includes("query BulkStatus");

/** What a sync asks Shopify, one question after the other; the nth one is not answered any more. */
const unpluggedAt = (nth: number, ask: Ask): { ask: Ask; asked: () => number } => {
  let asked = 0;
  return {
    asked: () => asked,
    ask: (operation, variables) => {
      if (!isPoll(operation)) asked += 1;
      return asked === nth ? Promise.reject(new Unplugged(`question ${nth}`)) : ask(operation, variables);
    },
  };
};

/** A pool that fails at its nth query or transaction, as when the database goes away. */
const brokenAt = (nth: number, pool: pg.Pool): { pool: pg.Pool; used: () => number } => {
  let used = 0;
  const counted = new Set<PropertyKey>(["query", "connect"]);
  const proxy = new Proxy(pool, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      if (!counted.has(name)) return member.bind(target) as unknown;
      return (...args: unknown[]): unknown => {
        used += 1;
        if (used === nth) return Promise.reject(new Unplugged(`use ${nth} of the database`));
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
  return { pool: proxy, used: () => used };
};

test("a sync that runs a second time changes not a single row", async () => {
  await opened.sync();
  const before = await rows();
  const stood = await standings();
  expect(before.ledger_entry.length).toBeGreaterThan(150);
  await opened.sync();
  expect(await rows()).toEqual(before);
  expect(await standings()).toEqual(stood);
});

test("a sync that is cut off at any question to Shopify carries on and ends with the same rows", async () => {
  const counter = unpluggedAt(Infinity, opened.context.ask);
  await opened.sync({ ask: counter.ask });
  const whole = await rows();
  const questions = counter.asked();
  expect(questions).toBeGreaterThan(8);
  await opened.close();

  for (let nth = 1; nth <= questions; nth += 1) {
    opened = await openPipelineShop(database.pool, {
      ...world(),
      shop: { ...world().shop, domain: `at-${nth}.myshopify.com` },
    });
    await expect(opened.sync({ ask: unpluggedAt(nth, opened.context.ask).ask })).rejects.toThrow(Unplugged);
    expect(await opened.latest()).toMatchObject({ status: "failed", errorCode: "bug" });
    await opened.sync();
    expect(await opened.latest()).toMatchObject({ status: "finished", errorCode: null });
    expect(await rows()).toEqual(whole);
    if (nth < questions) await opened.close();
  }
});

test("a sync whose database goes away at any moment carries on and ends with the same rows", async () => {
  const counter = brokenAt(Infinity, database.pool);
  await opened.sync({ pool: counter.pool });
  const whole = await rows();
  const uses = counter.used();
  expect(uses).toBeGreaterThan(30);
  await opened.close();

  // Every fifth: each stage is hit, though how often exactly depends on the polling.
  let hits = 0;
  for (let nth = 2; nth < uses; nth += 5) {
    opened = await openPipelineShop(database.pool, {
      ...world(),
      shop: { ...world().shop, domain: `at-${nth}.myshopify.com` },
    });
    const end = await opened.sync({ pool: brokenAt(nth, database.pool).pool }).catch((error: unknown) => error);
    if (end instanceof Unplugged) hits += 1;
    await opened.sync();
    expect((await opened.latest())?.status).toBe("finished");
    expect(await rows()).toEqual(whole);
    if (nth + 5 < uses) await opened.close();
  }
  expect(hits).toBeGreaterThan(uses / 7);
});

test("stages that were finished are not read again", async () => {
  const cut: Ask = (operation, variables) =>
    String(operation).includes("query OrderDetails")
      ? Promise.reject(new Unplugged("at the changed orders"))
      : opened.context.ask(operation, variables);
  await expect(opened.sync({ ask: cut })).rejects.toThrow(Unplugged);
  const statuses = async () =>
    ((await opened.latest())?.stages ?? []).map(({ name, status }) => `${name} ${status === "finished"}`);
  const read = ["products", "collections", "customers", "companies", "catalogs", "orders"];
  expect(await statuses()).toEqual(SYNC_STAGES.map((name) => `${name} ${read.includes(name)}`));
  const before = opened.shopify.bulk.list().length;
  await opened.sync();
  expect(opened.shopify.bulk.list()).toHaveLength(before);
  // The app may not read disputes here.
  expect(await statuses()).toEqual(SYNC_STAGES.map((name) => `${name} ${name !== "disputes"}`));
});

test("a sync that was cut off while Shopify prepares the data goes on with the same bulk operation", async () => {
  const cut: Ask = (operation, variables) => {
    const isOrders = opened.shopify.bulk.list().length === 5;
    return isOrders && isPoll(operation)
      ? Promise.reject(new Unplugged("while waiting"))
      : opened.context.ask(operation, variables);
  };
  await expect(opened.sync({ ask: cut })).rejects.toThrow(Unplugged);
  expect(opened.shopify.bulk.list()).toHaveLength(5);
  await opened.sync();
  expect(opened.shopify.bulk.list()).toHaveLength(5);
  expect((await opened.latest())?.status).toBe("finished");
});
