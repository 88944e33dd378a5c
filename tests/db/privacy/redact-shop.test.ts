import { runMigrations } from "graphile-worker";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receiveApart } from "#app/db/inbox/receive.server.ts";
import { redactShop } from "#app/db/privacy/redact-shop.server.ts";
import { ADD_INBOX_JOB, ADD_WORK_JOB } from "#app/platform/jobs.server.ts";
import { everyTable, fillEveryTable, rowsOf } from "#tests/setup/every-table.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const GONE = { id: 101, domain: "gone.myshopify.com" };
const STAYS = { id: 102, domain: "stays.myshopify.com" };

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
  await runMigrations({ connectionString: database.url });
  for (const shop of [GONE, STAYS]) {
    await fillEveryTable(database.pool, shop);
    await database.pool.query(ADD_WORK_JOB, [shop.id, "sync", 0]);
    await database.pool.query(ADD_INBOX_JOB, [shop.id, "event", "orders/updated"]);
  }
});
afterEach(() => database.drop());

const everything = async (): Promise<Map<string, string[]>> => {
  const tables = [...(await everyTable(database.pool)).map((name) => `"${name}"`), "graphile_worker.jobs"];
  const rows = await Promise.all(tables.map((table) => rowsOf(database.pool, table)));
  return new Map(tables.map((table, index) => [table, rows[index] ?? []]));
};

test("every table has rows of both shops before one is erased", async () => {
  for (const [table, rows] of await everything()) {
    expect({ table, rows: rows.length }).toEqual({ table, rows: table === "graphile_worker.jobs" ? 4 : 2 });
  }
});

test("an erased shop leaves no row in any table, and no job; another shop loses none", async () => {
  const before = await everything();
  expect(await redactShop(database.pool, GONE.id)).toBe(true);
  for (const [table, rows] of await everything()) {
    const stays = (before.get(table) ?? []).filter((row) => row.includes("102") || row.includes(STAYS.domain));
    expect({ table, rows }).toEqual({ table, rows: stays });
    expect(rows).not.toEqual([]);
  }
});

test("a job that is being worked on is left to whoever works on it", async () => {
  await database.pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'me'
     WHERE id = (SELECT min(id) FROM graphile_worker.jobs WHERE queue_name = 'shop:101')`,
  );
  await redactShop(database.pool, GONE.id);
  const left = await rowsOf(database.pool, "graphile_worker.jobs");
  expect(left.filter((row) => row.includes("shop:101"))).toHaveLength(1);
});

test("a shop that is installed is not erased", async () => {
  await database.pool.query("UPDATE shop SET uninstalled_at = NULL WHERE id = $1", [GONE.id]);
  const before = await everything();
  expect(await redactShop(database.pool, GONE.id)).toBe(false);
  expect(await everything()).toEqual(before);
});

test("erasing twice, or a shop that never was, does nothing more", async () => {
  await redactShop(database.pool, GONE.id);
  const before = await everything();
  expect(await redactShop(database.pool, GONE.id)).toBe(false);
  expect(await redactShop(database.pool, 4711)).toBe(false);
  expect(await everything()).toEqual(before);
});

test("a webhook that comes while the shop is erased is kept nowhere", async () => {
  const event = { topic: "orders/updated", subject: null, triggeredAt: null, person: null };
  const webhooks = Array.from({ length: 8 }, (_one, index) =>
    receiveApart(database.pool, GONE.domain, { ...event, eventId: `late-${index}` }, new Date()),
  );
  await Promise.all([redactShop(database.pool, GONE.id), ...webhooks]);
  const kept = (await rowsOf(database.pool, "inbox_event")).filter((row) => row.includes('"shop_id":101'));
  expect(kept).toEqual([]);
});
