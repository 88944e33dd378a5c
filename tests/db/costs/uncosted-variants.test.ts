import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseDay } from "#app/core/time/shop-day.ts";
import { uncostedVariants } from "#app/db/costs/uncosted-variants.server.ts";
import { readUnitCosts, writeVariants } from "#app/db/ingest/write-catalog.server.ts";
import { databaseShop } from "#tests/setup/database-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const variant = (id: bigint, unitCost: bigint | null = null) => ({
  id,
  productId: 1n,
  productTitle: `Mug ${id}`,
  title: "Blue",
  sku: `M-${id}`,
  unitCost,
  weightGrams: null,
  price: 1000n,
  compareAtPrice: null,
  giftCard: false,
});

test("a shop without products has none without a cost", async () => {
  const shop = await databaseShop(database.pool);
  expect(await uncostedVariants(database.pool, shop.id, 0)).toEqual({ variants: 0, uncosted: 0, examples: [] });
});

test("variants without a cost are counted, and the first ten are named", async () => {
  const shop = await databaseShop(database.pool);
  const variants = Array.from({ length: 14 }, (_one, index) => variant(BigInt(10 + index), index < 3 ? 100n : null));
  await writeVariants(database.pool, shop.id, variants, parseDay("2026-10-31"));
  const found = await uncostedVariants(database.pool, shop.id, parseDay("2026-10-31"));
  expect(found).toMatchObject({ variants: 14, uncosted: 11 });
  expect(found.examples).toHaveLength(10);
  expect(found.examples[0]).toEqual({ product: "Mug 13", title: "Blue", sku: "M-13" });
});

test("a variant is without a cost on just the days on which the ledger has none for it", async () => {
  const anyRow = fc.record({
    day: fc.constantFrom("0001-01-01", "2026-01-01", "2026-02-01", "2026-03-01"),
    source: fc.constantFrom("shopify", "import"),
    amount: fc.constantFrom(null, 1n, 2n),
  });
  const histories = fc.sample(
    fc.uniqueArray(anyRow, { maxLength: 6, selector: ({ day, source }) => `${day} ${source}` }),
    { numRuns: 150, seed: 11 },
  );
  const shop = await databaseShop(database.pool);
  const ids = histories.map((_one, index) => BigInt(index + 1));
  await writeVariants(
    database.pool,
    shop.id,
    ids.map((id) => variant(id)),
    0,
  );
  for (const [index, history] of histories.entries()) {
    for (const { day, source, amount } of history) {
      await database.pool.query(
        `INSERT INTO unit_cost (shop_id, variant_id, from_day, amount, provenance, source)
         VALUES ($1, $2, $3, $4, 'actual', $5)`,
        [shop.id, ids[index], day, amount, source],
      );
    }
  }
  const costOn = await readUnitCosts(database.pool, shop.id, ids);
  for (const day of ["2025-12-31", "2026-01-01", "2026-02-15", "2026-03-01"].map(parseDay)) {
    const expected = ids.filter((id) => costOn(id, day) === null).length;
    expect((await uncostedVariants(database.pool, shop.id, day)).uncosted).toBe(expected);
  }
});
