import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Order } from "#app/core/orders/order.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { writeVariants } from "#app/db/ingest/write-catalog.server.ts";
import { saveShop, type Shop } from "#app/db/shops.server.ts";
import { postOrders } from "#app/pipeline/post-orders.ts";
import { anyOrder } from "#tests/factories/any-order.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, aTransaction, changes } from "#tests/factories/order.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let pool: pg.Pool;
let shop: Shop;
let shops = 0;

beforeAll(async () => {
  database = await testDatabase();
  ({ pool } = database);
});

afterAll(() => database.drop());

/** A shop in New York whose variant 11 costs 4.20. */
const openShop = async (): Promise<Shop> => {
  shops += 1;
  const facts = {
    name: "Acme",
    currency: "USD",
    timeZone: "America/New_York",
    taxesIncluded: false,
    planName: "Basic",
    isPlus: false,
  };
  const saved = await saveShop(pool, { ...facts, domain: `acme-${shops}.myshopify.com`, scopes: [] }, new Date());
  const variant = {
    id: 11n,
    productId: 1n,
    productTitle: "Mug",
    title: "Blue",
    sku: null,
    unitCost: 420n,
    weightGrams: null,
    price: 1000n,
    compareAtPrice: null,
    giftCard: false,
  };
  await writeVariants(pool, saved.shop.id, [variant], parseDay("2025-01-01"));
  return saved.shop;
};

const READ_AT = new Date("2026-01-01T00:00:00Z");

const post = (of: Shop, orders: readonly Order[]): ReturnType<typeof postOrders> =>
  postOrders(pool, of.id, orders, { now: READ_AT, readAt: READ_AT });

beforeEach(async () => {
  shop = await openShop();
});

const ledger = async (of: Shop = shop): Promise<string[]> => {
  const { rows } = await pool.query<{ entry: string }>(
    `SELECT concat_ws(' ', order_id, e.kind, line_id, event_type, event_id, day, amount, provenance, c.key) AS entry
     FROM ledger_entry e JOIN customer c ON c.shop_id = e.shop_id AND c.id = e.customer_id
     WHERE e.shop_id = $1 ORDER BY order_id, occurred_at, line_id, e.kind, event_type, event_id`,
    [of.id],
  );
  return rows.map(({ entry }) => entry);
};

const days = async (of: Shop = shop): Promise<string[]> => {
  const { rows } = await pool.query<{ day: string }>(
    `SELECT concat_ws(' ', order_id, day, orders, net_sales, cm1, cm4, refunds, c.key) AS day
     FROM order_day d JOIN customer c ON c.shop_id = d.shop_id AND c.id = d.customer_id
     WHERE d.shop_id = $1 ORDER BY order_id, day`,
    [of.id],
  );
  return rows.map(({ day }) => day);
};

// Two mugs at 10.00 that cost 4.20 each, at ten in the evening in New York.
const sold = anOrder({ processedAt: at("2025-03-11T02:00:00Z"), lines: [anOrderLine({ quantity: 2 })] });
const SALE = ["1001 gross_sale 1 order 1001 2025-03-10 2000 actual", "1001 cogs 1 order 1001 2025-03-10 -840 actual"];

test("an order is written with its entries and the totals of its days", async () => {
  const refund = aRefund({ id: 5n, lines: [aRefundLine()] });
  const written = await post(shop, [{ ...sold, changes: changes({ refunds: [refund] }) }]);
  expect(written.written).toBe(1);
  expect(await ledger()).toEqual([
    ...SALE.map((entry) => `${entry} customer:1`),
    "1001 return 1 refund 5 2025-04-02 -1000 actual customer:1",
    "1001 cogs_restocked 1 refund 5 2025-04-02 420 actual customer:1",
  ]);
  expect(await days()).toEqual([
    "1001 2025-03-10 1 2000 1160 1160 0 customer:1",
    "1001 2025-04-02 0 -1000 -580 -580 -580 customer:1",
  ]);
});

test("posting an order again changes nothing", async () => {
  await post(shop, [sold]);
  const before = [await ledger(), await days()];
  expect((await post(shop, [sold])).written).toBe(0);
  expect([await ledger(), await days()]).toEqual(before);
});

test("a refund that comes later adds its entries and leaves those of the sale as they were", async () => {
  await post(shop, [sold]);
  const sale = await ledger();
  const refunded = {
    ...sold,
    updatedAt: sold.updatedAt + 1,
    changes: changes({ refunds: [aRefund({ lines: [aRefundLine()] })] }),
  };
  expect((await post(shop, [refunded])).written).toBe(1);
  expect((await ledger()).slice(0, sale.length)).toEqual(sale);
  expect(await ledger()).toHaveLength(sale.length + 2);
  expect(await days()).toHaveLength(2);
});

test("an older state that arrives after a newer one is left aside", async () => {
  const refunded = {
    ...sold,
    updatedAt: sold.updatedAt + 1,
    changes: changes({ refunds: [aRefund({ lines: [aRefundLine()] })] }),
  };
  await post(shop, [refunded]);
  const before = [await ledger(), await days()];
  expect((await post(shop, [sold])).written).toBe(0);
  expect([await ledger(), await days()]).toEqual(before);
});

