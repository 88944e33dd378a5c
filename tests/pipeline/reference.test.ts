import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { allDifferences, latestReconciliation } from "#app/db/reconcile/reconciliation.server.ts";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { compareWithReference } from "./reference/compare.ts";
import { giveUpUnpaid, SHOPS } from "./reference/shops.ts";

let database: TestDatabase;
let opened: PipelineShop | null = null;

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await opened?.close();
  opened = null;
});
afterAll(() => database.drop());

const ORDERS = 300;

/** What Shopify tells, and what the goods cost: all that there is without rules of the shop's. */
const KINDS = [
  "chargeback",
  "cogs",
  "cogs_restocked",
  "discount",
  "fx_adjustment",
  "gross_sale",
  "other_revenue",
  "payment_fee",
  "refund_adjustment",
  "return",
  "shipping_revenue",
  "write_off",
];
const seen = new Set<string>();

test.each(SHOPS)(
  "every entry is the one of the plain reference, and the ledger says what Shopify says: $currency, tax inside $taxesIncluded",
  async (shop) => {
    const size = { customers: 120, orders: ORDERS };
    const world = giveUpUnpaid(generatedWorld({ ...shop, ...size, seed: shop.domain, mix: "everything" }));
    opened = await openPipelineShop(database.pool, world, { grantedScopes: ALL_SCOPES });
    await opened.sync();
    const comparison = await compareWithReference(database.pool, opened.shop.id, world, WORLD_NOW);
    expect(comparison.differences).toEqual([]);
    for (const kind of Object.keys(comparison.kinds)) seen.add(kind);
    expect(comparison.entries).toBeGreaterThan(ORDERS * 4);
    await opened.work("reconcile");
    const run = await latestReconciliation(database.pool, opened.shop.id);
    expect(await allDifferences(database.pool, opened.shop.id, run?.id ?? 0)).toEqual([]);
    expect(run).toMatchObject({ ordersChecked: ORDERS, ordersThatDiffer: 0 });
    expect(run?.salesChecked).toBeGreaterThan(ORDERS / 3);
  },
  180_000,
);

test("among these entries is every kind that Shopify tells", () => {
  expect([...seen].sort()).toEqual(KINDS);
});
