import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { saveCostRules } from "#app/db/costs/cost-rules.server.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import { refreshPublication, requestPublication, requestWithdrawal } from "#app/db/plan/publication.server.ts";
import { latestWork, requestWork } from "#app/db/sync-progress.server.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { Ask } from "#app/shopify/gateway.server.ts";
import { DISCOUNT_CREATE, METAFIELDS_DELETE } from "#app/shopify/operations/plan.ts";
import type { WorkKind } from "#app/core/sync/stages.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { catalog, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** A work stops half-way, and the merchant wishes for something else before it is tried again. */

let database: TestDatabase;
let opened: PipelineShop;
let shops = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  shops += 1;
  const shop = { ...shopObject, domain: `wishes-${shops}.myshopify.com` };
  opened = await openPipelineShop(database.pool, worldOf(shop, ...catalog, order(1)), {
    grantedScopes: ALL_SCOPES,
    appTomlPath: "shopify.app.toml",
  });
  await opened.sync();
  return () => opened.close();
});

const requestPlan = async (json: unknown): Promise<void> => {
  const read = parsePlan(json, "USD");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const { id } = opened.shop;
  const saving = { plan: read.plan, currency: "USD", after: null, savedBy: "1", now: NOW };
  await requestPublication(database.pool, id, (await savePlan(database.pool, id, saving)) ?? 0, NOW);
};

/** Half of everything from two units on, as far as a margin allows, and something that customers are entitled to. */
const planWith = (limits: object) => ({
  parts: [
    { kind: "quantity-break", scope: "cart", measure: "units", steps: [{ from: 2, percent: "50" }] },
    { kind: "tier-price", tiers: { A: "5" } },
  ],
  limits,
});

/** Works until Shopify refuses something. */
const workRefused = async (kind: WorkKind, refused: string): Promise<void> => {
  const ask: Ask = (operation, variables) =>
    operation === refused
      ? Promise.reject(new ShopifyError("refused", "Not now"))
      : opened.context.ask(operation, variables);
  await expect(workOnShop({ ...opened.context, ask }, kind)).rejects.toThrow("Not now");
};

/** What two mugs at 10.00 that cost 4.20 are discounted by. */
const discount = (): bigint | undefined =>
  opened.shopify.checkout({ lines: [{ variantId: 11, quantity: 2 }] }).lines[0]?.discountMinor;

describe("after a work that stopped half-way", () => {
  test("another plan has floors by its own margin", async () => {
    await requestPlan(planWith({ minMarginPercent: "30" }));
    await workRefused("publish", DISCOUNT_CREATE);
    await requestPlan(planWith({ minMarginPercent: "50" }));
    await opened.work("publish");
    // Down to 8.40 each.
    expect(discount()).toBe(320n);
  });

  test("a plan that is published once more is taken away once more, with its discount", async () => {
    await requestPlan(planWith({}));
    await opened.work("publish");
    await requestWithdrawal(database.pool, opened.shop.id, NOW);
    await workRefused("withdraw", METAFIELDS_DELETE);
    await requestPlan(planWith({}));
    await opened.work("publish");
    expect(discount()).toBe(1000n);
    await requestWithdrawal(database.pool, opened.shop.id, NOW);
    await opened.work("withdraw");
    expect(discount()).toBe(0n);
  });

  test("other cost rules are worked out for every order", async () => {
    const when = { gateway: null, countries: [], tiers: [] };
    const saveRule = async (perOrder: bigint): Promise<void> => {
      const rule = {
        kind: "shipping_cost",
        perOrder,
        perLine: 0n,
        perUnit: 0n,
        perKg: 0n,
        percent: 0,
        when,
        from: null,
      } as const;
      await saveCostRules(database.pool, opened.shop.id, { rules: [rule], currency: "USD", after: null, now: NOW });
      await requestWork(database.pool, opened.shop.id, "recompute", NOW);
    };
    await saveRule(100n);
    expect(await workOnShop({ ...opened.context, isStopping: () => true }, "recompute")).toBeDefined();
    await saveRule(900n);
    await opened.work("recompute");
    const { rows } = await database.pool.query<{ amount: bigint }>(
      "SELECT amount FROM ledger_entry WHERE shop_id = $1 AND kind = 'shipping_cost'",
      [opened.shop.id],
    );
    expect(rows).toEqual([{ amount: -900n }]);
  });

  test("its own next try goes on where it stopped", async () => {
    await requestPlan(planWith({ minMarginPercent: "30" }));
    await workRefused("publish", DISCOUNT_CREATE);
    const stopped = await latestWork(database.pool, opened.shop.id, "publish");
    await opened.work("publish");
    const done = await latestWork(database.pool, opened.shop.id, "publish");
    expect([done?.id, done?.status]).toEqual([stopped?.id, "finished"]);
  });
});

test("wishes that come before a work has begun are one", async () => {
  await requestPlan(planWith({}));
  const first = await latestWork(database.pool, opened.shop.id, "publish");
  await requestPlan(planWith({ minMarginPercent: "30" }));
  await refreshPublication(database.pool, opened.shop.id, NOW);
  expect((await latestWork(database.pool, opened.shop.id, "publish"))?.id).toBe(first?.id);
});
