import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rulesFromJson } from "#app/core/costs/rule-json.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { saveCostRules } from "#app/db/costs/cost-rules.server.ts";
import { importUnitCosts } from "#app/db/costs/import-costs.server.ts";
import { allDifferences, latestReconciliation } from "#app/db/reconcile/reconciliation.server.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { NOW, worldOf } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { goods, usd, type HandShop } from "./by-hand/by-hand.ts";
import { CHANGED_ORDERS } from "./by-hand/changed-orders.ts";
import { COSTS_SHOP } from "./by-hand/costs.ts";
import { CREDIT_SHOP } from "./by-hand/credit.ts";
import { DINAR_SHOP, mugAt, TAX_INSIDE_SHOP, YEN_SHOP } from "./by-hand/currencies.ts";
import { GOODS_SOLD } from "./by-hand/goods-sold.ts";
import { MONEY_BESIDE } from "./by-hand/money-beside.ts";
import { RULES_SHOP } from "./by-hand/rules.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const catalogOf = ({ shop }: HandShop) => {
  if (shop.currency === "JPY") return mugAt("1500", "640");
  if (shop.currency === "KWD") return mugAt("1.005", "0.333");
  const raised = [{ at: "2026-08-15T12:00:00Z", unitCost: "8.10" }];
  // Only the shop of the costs knows of a kettle that became dearer.
  return goods.map((one) =>
    shop === COSTS_SHOP.shop && one.type === "product" && one.title === "Kettle"
      ? { ...one, variants: one.variants.map((variant) => ({ ...variant, costChanges: raised })) }
      : one,
  );
};

const saveRules = async (opened: PipelineShop, { rules, shop }: HandShop): Promise<void> => {
  if (!rules) return;
  const read = rulesFromJson(rules, shop.currency);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const saved = { rules: read.value, currency: shop.currency, after: null, now: NOW };
  await saveCostRules(database.pool, opened.shop.id, saved);
};

/** Costs from a file come when the shop is there, and everything is worked out anew. */
const importCosts = async (opened: PipelineShop, { importedCosts }: HandShop): Promise<void> => {
  if (!importedCosts) return;
  const changes = importedCosts.map(([variantId, from, amount]) => ({ variantId, from: parseDay(from), amount }));
  await importUnitCosts(database.pool, opened.shop.id, changes, NOW);
  await opened.work("recompute");
};

const ledgerOf = async (opened: PipelineShop, orderId: number): Promise<string[]> => {
  const { rows } = await database.pool.query<{ line: string }>(
    `SELECT concat_ws(' ', coalesce(nullif(line_id, 0)::text, '-'), kind, to_char(day, 'YYYY-MM-DD'), amount,
       CASE provenance WHEN 'unknown' THEN 'unknown' END) AS line
     FROM ledger_entry WHERE shop_id = $1 AND order_id = $2`,
    [opened.shop.id, orderId],
  );
  return rows.map(({ line }) => line).sort();
};

const differencesOf = async (opened: PipelineShop): Promise<unknown> => {
  await opened.work("reconcile");
  const run = await latestReconciliation(database.pool, opened.shop.id);
  return { checked: run?.ordersChecked, found: await allDifferences(database.pool, opened.shop.id, run?.id ?? 0) };
};

describe.each<readonly [string, HandShop]>([
  [
    "in dollars, tax on top",
    {
      shop: { ...usd, domain: "by-hand-usd.myshopify.com" },
      orders: [...GOODS_SOLD, ...CHANGED_ORDERS, ...MONEY_BESIDE],
    },
  ],
  ["in euros, tax inside", TAX_INSIDE_SHOP],
  ["in yen", YEN_SHOP],
  ["in dinars", DINAR_SHOP],
  ["with costs by their day", COSTS_SHOP],
  ["with charges and an assumed margin", RULES_SHOP],
  ["with a cost of credit", CREDIT_SHOP],
])("orders worked out by hand, %s", (_, shop) => {
  let opened: PipelineShop;

  beforeAll(async () => {
    const world = worldOf(shop.shop, ...catalogOf(shop), ...shop.orders.map(({ order }) => order));
    opened = await openPipelineShop(database.pool, world, { grantedScopes: ALL_SCOPES });
    await saveRules(opened, shop);
    await opened.sync();
    await importCosts(opened, shop);
  });
  afterAll(() => opened.close());

  test.each(shop.orders)("$name", async ({ order, ledger, counts = true }) => {
    expect(await ledgerOf(opened, order.id)).toEqual([...ledger].sort());
    const { rows } = await database.pool.query<{ counted: boolean }>(
      `SELECT counted FROM "order" WHERE shop_id = $1 AND id = $2`,
      [opened.shop.id, order.id],
    );
    expect(rows).toEqual([{ counted: counts }]);
  });

  test("and Shopify says the same", async () => {
    expect(await differencesOf(opened)).toEqual({ checked: shop.orders.length, found: [] });
  });

  test("worked out once more, they stay as they are", async () => {
    await opened.work("recompute");
    for (const { order, ledger } of shop.orders) {
      expect(await ledgerOf(opened, order.id)).toEqual([...ledger].sort());
    }
  });
});