test("an order whose refunds are not read yet is marked, and whole once they are", async () => {
  const isPartial = async (): Promise<boolean[]> =>
    (await pool.query<{ partial: boolean }>(`SELECT partial FROM "order" WHERE shop_id = $1`, [shop.id])).rows.map(
      ({ partial }) => partial,
    );
  await post(shop, [{ ...sold, changes: null }]);
  expect(await isPartial()).toEqual([true]);
  await post(shop, [{ ...sold, changes: changes({ refunds: [aRefund({ lines: [aRefundLine()] })] }) }]);
  expect(await isPartial()).toEqual([false]);
  expect(await days()).toHaveLength(2);
  // The bulk query sees a change that it cannot tell whole: what is known stays, and is marked to be read again.
  await post(shop, [{ ...sold, updatedAt: sold.updatedAt + 9, changes: null }]);
  expect(await isPartial()).toEqual([true]);
  expect(await days()).toHaveLength(2);
});

test("orders placed as a test and cancelled ones that were never paid have entries and no part in profit", async () => {
  const cancelled = { ...sold, id: 1002n, cancelledAt: at("2025-03-11T05:00:00Z") };
  await post(shop, [{ ...sold, test: true }, cancelled]);
  expect(await ledger()).toHaveLength(4);
  expect(await days()).toEqual([]);
});

test("an order that is cancelled before it was paid leaves profit", async () => {
  await post(shop, [sold]);
  expect(await days()).toHaveLength(1);
  await post(shop, [{ ...sold, updatedAt: sold.updatedAt + 1, cancelledAt: sold.updatedAt + 1 }]);
  expect(await days()).toEqual([]);
});

test("an order that turns out to belong to somebody else takes its entries along", async () => {
  await post(shop, [{ ...sold, customerId: null, email: " Ann@Example.com" }]);
  expect((await ledger()).every((entry) => entry.endsWith(" guest:ann@example.com"))).toBe(true);
  await post(shop, [{ ...sold, updatedAt: sold.updatedAt + 1, customerId: 7n }]);
  expect((await ledger()).every((entry) => entry.endsWith(" customer:7"))).toBe(true);
  expect((await days()).every((day) => day.endsWith(" customer:7"))).toBe(true);
});

test("a cost that changes later leaves older orders at the cost of their day", async () => {
  const variant = {
    id: 11n,
    productId: 1n,
    productTitle: "Mug",
    title: "Blue",
    sku: null,
    unitCost: 900n,
    weightGrams: null,
    price: 1000n,
    compareAtPrice: null,
    giftCard: false,
  };
  await writeVariants(pool, shop.id, [variant], parseDay("2025-04-01"));
  const later = anOrder({ id: 1002n, processedAt: at("2025-04-01T12:00:00Z") });
  await post(shop, [sold, later]);
  const costs = (await ledger()).filter((entry) => entry.includes(" cogs "));
  expect(costs).toEqual([
    "1001 cogs 1 order 1001 2025-03-10 -840 actual customer:1",
    "1002 cogs 1 order 1002 2025-04-01 -900 actual customer:1",
  ]);
});

test("before the first cost that Shopify gave, that cost holds by rule", async () => {
  await post(shop, [anOrder({ processedAt: at("2024-06-01T12:00:00Z") })]);
  expect((await ledger()).at(-1)).toBe("1001 cogs 1 order 1001 2024-06-01 -420 rule customer:1");
});

test("a customer's first order is the earliest one, in whatever order they come", async () => {
  const order = (id: bigint, iso: string): Order => anOrder({ id, processedAt: at(iso) });
  await post(shop, [order(2n, "2025-05-01T00:00:00Z"), order(1n, "2025-02-01T00:00:00Z")]);
  await post(shop, [order(3n, "2025-01-01T00:00:00Z"), order(4n, "2025-09-01T00:00:00Z")]);
  const { rows } = await pool.query("SELECT key, first_order_at FROM customer WHERE shop_id = $1", [shop.id]);
  expect(rows).toEqual([{ key: "customer:1", first_order_at: new Date("2025-01-01T00:00:00Z") }]);
});

test("shops do not see each other's orders, customers or costs, even where the ids are the same", async () => {
  const other = await openShop();
  const { rows } = await pool.query("SELECT count(*)::int AS n FROM unit_cost WHERE shop_id = $1", [other.id]);
  expect(rows).toEqual([{ n: 2 }]);
  await post(shop, [sold]);
  expect(await ledger(other)).toEqual([]);
  await post(other, [{ ...sold, lines: [anOrderLine()] }]);
  expect((await ledger(other))[0]).toContain(" 1000 ");
  expect((await ledger(shop))[0]).toContain(" 2000 ");
});

test("any orders, posted all at once or a few at a time, are the same rows, and the days add up to the ledger", async () => {
  const orders = fc.sample(anyOrder, { numRuns: 120, seed: 7 }).map((order, index) => ({
    ...order,
    id: BigInt(index + 1),
    customerId: BigInt(index % 9),
    test: index % 17 === 0,
    transactions: [...order.transactions, aTransaction({ id: BigInt(900 + index), fee: { known: 30n } })],
  }));
  await post(shop, orders);
  const pieces = await openShop();
  for (let from = 0; from < orders.length; from += 7) await post(pieces, orders.slice(from, from + 7));
  expect(await ledger(pieces)).toEqual(await ledger());
  expect(await days(pieces)).toEqual(await days());
  const { rows } = await pool.query(
    `SELECT (SELECT sum(cm4) FROM order_day WHERE shop_id = $1)
       = (SELECT sum(amount) FROM ledger_entry e JOIN "order" o ON o.shop_id = e.shop_id AND o.id = e.order_id
          WHERE e.shop_id = $1 AND o.counted) AS same`,
    [shop.id],
  );
  expect(rows).toEqual([{ same: true }]);
});
