import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog, line, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { shopRows, type ShopRows } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

type OrderInput = Extract<WorldObject, { type: "order" }>;

let database: TestDatabase;
let shops = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const sale = (amount: string, fee: string | null) => ({
  kind: "SALE" as const,
  gateway: "shopify_payments",
  amount,
  processedAt: "2026-10-01T10:00:00Z",
  fee,
});

const refundOf = (id: number, lineId: number, at: string, restockType: "RETURN" | "NO_RESTOCK") => ({
  id,
  createdAt: at,
  lines: [{ lineId, quantity: 1, restockType, amount: "10.00", tax: "0.00" }],
  shipping: "0.00",
  adjustment: "0.00",
});

/** An order's life: placed, paid, a unit back, another back; or placed and cancelled, which never counts; or a guest's. */
const LIVES: readonly (readonly OrderInput[])[] = (() => {
  const first = refundOf(11, 11, "2026-10-05T12:00:00Z", "RETURN");
  const second = refundOf(12, 11, "2026-10-09T12:00:00Z", "NO_RESTOCK");
  const paid = { transactions: [sale("30.00", "1.20")] };
  return [
    [order(1), order(1, { ...paid, refunds: [first] }), order(1, { ...paid, refunds: [first, second] })],
    [order(2, { companyLocationId: 51 }), order(2, { companyLocationId: 51, cancelledAt: "2026-10-02T12:00:00Z" })],
    [
      order(3, {
        customerId: null,
        email: "Guest@example.com",
        lines: [line(31), line(32, { variantId: 21, unitPrice: "20.00" })],
      }),
      order(3, {
        customerId: null,
        email: "Guest@example.com",
        lines: [line(31), line(32, { variantId: 21, unitPrice: "20.00" })],
        cancelledAt: "2026-10-03T12:00:00Z",
      }),
    ],
  ];
})();

const open = async (...objects: readonly WorldObject[]): Promise<PipelineShop> => {
  shops += 1;
  const shop = { ...shopObject, domain: `events-${shops}.myshopify.com` };
  return openPipelineShop(database.pool, worldOf(shop, ...catalog, ...objects));
};

const told = (opened: PipelineShop, topic: string, id: number): Promise<void> =>
  opened.tell(topic, `gid://shopify/Order/${id}`);

/** All rows but for when an order was changed: one that changes while the shop is open is changed at that moment. */
const rowsOf = async (opened: PipelineShop): Promise<ShopRows> => {
  const rows = await shopRows(database.pool, opened.shop.id);
  const undated = (row: string): string => row.replaceAll(/"(updatedAt|updated_at)": ("[^"]*"|\d+)/g, "");
  return { ...rows, order: rows.order.map(undated) };
};

/** What one sync reads of the orders as they are in the end. */
const synced = async (): Promise<ShopRows> => {
  const opened = await open(...LIVES.flatMap((life) => life.slice(-1)));
  await opened.sync();
  const rows = await rowsOf(opened);
  await opened.close();
  return rows;
};

/** A step of one of the lives, or a webhook about its order, be it right, late, doubled or of the wrong topic. */
const anyCourse = fc.array(
  fc.record({
    life: fc.nat(LIVES.length - 1),
    act: fc.constantFrom("happens" as const, "orders/create" as const, "orders/updated" as const),
  }),
  { maxLength: 14 },
);

const play = async (opened: PipelineShop, course: readonly { life: number; act: string }[]): Promise<void> => {
  const at = LIVES.map(() => 0);
  const happen = (life: number): boolean => {
    const next = LIVES[life]?.[at[life] ?? 0];
    if (!next) return false;
    if (at[life] === 0) opened.shopify.placeOrder(next);
    else opened.shopify.updateOrder(next);
    at[life] = (at[life] ?? 0) + 1;
    return true;
  };
  for (const { life, act } of course) {
    if (act === "happens") happen(life);
    else await told(opened, act, life + 1);
  }
  // In the end everything has happened, and one webhook about each order has come through.
  for (let life = LIVES.length - 1; life >= 0; life -= 1) {
    while (happen(life));
    await told(opened, "orders/updated", life + 1);
  }
};

describe("webhooks about orders", () => {
  test("in any order, doubled, or for a part of what happened, lead to the ledger of one sync", async () => {
    const expected = await synced();
    expect(expected.ledger_entry.length).toBeGreaterThan(10);
    await fc.assert(
      fc.asyncProperty(anyCourse, async (course) => {
        const opened = await open();
        try {
          await opened.sync();
          await play(opened, course);
          expect(await rowsOf(opened)).toEqual(expected);
        } finally {
          await opened.close();
        }
      }),
      { numRuns: 12 },
    );
  });

  test("that come before the first sync or in its midst change nothing of what it ends with", async () => {
    const expected = await synced();
    const opened = await open(...LIVES.flatMap((life) => life.slice(-1)));
    await told(opened, "orders/updated", 2);
    await Promise.all([opened.sync(), told(opened, "orders/create", 1), told(opened, "orders/updated", 3)]);
    const costsCameLater = (rows: ShopRows) => rows.order;
    expect(costsCameLater(await rowsOf(opened))).toEqual(costsCameLater(expected));
    await opened.close();
  });

  test("of an order that is gone, or of something else, change nothing", async () => {
    const opened = await open();
    await opened.sync();
    const before = await rowsOf(opened);
    await told(opened, "orders/updated", 4711);
    await opened.tell("orders/create", null);
    expect(await rowsOf(opened)).toEqual(before);
    await opened.close();
  });

  test("about an order that is known as it is write nothing", async () => {
    const opened = await open();
    await opened.sync();
    opened.shopify.placeOrder(order(1));
    const written = async (): Promise<unknown> => {
      const { rows } = await database.pool.query(
        `SELECT xmin FROM "order" WHERE shop_id = $1 UNION ALL SELECT xmin FROM ledger_entry WHERE shop_id = $1`,
        [opened.shop.id],
      );
      return rows;
    };
    await told(opened, "orders/create", 1);
    const first = await written();
    expect(first).toHaveLength(3);
    await told(opened, "orders/updated", 1);
    expect(await written()).toEqual(first);
    await opened.close();
  });
});
