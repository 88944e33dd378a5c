import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { COST_COLUMNS } from "#app/core/costs/cost-lines.ts";
import type { ImportPlan } from "#app/core/costs/import-plan.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { readCostFile } from "#app/cost-file.server.ts";
import { exportCosts } from "#app/db/costs/export-costs.server.ts";
import { importUnitCosts, planCostImport } from "#app/db/costs/import-costs.server.ts";
import { readUnitCosts, writeVariants, type Variant } from "#app/db/ingest/write-catalog.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import { costCsvRow } from "#app/presenters/cost-csv.ts";
import { databaseShop } from "#tests/setup/database-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const TODAY = "2026-10-31";
const NOW = new Date("2026-10-31T16:00:00Z");

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const variant = (id: bigint, sku: string | null, unitCost: bigint | null): Variant => ({
  id,
  productId: 1n,
  productTitle: "=Mug",
  title: "Blue",
  sku,
  unitCost,
  weightGrams: null,
  price: 1000n,
  compareAtPrice: null,
  giftCard: false,
});

/** 11 costs 4.20 at Shopify, 12 nothing known, 13 and 14 share an SKU, 15 has an odd one. */
const VARIANTS = [
  variant(11n, "MUG-1", 420n),
  variant(12n, "MUG-2", null),
  variant(13n, "TWIN", null),
  variant(14n, "TWIN", null),
  variant(15n, "'-odd", null),
];

beforeEach(async () => {
  shop = await databaseShop(database.pool);
  await writeVariants(database.pool, shop.id, VARIANTS, parseDay(TODAY));
});

const exported = async (): Promise<string> => {
  let text = stringify([[...COST_COLUMNS]]);
  for await (const batch of exportCosts(database.pool, shop.id)) {
    text += stringify(batch.map((row) => costCsvRow(row, shop.currency)));
  }
  return text;
};

const plan = async (text: string): Promise<ImportPlan> => {
  const read = readCostFile(new TextEncoder().encode(text), shop.currency);
  if (!read.ok || read.value.faults.length > 0) throw new Error(JSON.stringify(read));
  return planCostImport(database.pool, shop.id, read.value.lines, parseDay(TODAY));
};

const importText = async (text: string): Promise<ImportPlan> => {
  const planned = await plan(text);
  await importUnitCosts(database.pool, shop.id, planned.changes, NOW);
  return planned;
};

/** Lines without a header, about variants by number: variant, cost, day, source. */
const lines = (...all: string[]): string => `variant_id,unit_cost,from,source\n${all.join("\n")}\n`;

const faultsOf = ({ faults }: ImportPlan): string[] =>
  faults.map(({ line, column, reason }) => `${line} ${column}: ${reason}`);

const cost = async (id: bigint, day: string): Promise<string> => {
  const found = (await readUnitCosts(database.pool, shop.id, [id]))(id, parseDay(day));
  return found === null ? "-" : `${found.amount} ${found.provenance}`;
};

describe("an import of unit costs", () => {
  test("finds variants by number or by SKU and holds from its day on", async () => {
    const text = "variant_id,sku,unit_cost,from\n,MUG-2,3.10,2026-01-01\n11,whatever,4.00,\n,''-odd,1,\n";
    expect(await importText(text)).toMatchObject({ goodLines: 3, variants: 3, overtaken: 0, faults: [] });
    expect(await cost(12n, "2025-12-31")).toBe("-");
    expect(await cost(12n, "2026-01-01")).toBe("310 actual");
    expect(await cost(11n, "1999-01-01")).toBe("400 actual");
    expect(await cost(11n, TODAY)).toBe("400 actual");
    expect(await cost(15n, TODAY)).toBe("100 actual");
  });

  test("writes nothing before it is told to", async () => {
    const before = await exported();
    await plan(lines("12,3.10,,"));
    expect(await exported()).toBe(before);
  });

  test("does not guess between variants that share an SKU, and says which variants there are not", async () => {
    const planned = await plan("variant_id,sku,unit_cost\n,TWIN,1\n,NONE,1\n99,MUG-1,1\n13,TWIN,1\n");
    expect(faultsOf(planned)).toEqual([
      "2 sku: 2 variants have this SKU: say which one by its variant_id.",
      "3 sku: No variant of this shop has this SKU.",
      "4 variant_id: No variant of this shop has this number.",
    ]);
    expect(planned).toMatchObject({ goodLines: 1, variants: 1, changes: [{ variantId: 13n }] });
  });

  test("does not guess between two costs of one variant for one day, and takes the same one twice", async () => {
    const planned = await plan(
      lines("12,1,2026-01-01,", "12,2,2026-01-01,", "12,3,2026-02-01,", "12,3.00,2026-02-01,"),
    );
    expect(faultsOf(planned)).toEqual([
      "2 unit_cost: Line 3 says another cost of the same variant for the same day.",
      "3 unit_cost: Line 2 says another cost of the same variant for the same day.",
    ]);
    expect(planned.changes).toEqual([{ variantId: 12n, from: parseDay("2026-02-01"), amount: 300n }]);
  });

  test("takes the place of an import of the same day, and counts only what is another one", async () => {
    await importText(lines("12,1,2026-01-01,", "13,1,2026-01-01,"));
    const again = await importText(lines("12,1,2026-01-01,", "13,2,2026-01-01,"));
    expect(again).toMatchObject({ goodLines: 2, variants: 2, changes: [{ variantId: 13n }] });
    expect(await cost(13n, TODAY)).toBe("200 actual");
  });

  test("of a blank cost makes a known one unknown from then on, and of an unknown one says nothing new", async () => {
    const planned = await importText(lines("11,,2026-06-01,", "12,,,", "13,5,2026-01-01,", "13,,2026-03-01,"));
    expect(planned.changes).toHaveLength(3);
    expect(await Promise.all(["2026-05-31", "2026-06-01", TODAY].map((day) => cost(11n, day)))).toEqual([
      "420 rule",
      "-",
      "-",
    ]);
    expect(await cost(13n, "2026-02-28")).toBe("500 actual");
    expect(await cost(13n, "2026-03-01")).toBe("-");
  });

  test("says of how many variants Shopify has shown another cost since", async () => {
    const changed = [variant(11n, "MUG-1", 450n)];
    await writeVariants(database.pool, shop.id, changed, parseDay("2026-11-05"));
    const read = readCostFile(new TextEncoder().encode(lines("11,4,2026-01-01,", "12,4,,")), "USD");
    const at = (day: string) => planCostImport(database.pool, shop.id, read.ok ? read.value.lines : [], parseDay(day));
    expect((await at("2026-11-04")).overtaken).toBe(0);
    expect((await at("2026-11-05")).overtaken).toBe(1);
  });

  test("sees no other shop's variants", async () => {
    const other = await databaseShop(database.pool);
    const read = readCostFile(new TextEncoder().encode(lines("11,4,,")), "USD");
    const planned = await planCostImport(database.pool, other.id, read.ok ? read.value.lines : [], parseDay(TODAY));
    expect(faultsOf(planned)).toEqual(["2 variant_id: No variant of this shop has this number."]);
  });
});

