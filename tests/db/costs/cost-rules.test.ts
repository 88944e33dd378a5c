import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NO_COST_RULES, type CostRule } from "#app/core/costs/cost-rules.ts";
import { readCostRules, saveCostRules, type SavedRules } from "#app/db/costs/cost-rules.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import { aCharge, anyCostRules } from "#tests/factories/cost-rules.ts";
import { databaseShop } from "#tests/setup/database-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const NOW = new Date("2026-10-31T12:00:00Z");

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  shop = await databaseShop(database.pool);
});
afterAll(() => database.drop());

const save = (rules: readonly CostRule[], after: number | null = null): Promise<SavedRules | null> =>
  saveCostRules(database.pool, shop.id, { rules, currency: shop.currency, after, now: NOW });

const shipping = aCharge({ perOrder: 250n });
const margin: CostRule = { kind: "fallback_margin", percent: 4000, from: null };

describe("a shop's cost rules", () => {
  test("are none before the merchant has written any", async () => {
    expect(await readCostRules(database.pool, shop.id)).toEqual(NO_COST_RULES);
  });

  test("are the ones saved last, and the first version that is saved is 2", async () => {
    expect(await save([shipping])).toEqual({ version: 2, isNew: true });
    expect(await save([shipping, margin])).toEqual({ version: 3, isNew: true });
    expect(await readCostRules(database.pool, shop.id)).toEqual({ version: 3, rules: [shipping, margin] });
    expect(await save([])).toEqual({ version: 4, isNew: true });
    expect(await readCostRules(database.pool, shop.id)).toEqual({ version: 4, rules: [] });
  });

  test("that are saved as they were make no new version", async () => {
    expect(await save([])).toEqual({ version: 1, isNew: false });
    await save([shipping]);
    expect(await save([shipping])).toEqual({ version: 2, isNew: false });
  });

  test("that somebody else has changed in the meantime are left as they are", async () => {
    await save([shipping]);
    await save([margin]);
    expect(await save([shipping, margin], 2)).toBeNull();
    expect(await save([shipping, margin], 3)).toEqual({ version: 4, isNew: true });
  });

  test("that two save at once are two versions", async () => {
    const saved = await Promise.all([save([shipping]), save([margin])]);
    expect(new Set(saved.map((one) => one?.version))).toEqual(new Set([2, 3]));
  });

  test("are no other shop's", async () => {
    await save([shipping]);
    const other = await databaseShop(database.pool);
    expect(await readCostRules(database.pool, other.id)).toEqual(NO_COST_RULES);
  });

  test("are kept exactly, in whatever currency", async () => {
    for (const currency of ["USD", "JPY", "KWD"]) {
      shop = await databaseShop(database.pool, currency);
      for (const rules of fc.sample(anyCostRules, { numRuns: 20, seed: 5 })) {
        await save(rules);
        expect((await readCostRules(database.pool, shop.id)).rules).toEqual(rules);
      }
    }
  });
});
