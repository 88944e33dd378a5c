import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  allDifferences,
  latestReconciliation,
  type ReportedDifference,
} from "#app/db/reconcile/reconciliation.server.ts";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let opened: PipelineShop;

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => opened.close());
afterAll(() => database.drop());

const ORDERS = 300;

const differences = async (): Promise<ReportedDifference[]> => {
  const run = await latestReconciliation(database.pool, opened.shop.id);
  return allDifferences(database.pool, opened.shop.id, run?.id ?? 0);
};

test.each([
  { currency: "USD", taxesIncluded: false },
  { currency: "USD", taxesIncluded: true },
  { currency: "JPY", taxesIncluded: false },
  { currency: "JPY", taxesIncluded: true },
  { currency: "KWD", taxesIncluded: false },
  { currency: "KWD", taxesIncluded: true },
])(
  "the ledger says what Shopify says, in total and sale by sale: $currency, tax inside $taxesIncluded",
  async (money) => {
    const domain = `${money.currency}-${money.taxesIncluded ? "in" : "on-top"}.myshopify.com`.toLowerCase();
    const world = generatedWorld({ seed: domain, customers: 120, orders: ORDERS, mix: "everything", domain, ...money });
    opened = await openPipelineShop(database.pool, world, { grantedScopes: ALL_SCOPES });
    await opened.sync();
    await opened.work("reconcile");
    expect(await differences()).toEqual([]);
    const run = await latestReconciliation(database.pool, opened.shop.id);
    expect(run).toMatchObject({ ordersChecked: ORDERS, ordersThatDiffer: 0 });
    expect(run?.salesChecked).toBeGreaterThan(ORDERS / 3);
  },
);
