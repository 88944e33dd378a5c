import type { AdminApiContext } from "@shopify/shopify-app-remix/server";
import type { ChargeRule, CostRule } from "#app/core/costs/cost-rules.ts";
import { createPool } from "#app/db/pool.server.ts";
import { saveCostRules } from "#app/db/costs/cost-rules.server.ts";
import { findShopById } from "#app/db/shops.server.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { createAsk, RateLimit } from "#app/shopify/gateway.server.ts";
import { NOW } from "../ingest/bulk-files.ts";

// Saves a shop's first cost rules and works every ledger out again; prints the seconds of each. A process of its own, so
// that its memory is its own.

const anywhere = { gateway: null, countries: [], tiers: [] };
const charge = (part: Partial<ChargeRule> & Pick<ChargeRule, "kind">): ChargeRule => ({
  perOrder: 0n,
  perLine: 0n,
  perUnit: 0n,
  perKg: 0n,
  percent: 0,
  when: anywhere,
  from: null,
  ...part,
});

const RULES: readonly CostRule[] = [
  charge({ kind: "shipping_cost", perOrder: 450n, perKg: 80n }),
  charge({ kind: "handling_cost", perLine: 25n, perUnit: 5n }),
  charge({ kind: "return_handling", perUnit: 100n }),
  charge({ kind: "payment_fee", perOrder: 30n, percent: 250, when: { ...anywhere, gateway: "manual" } }),
  { kind: "credit_cost", percent: 900, from: null },
  { kind: "fallback_margin", percent: 4000, from: null },
];

const [databaseUrl = ""] = process.argv.slice(2);
const pool = createPool(databaseUrl);
const shop = await findShopById(pool, 1);
if (!shop) throw new Error("The shop is not loaded");
const limit = new RateLimit();
// A recomputation asks Shopify for nothing.
const silent: Pick<AdminApiContext, "graphql"> = { graphql: () => Promise.reject(new Error("Nothing may be asked")) };
const context = {
  shop,
  ask: createAsk(silent, limit),
  limit,
  pool,
  logger: createLogger("warn"),
  now: () => NOW,
  threadsFor: () => null,
  isStopping: () => false,
};
const started = performance.now();
await saveCostRules(pool, shop.id, { rules: RULES, currency: shop.currency, after: null, now: NOW });
await workOnShop(context, "recompute");
const seconds = (performance.now() - started) / 1000;
await pool.end();
process.stdout.write(`${JSON.stringify({ seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 })}\n`);
