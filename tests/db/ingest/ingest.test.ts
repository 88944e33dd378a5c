import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GOES_WITH_ORDERS } from "#app/db/ingest/gone.server.ts";
import { writeCollections } from "#app/db/ingest/write-collections.server.ts";
import { writePeople } from "#app/db/ingest/write-people.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import { databaseShop } from "#tests/setup/database-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  shop = await databaseShop(database.pool);
});
afterAll(() => database.drop());

test("collections may pass their handles on to each other, with what is in them", async () => {
  const collection = (id: bigint, handle: string, productId: bigint) => ({
    id,
    handle,
    title: handle,
    productIds: [productId],
  });
  await writeCollections(database.pool, shop.id, [collection(901n, "new", 1n), collection(902n, "sale", 2n)]);
  await writeCollections(database.pool, shop.id, [collection(901n, "sale", 1n), collection(902n, "new", 2n)]);
  const { rows } = await database.pool.query<{ handle: string; product: bigint }>(
    `SELECT handle, product_id AS product FROM collection JOIN collection_product member
       ON member.shop_id = collection.shop_id AND collection_id = id
     WHERE collection.shop_id = $1 ORDER BY product_id`,
    [shop.id],
  );
  expect(rows).toEqual([
    { handle: "sale", product: 1n },
    { handle: "new", product: 2n },
  ]);
});

test("two who write the same people in different orders do not wait for each other", async () => {
  const person = (id: bigint, name: string) => ({ kind: "customer" as const, id, name, email: null });
  await writePeople(database.pool, shop.id, [person(1n, "Ann"), person(2n, "Bob")]);
  const holder = await database.pool.connect();
  const nameOf = "UPDATE customer SET name = 'held' WHERE shop_id = $1 AND shopify_id = $2";
  try {
    await holder.query("BEGIN");
    await holder.query(nameOf, [shop.id, 1]);
    const waiting = writePeople(database.pool, shop.id, [person(2n, "Bea"), person(1n, "Amy")]);
    const waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    await expect.poll(async () => (await database.pool.query(waits)).rowCount).toBe(1);
    // Whoever waits for Ann has not taken Bob: this would be a deadlock.
    await holder.query(nameOf, [shop.id, 2]);
    await holder.query("COMMIT");
    await waiting;
  } finally {
    holder.release();
  }
  const { rows } = await database.pool.query("SELECT name FROM customer WHERE shop_id = $1 ORDER BY key", [shop.id]);
  expect(rows).toEqual([{ name: "Amy" }, { name: "Bea" }]);
});

/** What was given for an order, and what a back-test found of it, stays when the order is gone. */
const HISTORY = ["early_payment_rebate", "rebate_taken_back", "backtest_difference", "backtest_below"];

test("every table that names orders either loses what goes with an order or is history", async () => {
  const { rows } = await database.pool.query<{ table: string }>(
    `SELECT table_name AS table FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'order_id' ORDER BY 1`,
  );
  expect(rows.map(({ table }) => table)).toEqual([...GOES_WITH_ORDERS, ...HISTORY].toSorted());
});