describe("an exported file", () => {
  test("has a line for every cost and for every variant without one, and runs nothing in a spreadsheet", async () => {
    await importText(lines("12,3.10,2026-01-01,", "11,,2026-11-01,"));
    expect((await exported()).split("\n")).toEqual([
      "variant_id,sku,product,variant,unit_cost,currency,from,source",
      "11,MUG-1,'=Mug,Blue,4.20,USD,,shopify",
      "11,MUG-1,'=Mug,Blue,,USD,2026-11-01,import",
      "12,MUG-2,'=Mug,Blue,3.10,USD,2026-01-01,import",
      "13,TWIN,'=Mug,Blue,,USD,,",
      "14,TWIN,'=Mug,Blue,,USD,,",
      "15,''-odd,'=Mug,Blue,,USD,,",
      "",
    ]);
  });

  /** Read line by line, the file says what the app reckons with: of the lines that have begun, the last one holds. */
  const expectFileToBeTrue = async (file: string): Promise<void> => {
    const on = await readUnitCosts(database.pool, shop.id, [11n]);
    const own = file.split("\n").filter((line) => line.startsWith("11,"));
    for (const day of ["2025-12-31", "2026-01-01", "2026-10-30", "2026-10-31", "2026-11-02", "2026-11-03"]) {
      const begun = own.map((line) => line.split(",")).filter(([, , , , , , from = ""]) => from <= day);
      const said = begun.at(-1)?.[4] ?? "";
      expect(on(11n, parseDay(day))?.amount).toBe(said === "" ? undefined : BigInt(Math.round(Number(said) * 100)));
    }
  };

  test("that is imported as it is changes nothing, whatever is in it", async () => {
    const anyCost = fc.record({
      id: fc.constantFrom(11n, 12n, 13n, 14n),
      day: fc.constantFrom("", "2026-01-01", "2026-10-31", "2026-11-03"),
      amount: fc.option(fc.integer({ min: 0, max: 900 })),
    });
    const histories = fc.sample(
      fc.record({
        imported: fc.uniqueArray(anyCost, { maxLength: 8, selector: ({ id, day }) => `${id} ${day}` }),
        shown: fc.option(fc.bigInt({ min: 0n, max: 900n })),
      }),
      { numRuns: 25, seed: 3 },
    );
    for (const { imported, shown } of histories) {
      await importText(
        lines(...imported.map(({ id, day, amount }) => `${id},${amount === null ? "" : amount / 100},${day},`)),
      );
      await writeVariants(database.pool, shop.id, [variant(11n, "MUG-1", shown)], parseDay("2026-11-03"));
      const file = await exported();
      const planned = await plan(file);
      expect(planned).toMatchObject({ changes: [], faults: [], overtaken: 0 });
      expect(planned.goodLines).toBe(file.trim().split("\n").length - 1);
      await expectFileToBeTrue(file);
    }
  });

  test("in which the cost of a line of Shopify's was changed imports that cost", async () => {
    const changed = (await exported()).replace("4.20,USD,,shopify", "3.80,USD,,shopify");
    expect((await importText(changed)).changes).toEqual([
      { variantId: 11n, from: parseDay("0001-01-01"), amount: 380n },
    ]);
    expect(await cost(11n, "2026-10-30")).toBe("380 actual");
  });
});
