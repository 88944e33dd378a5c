import { runMigrations } from "graphile-worker";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { receiveApart } from "#app/db/inbox/receive.server.ts";
import { findEvent, markDone } from "#app/db/inbox/waiting-events.server.ts";
import { cleanUp } from "#app/db/privacy/clean-up.server.ts";
import { dataRequests, keepDataRequest } from "#app/db/privacy/data-requests.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import { databaseShop } from "#tests/setup/database-shop.ts";
import { everyTable, fillEveryTable, rowsOf } from "#tests/setup/every-table.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const NOW = new Date("2026-10-31T12:00:00Z");
const DAY_MS = 86_400_000;

const ago = (days: number, ms = 0): Date => new Date(NOW.getTime() - days * DAY_MS + ms);

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
  await runMigrations({ connectionString: database.url });
  shop = await databaseShop(database.pool);
});
afterAll(() => database.drop());

beforeEach(async () => {
  await database.pool.query(
    "DELETE FROM inbox_event; DELETE FROM data_request; DELETE FROM graphile_worker._private_jobs",
  );
});

const person = { customerId: 1n, email: "ann@example.com", orderIds: [7n] };

const arrive = async (eventId: string, at: Date, { topic = "orders/updated", isDone = true } = {}): Promise<void> => {
  const isPersonal = topic.startsWith("customers/");
  const event = { eventId, topic, subject: null, triggeredAt: at, person: isPersonal ? person : null };
  await receiveApart(database.pool, shop.domain, event, at);
  if (isDone) await markDone(database.pool, shop.id, [{ eventId, topic }], at);
};

const left = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ id: string }>("SELECT event_id AS id FROM inbox_event ORDER BY 1");
  return rows.map(({ id }) => id);
};

test("webhooks that were worked off are forgotten after 30 days, and not a moment before", async () => {
  await arrive("old", ago(30));
  await arrive("younger", ago(30, 1));
  expect(await cleanUp(database.pool, NOW)).toMatchObject({ inboxEvents: 1 });
  expect(await left()).toEqual(["younger"]);
});

test("webhooks that nobody will work off any more go too, but not those that ask for an erasure", async () => {
  await arrive("order", ago(40), { isDone: false });
  await arrive("erasure", ago(40), { topic: "customers/redact", isDone: false });
  await cleanUp(database.pool, NOW);
  expect(await left()).toEqual(["erasure"]);
});

test("an erasure that failed for two days is tried again, and keeps what it has to know until it is done", async () => {
  const topic = "customers/redact";
  await arrive("failed", ago(2), { topic, isDone: false });
  await arrive("still tried", ago(1), { topic, isDone: false });
  await database.pool.query("DELETE FROM graphile_worker._private_jobs");
  expect(await cleanUp(database.pool, NOW)).toMatchObject({ triedAgain: 1 });
  const jobs = await rowsOf(database.pool, "graphile_worker._private_jobs");
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatch(/"eventId" : "failed"/);
  const key = { shopId: shop.id, eventId: "failed", topic };
  expect((await findEvent(database.pool, key))?.person).toEqual(person);
  await markDone(database.pool, shop.id, [key], NOW);
  expect(await findEvent(database.pool, key)).toBeNull();
  expect((await rowsOf(database.pool, "inbox_event")).filter((row) => row.includes("failed")).join()).not.toMatch(
    /ann@/,
  );
});

test("the file of a data request is deleted after 30 days, and not a moment before", async () => {
  const about = { shopId: shop.id, requestedAt: ago(30) };
  await keepDataRequest(database.pool, { ...about, eventId: "old" }, person);
  await keepDataRequest(database.pool, { ...about, eventId: "younger", requestedAt: ago(30, 1) }, person);
  expect(await cleanUp(database.pool, NOW)).toMatchObject({ dataRequests: 1 });
  expect(await rowsOf(database.pool, "data_request")).toHaveLength(1);
  expect(await dataRequests(database.pool, shop.id, NOW)).toHaveLength(1);
});

test("everything else is kept, however old: runs, moves, orders, entries", async () => {
  await fillEveryTable(database.pool, { id: 900, domain: "old.myshopify.com" });
  const later = new Date("2046-01-01T00:00:00Z");
  const tables = (await everyTable(database.pool)).filter((name) => !["inbox_event", "data_request"].includes(name));
  const counts = (): Promise<number[]> =>
    Promise.all(tables.map(async (name) => (await rowsOf(database.pool, `"${name}"`)).length));
  const before = await counts();
  await cleanUp(database.pool, later);
  expect(await counts()).toEqual(before);
});
