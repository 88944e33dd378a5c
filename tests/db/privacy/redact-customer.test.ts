import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import { createPages } from "#app/db/pages/pages.server.ts";
import { dataRequestFile, dataRequests, keepDataRequest } from "#app/db/privacy/data-requests.server.ts";
import { intendRebate } from "#app/db/rebates/rebate-steps.server.ts";
import { redactCustomer } from "#app/db/privacy/redact-customer.server.ts";
import { catalog, line, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { everyTable, rowsOf } from "#tests/setup/every-table.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { ledgerLines } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** Ann buys for herself, for her company, and twice without logging in; Bob is somebody else. */
const bob = {
  type: "customer",
  id: 2,
  firstName: "Bob",
  lastName: "Birch",
  email: "bob@example.com",
  countryCode: "GB",
  createdAt: "2025-02-01T00:00:00Z",
} as const;

const world = (domain: string) =>
  worldOf(
    { ...shopObject, domain },
    ...catalog,
    bob,
    order(1, { lines: [line(11), line(12, { variantId: null, title: "Engraving for Annabel" })] }),
    order(2, { companyLocationId: 51 }),
    order(3, { customerId: null, email: "Ann@Example.com" }),
    order(4, { customerId: null, email: "annabel@old.example.com" }),
    order(5, { customerId: 2 }),
  );

/** As Shopify would name Ann: order 4 is hers too, under an address that she no longer has. */
const ANN: DataSubject = { customerId: 1n, email: "ann@example.com", orderIds: [1n, 2n, 3n, 4n] };
const OF_ANN = [/\bAnn\b/i, /annabel/i, /Ash/, /@example\.com/, /@old/, /customer:1"/];

let database: TestDatabase;
let shop: PipelineShop;
let neighbour: PipelineShop;

const open = async (domain: string): Promise<PipelineShop> => {
  const opened = await openPipelineShop(database.pool, world(domain));
  await opened.sync();
  const { rows } = await database.pool.query<{ id: bigint }>(
    "SELECT id FROM customer WHERE shop_id = $1 AND key = 'customer:1'",
    [opened.shop.id],
  );
  const pin = { tier: "A" as const, reason: "Ann is a friend", until: null };
  for (const [orderId, ownerKind, ownerId] of [
    [1n, "customer", 1n],
    [2n, "location", 51n],
  ] as const) {
    await intendRebate(database.pool, {
      ...{ shopId: opened.shop.id, orderId, ownerKind, ownerId, held: null, planVersion: 1, basisPoints: 200 },
      ...{ discountDays: 10, eligible: 3000n, amount: 60n, currency: "USD", paidAs: "store-credit", creditDays: 365 },
      ...{ now: NOW },
    });
  }
  await createPages(database.pool).savePin(opened.shop.id, rows[0]?.id ?? 0n, pin, NOW);
  return opened;
};

beforeAll(async () => {
  database = await testDatabase();
  neighbour = await open("neighbour.myshopify.com");
  shop = await open("erases.myshopify.com");
});
afterAll(async () => {
  await shop.close();
  await neighbour.close();
  await database.drop();
});

/** Every row of every table that is of a shop, but for Bob's. */
const rowsOfShop = async (shopId: number): Promise<string[]> => {
  const rows = await Promise.all((await everyTable(database.pool)).map((name) => rowsOf(database.pool, `"${name}"`)));
  return rows.flat().filter((row) => row.startsWith(`{"shop_id":${shopId},`) && !row.includes("bob@example.com"));
};

const ask = (eventId: string): Promise<void> =>
  keepDataRequest(database.pool, { shopId: shop.shop.id, eventId, requestedAt: NOW }, ANN);

describe("a data request", () => {
  test("gathers the person's rows, orders, entries, standing and pin, and nobody else's", async () => {
    await ask("asked-1");
    const [request, ...others] = await dataRequests(database.pool, shop.shop.id, NOW);
    expect(others).toEqual([]);
    expect(request).toMatchObject({ customerId: "1", email: "ann@example.com", orders: 4 });
    const text = (await dataRequestFile(database.pool, shop.shop.id, request?.id ?? 0, NOW)) ?? "";
    const { held } = JSON.parse(text) as { held: Record<string, Record<string, unknown>[]> };
    expect(held["customer"]?.map(({ key }) => key)).toEqual([
      "customer:1",
      "guest:ann@example.com",
      "guest:annabel@old.example.com",
    ]);
    expect(held["order"]?.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(held["tier_pin"]).toMatchObject([{ reason: "Ann is a friend" }]);
    expect(new Set(held["ledger_entry"]?.map((entry) => entry["order_id"]))).toEqual(new Set([1, 2, 3, 4]));
    expect(held["standing"]).toHaveLength(3);
    expect(text).not.toMatch(/Bob|bob@/);
  });

  test("that is worked off twice makes one file", async () => {
    await ask("asked-1");
    expect(await dataRequests(database.pool, shop.shop.id, NOW)).toHaveLength(1);
  });

  test("is not there for another shop, nor after 30 days", async () => {
    const [request] = await dataRequests(database.pool, shop.shop.id, NOW);
    const id = request?.id ?? 0;
    const later = new Date(NOW.getTime() + 30 * 86_400_000);
    expect(await dataRequestFile(database.pool, neighbour.shop.id, id, NOW)).toBeNull();
    expect(await dataRequests(database.pool, neighbour.shop.id, NOW)).toEqual([]);
    expect(await dataRequestFile(database.pool, shop.shop.id, id, new Date(later.getTime() - 1))).not.toBeNull();
    expect(await dataRequestFile(database.pool, shop.shop.id, id, later)).toBeNull();
    expect(await dataRequests(database.pool, shop.shop.id, later)).toEqual([]);
  });

  test("about somebody unknown is a file that holds nothing", async () => {
    const nobody = { customerId: 99n, email: null, orderIds: [] };
    await keepDataRequest(database.pool, { shopId: shop.shop.id, eventId: "asked-2", requestedAt: NOW }, nobody);
    expect(await dataRequests(database.pool, shop.shop.id, NOW)).toMatchObject([{ orders: 0, email: null }, {}]);
  });
});

describe("an erasure", () => {
  const figures = async (): Promise<unknown> => {
    const { rows } = await database.pool.query(
      `SELECT (to_jsonb(standing) - 'customer_id')::text AS row FROM standing WHERE shop_id = $1 ORDER BY rank`,
      [shop.shop.id],
    );
    return { ledger: await ledgerLines(database.pool, shop.shop.id), standings: rows };
  };
  const ownerOf = async (orderId: bigint): Promise<string | undefined> => {
    const { rows } = await database.pool.query<{ key: string }>(
      `SELECT key FROM "order" JOIN customer ON customer.shop_id = "order".shop_id AND customer.id = customer_id
       WHERE "order".shop_id = $1 AND "order".id = $2`,
      [shop.shop.id, orderId],
    );
    return rows[0]?.key;
  };

  test("leaves nothing of the person in any table; figures stay, and so does whatever is not the person's", async () => {
    const before = await figures();
    const others = await rowsOfShop(neighbour.shop.id);
    for (const trace of OF_ANN) expect((await rowsOfShop(shop.shop.id)).some((row) => trace.test(row))).toBe(true);

    await redactCustomer(database.pool, shop.shop.id, ANN, NOW);

    for (const trace of OF_ANN) expect((await rowsOfShop(shop.shop.id)).filter((row) => trace.test(row))).toEqual([]);
    expect(await figures()).toEqual(before);
    expect(await rowsOfShop(neighbour.shop.id)).toEqual(others);
    expect(await ownerOf(2n)).toBe("company:5");
    expect(await ownerOf(5n)).toBe("customer:2");
  });

  test("leaves what the person earned by paying early, without saying whose store credit it is", async () => {
    const { rows } = await database.pool.query(
      "SELECT order_id, owner_id, amount FROM early_payment_rebate WHERE shop_id = $1 ORDER BY order_id",
      [shop.shop.id],
    );
    expect(rows).toEqual([
      { order_id: 1n, owner_id: null, amount: 60n },
      { order_id: 2n, owner_id: 51n, amount: 60n },
    ]);
  });

  test("puts a key in place that no one can work out, another for each row", async () => {
    const keys = [await ownerOf(1n), await ownerOf(3n), await ownerOf(4n)];
    for (const key of keys) expect(key).toMatch(/^redacted:[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(3);
  });

  test("takes the person's data requests along", async () => {
    const left = await dataRequests(database.pool, shop.shop.id, NOW);
    expect(left.map(({ customerId }) => customerId)).toEqual(["99"]);
  });

  test("holds when an order is read again, even where Shopify still says who bought", async () => {
    const owner = await ownerOf(3n);
    shop.turnTo();
    shop.shopify.updateOrder(
      order(3, { customerId: null, email: "Ann@Example.com", lines: [line(31, { quantity: 5 })] }),
    );
    shop.shopify.updateOrder(order(1, { lines: [line(11), line(12, { variantId: null, title: "For Annabel" })] }));
    for (const id of [1, 3]) {
      const subject = `gid://shopify/Order/${id}`;
      await shop.tell("orders/updated", subject);
    }
    expect(await ownerOf(3n)).toBe(owner);
    expect(await ownerOf(1n)).toMatch(/^redacted:/);
    const { rows } = await database.pool.query<{ facts: unknown; total: bigint }>(
      `SELECT facts, total FROM "order" WHERE shop_id = $1 AND id IN (1, 3) ORDER BY id`,
      [shop.shop.id],
    );
    expect(rows.map(({ facts }) => facts)).toMatchObject([{ customerId: null }, { customerId: null }]);
    expect(JSON.stringify(rows.map(({ facts }) => facts))).not.toMatch(/annabel/i);
    expect(rows[1]?.total).toBe(5000n);
  });

  test("can be repeated, and does nothing where the person is unknown", async () => {
    const keys = [await ownerOf(1n), await ownerOf(3n)];
    await redactCustomer(database.pool, shop.shop.id, { ...ANN, orderIds: [3n] }, NOW);
    await redactCustomer(database.pool, shop.shop.id, { customerId: null, email: null, orderIds: [] }, NOW);
    expect([await ownerOf(1n), await ownerOf(3n)]).toEqual(keys);
  });

  test("works out to the same ledger when costs change and all is recomputed", async () => {
    const before = await ledgerLines(database.pool, shop.shop.id);
    await shop.work("recompute");
    expect(await ledgerLines(database.pool, shop.shop.id)).toEqual(before);
  });
});
