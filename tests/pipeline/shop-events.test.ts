import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findShopById } from "#app/db/shops.server.ts";
import { saveStage, startWork } from "#app/db/sync-progress.server.ts";
import { ADD_WORK_JOB } from "#app/platform/jobs.server.ts";
import { catalog, company, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { ledgerLines } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let opened: PipelineShop;
let shops = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const TODAY = "2026-10-31T10:00:00Z";

const bob: WorldObject = {
  type: "customer",
  id: 2,
  firstName: "Bob",
  lastName: "Birch",
  email: "bob@example.com",
  countryCode: "GB",
  createdAt: "2025-03-01T00:00:00Z",
};
/** One of today, whose cost of today is a fact, one of before, and one of Bob's. */
const ORDERS = [order(1, { processedAt: TODAY }), order(2), order(3, { customerId: 2 })];

beforeEach(async () => {
  shops += 1;
  const shop = { ...shopObject, domain: `told-${shops}.myshopify.com` };
  opened = await openPipelineShop(database.pool, worldOf(shop, ...catalog, bob, ...ORDERS));
  await opened.sync();
  return () => opened.close();
});

const rows = async <Row extends object>(sql: string): Promise<Row[]> =>
  (await database.pool.query<Row>(sql, [opened.shop.id])).rows;

const cogs = async (id: number): Promise<string[]> =>
  (await ledgerLines(database.pool, opened.shop.id, id)).filter((entry) => entry.includes(" cogs "));

/** Customers with the orders that are theirs. */
const owners = async (): Promise<string[]> =>
  (
    await rows<{ owner: string }>(
      `SELECT concat_ws(' ', key, customer.name, (array_agg("order".id ORDER BY "order".id) FILTER (WHERE "order".id IS NOT NULL))::text) AS owner FROM customer
       LEFT JOIN "order" ON "order".shop_id = customer.shop_id AND customer_id = customer.id
       WHERE customer.shop_id = $1 AND kind <> 'anonymous' GROUP BY customer.id, key, customer.name ORDER BY key`,
    )
  ).map(({ owner }) => owner);

const MUG = catalog[0];
const mugAt = (unitCost: string | null, title = "Mug"): unknown => {
  if (MUG?.type !== "product") throw new Error("The mug is no product");
  return { ...MUG, title, variants: MUG.variants.map((variant) => ({ ...variant, unitCost })) };
};

/** Each way in which the app may learn of a change: a webhook tells it, or it looks for what it has missed. */
const WAYS = [
  ["by a webhook", (topic: string, subject: string | null) => opened.tell(topic, subject)],
  ["by catching up", () => opened.work("catch_up")],
] as const;

describe.each(WAYS)("what changes at Shopify is learned of %s", (_way, learn) => {
  test("a unit cost: orders of today follow, those of before keep theirs", async () => {
    const before = await cogs(2);
    opened.shopify.saveProduct(mugAt("5.00"));
    await learn("inventory_items/update", "gid://shopify/InventoryItem/11");
    expect(await cogs(1)).toEqual(["1 11 cogs order:1 2026-10-31 -1500 actual"]);
    expect(await cogs(2)).toEqual(before);
  });

  test("a product's title", async () => {
    opened.shopify.saveProduct(mugAt("4.20", "Cup"));
    await learn("products/update", "gid://shopify/Product/1");
    expect(await rows("SELECT product_title FROM product_variant WHERE shop_id = $1 AND id = 11")).toEqual([
      { product_title: "Cup" },
    ]);
  });

  test("a customer's name", async () => {
    opened.shopify.saveCustomer({ ...bob, lastName: "Beech" });
    await learn("customers/update", "gid://shopify/Customer/2");
    expect(await owners()).toEqual(["company:5 Co", "customer:1 Ann Ash {1,2}", "customer:2 Bob Beech {3}"]);
  });

  test("a company's name and a new location", async () => {
    const locations = [...company.locations, { ...company.locations[0], id: 52, name: "Depot" }];
    opened.shopify.saveCompany({ ...company, name: "Corp", locations });
    await learn("companies/update", "gid://shopify/Company/5");
    expect((await owners())[0]).toBe("company:5 Corp");
    expect(await rows("SELECT name FROM company_location WHERE shop_id = $1 ORDER BY id")).toEqual([
      { name: "HQ" },
      { name: "Depot" },
    ]);
  });

  test("a location that a company has no more, and those of a company that is gone", async () => {
    const depot = { ...company.locations[0], id: 52, name: "Depot" };
    opened.shopify.saveCompany({ ...company, locations: [...company.locations, depot] });
    await learn("companies/update", "gid://shopify/Company/5");
    opened.shopify.saveCompany(company);
    await learn("company_locations/delete", "gid://shopify/CompanyLocation/52");
    const ids = () => rows("SELECT id::int FROM company_location WHERE shop_id = $1 ORDER BY id");
    expect(await ids()).toEqual([{ id: 51 }]);
    await database.pool.query(
      "INSERT INTO company_location (shop_id, id, company_id, name) VALUES ($1, 61, 6, 'Gone'), ($1, 53, 5, 'Missed')",
      [opened.shop.id],
    );
    await learn("companies/delete", "gid://shopify/Company/6");
    expect(await ids()).not.toContainEqual({ id: 61 });
    await learn("companies/update", "gid://shopify/Company/5");
    expect(await ids()).toEqual([{ id: 51 }]);
  });

  test("a collection that is gone", async () => {
    await database.pool.query("INSERT INTO collection (shop_id, id, handle, title) VALUES ($1, 77, 'gone', 'Gone')", [
      opened.shop.id,
    ]);
    await learn("collections/delete", "gid://shopify/Collection/77");
    expect(await rows("SELECT id FROM collection WHERE shop_id = $1 AND handle = 'gone'")).toEqual([]);
  });

  test("a new order, and what happens to it", async () => {
    opened.shopify.placeOrder(order(4, { customerId: 2 }));
    opened.shopify.updateOrder(order(4, { customerId: 2, cancelledAt: "2026-10-02T10:00:00Z" }));
    await learn("orders/create", "gid://shopify/Order/4");
    expect(await rows(`SELECT counted, partial FROM "order" WHERE shop_id = $1 AND id = 4`)).toEqual([
      { counted: false, partial: false },
    ]);
  });

  test("an order that was deleted leaves the ledger and its customer's figures", async () => {
    opened.shopify.deleteOrder(3);
    await learn("orders/delete", "gid://shopify/Order/3");
    expect(await ledgerLines(database.pool, opened.shop.id, 3)).toEqual([]);
    expect(await rows(`SELECT first_order_at FROM customer WHERE shop_id = $1 AND shopify_id = 2`)).toEqual([
      { first_order_at: null },
    ]);
    const standing = `SELECT key FROM standing JOIN customer ON customer.id = customer_id WHERE standing.shop_id = $1`;
    expect(await rows(standing)).toEqual([{ key: "customer:1" }]);
  });

  test("customers that were merged: the orders of the one are the other's, and nobody is left without any", async () => {
    opened.shopify.mergeCustomers(2, 1);
    await learn("customers/merge", "gid://shopify/Customer/2");
    expect(await owners()).toEqual(["company:5 Co", "customer:1 Ann Ash {1,2,3}"]);
  });
});

test("a customer who was deleted at Shopify has no row any more, one with orders stays", async () => {
  opened.shopify.saveCustomer({ ...bob, id: 3, email: "cy@example.com", firstName: "Cy" });
  await opened.tell("customers/create", "gid://shopify/Customer/3");
  expect(await owners()).toHaveLength(4);
  opened.shopify.deleteCustomer(3);
  await opened.tell("customers/delete", "gid://shopify/Customer/3");
  expect(await owners()).toHaveLength(3);
});

test("the first cost of a variant that had none has all orders worked out again", async () => {
  const cap = catalog[1];
  if (cap?.type !== "product") throw new Error("The cap is no product");
  const variants = cap.variants.map((variant) => ({ ...variant, unitCost: "7.00" }));
  opened.shopify.saveProduct({ ...cap, variants });
  await opened.tell("inventory_items/update", "gid://shopify/InventoryItem/21");
  expect(await rows("SELECT kind, status FROM sync_run WHERE shop_id = $1 ORDER BY id DESC LIMIT 1")).toEqual([
    { kind: "recompute", status: "running" },
  ]);
});

test.each(WAYS)("another time zone, learned of %s, has every entry put on its day again", async (_way, learn) => {
  const placed = (await ledgerLines(database.pool, opened.shop.id, 1))[0];
  expect(placed).toContain("2026-10-31");
  opened.shopify.updateShop({ timezone: "Pacific/Kiritimati", name: "Acme Pacific" });
  await learn("shop/update", null);
  expect(await findShopById(database.pool, opened.shop.id)).toMatchObject({
    name: "Acme Pacific",
    timeZone: "Pacific/Kiritimati",
  });
  await opened.work("recompute");
  // 10:00 in London is midnight of the next day there.
  expect((await ledgerLines(database.pool, opened.shop.id, 1))[0]).toContain("2026-11-01");
});

test("a schedule that falls due, and events of what the ledger does not hold, are worked off", async () => {
  await opened.tell("payment_schedules/due", "gid://shopify/PaymentSchedule/4711");
  await opened.tell("discounts/update", null);
  await opened.tell("collections/update", null);
  expect(await rows("SELECT DISTINCT status FROM inbox_event WHERE shop_id = $1")).toEqual([{ status: "done" }]);
});

describe("the end of a bulk operation", () => {
  const OPERATION = 4711;

  /** A sync that waits for the operation. */
  const waits = async (): Promise<void> => {
    const run = await startWork(database.pool, opened.shop.id, "sync", NOW);
    const at = { shopId: opened.shop.id, runId: run.id, name: "orders" } as const;
    await saveStage(database.pool, at, { status: "reading", bulkOperationId: BigInt(OPERATION) });
  };

  /** Jobs of the sync, and whether they are due. */
  const queued = () =>
    rows<{ isDue: boolean }>(
      `SELECT run_at <= now() AS "isDue" FROM graphile_worker.jobs WHERE key = 'sync:' || $1::int`,
    );

  const finish = () => opened.tell("bulk_operations/finish", `gid://shopify/BulkOperation/${OPERATION}`);

  test("has the work that is parked for it carried on at once", async () => {
    await waits();
    await database.pool.query(ADD_WORK_JOB, [opened.shop.id, "sync", 3_600_000]);
    expect(await queued()).toEqual([{ isDue: false }]);
    await finish();
    expect(await queued()).toEqual([{ isDue: true }]);
  });

  test("leaves a work alone that is being done: it is not done once more when it is finished", async () => {
    await waits();
    await finish();
    expect(await queued()).toEqual([]);
    await database.pool.query(ADD_WORK_JOB, [opened.shop.id, "sync", 3_600_000]);
    await database.pool.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'worker' WHERE key = $1`,
      [`sync:${opened.shop.id}`],
    );
    await finish();
    expect(await queued()).toEqual([{ isDue: false }]);
  });
});
