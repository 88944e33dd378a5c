import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseDay } from "#app/core/time/shop-day.ts";
import { readUnitCosts, writeVariants, type Variant } from "#app/db/ingest/write-catalog.server.ts";
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

const mug: Variant = {
  id: 11n,
  productId: 1n,
  productTitle: "Mug",
  title: "Blue",
  sku: "MUG-1",
  unitCost: 420n,
  weightGrams: 300,
  price: 1000n,
  compareAtPrice: null,
  giftCard: false,
};

/** What Shopify shows of the mug on a day. */
const shown = (day: string, unitCost: bigint | null): Promise<unknown> =>
  writeVariants(database.pool, shop.id, [{ ...mug, unitCost }], parseDay(day));

const imported = async (day: string, amount: bigint | null): Promise<void> => {
  await database.pool.query(
    `INSERT INTO unit_cost (shop_id, variant_id, from_day, amount, provenance, source)
     VALUES ($1, 11, $2, $3, 'actual', 'import')`,
    [shop.id, day, amount],
  );
};

const rows = async (): Promise<string[]> => {
  const { rows: all } = await database.pool.query<{ row: string }>(
    `SELECT concat_ws(' ', to_char(from_day, 'YYYY-MM-DD'), coalesce(amount::text, '-'), provenance, source) AS row
     FROM unit_cost WHERE shop_id = $1 ORDER BY from_day, source`,
    [shop.id],
  );
  return all.map(({ row }) => row);
};

const costs = async (...days: string[]): Promise<string[]> => {
  const on = await readUnitCosts(database.pool, shop.id, [mug.id]);
  return days.map((day) => {
    const cost = on(mug.id, parseDay(day));
    return cost === null ? "-" : `${cost.amount} ${cost.provenance}`;
  });
};

describe("what Shopify shows of unit costs", () => {
  test("holds from the day on which it is first seen, and by rule for all days before", async () => {
    await shown("2026-10-31", 420n);
    expect(await rows()).toEqual(["0001-01-01 420 rule shopify", "2026-10-31 420 actual shopify"]);
    expect(await costs("1999-01-01", "2026-10-31")).toEqual(["420 rule", "420 actual"]);
  });

  test("is recorded when it changes, and only then", async () => {
    await shown("2026-10-31", 420n);
    await shown("2026-11-01", 420n);
    await shown("2026-11-05", 450n);
    await shown("2026-11-06", 450n);
    await shown("2026-11-09", null);
    expect((await rows()).slice(2)).toEqual(["2026-11-05 450 actual shopify", "2026-11-09 - actual shopify"]);
    expect(await costs("2026-11-04", "2026-11-05", "2026-11-09")).toEqual(["420 actual", "450 actual", "-"]);
  });

  test("is the last of a day on which it changes twice", async () => {
    await shown("2026-10-31", 420n);
    await shown("2026-11-05", 450n);
    await shown("2026-11-05", 460n);
    expect((await rows()).slice(2)).toEqual(["2026-11-05 460 actual shopify"]);
  });

  test("leaves no row while there is none, and holds for older days as soon as there is one", async () => {
    await shown("2026-10-31", null);
    expect(await rows()).toEqual([]);
    await shown("2026-11-05", 450n);
    expect(await costs("2026-01-01", "2026-11-01", "2026-11-05")).toEqual(["450 rule", "450 rule", "450 actual"]);
  });

  test("is the weight too, as it is now", async () => {
    await shown("2026-10-31", 420n);
    await writeVariants(database.pool, shop.id, [{ ...mug, weightGrams: 310 }], parseDay("2026-11-01"));
    const { rows: found } = await database.pool.query(
      "SELECT weight_grams FROM product_variant WHERE shop_id = $1 AND id = 11",
      [shop.id],
    );
    expect(found).toEqual([{ weight_grams: 310 }]);
  });
});

describe("an imported unit cost", () => {
  test("does not make an unchanged cost at Shopify look changed", async () => {
    await shown("2026-10-31", 420n);
    await imported("2026-11-01", 380n);
    await shown("2026-11-02", 420n);
    expect(await rows()).toEqual([
      "0001-01-01 420 rule shopify",
      "2026-10-31 420 actual shopify",
      "2026-11-01 380 actual import",
    ]);
    expect(await costs("2026-10-31", "2026-11-01", "2026-12-01")).toEqual(["420 actual", "380 actual", "380 actual"]);
  });

  test("gives way to a later change at Shopify, even to the same amount", async () => {
    await shown("2026-10-31", 420n);
    await imported("2026-11-01", 380n);
    await shown("2026-11-05", 380n);
    await shown("2026-11-09", 450n);
    expect(await costs("2026-11-04", "2026-11-05", "2026-11-09")).toEqual(["380 actual", "380 actual", "450 actual"]);
  });

  test("that starts before the first sync goes on after it", async () => {
    await shown("2026-10-31", 420n);
    await imported("2026-01-01", 380n);
    expect(await costs("2025-12-31", "2026-01-01", "2026-10-31")).toEqual(["420 rule", "380 actual", "380 actual"]);
  });

  test("holds beside the one that Shopify shows of the same day", async () => {
    await shown("2026-10-31", 420n);
    await imported("2026-10-31", 380n);
    expect(await costs("2026-10-30", "2026-10-31")).toEqual(["420 rule", "380 actual"]);
  });

  test("of a variant that Shopify has no cost for holds from its day on", async () => {
    await shown("2026-10-31", null);
    await imported("2026-01-01", 380n);
    await shown("2026-11-05", null);
    expect(await costs("2025-12-31", "2026-01-01", "2026-11-05")).toEqual(["-", "380 actual", "380 actual"]);
  });
});
