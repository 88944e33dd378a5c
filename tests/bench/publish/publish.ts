import { parseArgs } from "node:util";
import type { AdminApiContext } from "@shopify/shopify-app-remix/server";
import { SCOPE_REASONS } from "#app/core/access/scope-reasons.ts";
import { findShopById } from "#app/db/shops.server.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import { refreshPublication, requestPublication } from "#app/db/plan/publication.server.ts";
import { countPublished } from "#app/db/plan/published-values.server.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { createJobs } from "#app/platform/jobs.server.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { createAsk, RateLimit } from "#app/shopify/gateway.server.ts";
import { NOW } from "../ingest/bulk-files.ts";
import { sizeOptions, sizesOf, withBenchShop } from "../ingest/loaded-shop.ts";
import { machine } from "../machine.ts";

const HELP = `npm run bench -- publish [--orders 150000] [--customers 100000] [--lines 1.2]

A plan with tier prices is published; then a fiftieth of the customers change their tier, and it is published again: how many
metafields are written, in how many calls, and how long the app's own part of it takes. Shopify answers at once.
`;

const PLAN = {
  title: "Tier prices",
  parts: [
    { kind: "cumulative", window: { days: 365 }, measure: "net-sales", steps: [{ from: "1000", percent: "2" }] },
    { kind: "tier-price", tiers: { A: "6", B: "4", C: "2" } },
  ],
};

interface Variables {
  readonly metafields?: readonly { readonly ownerId: string; readonly value?: string }[];
  readonly discount?: Readonly<Record<string, unknown>>;
}

/** A Shopify that takes everything at once, and counts it. */
class CountingShopify {
  calls = 0;
  writes = 0;
  private discount: Readonly<Record<string, unknown>> = {};
  private plan: string | null = null;

  private answer(operation: string, { metafields = [], discount }: Variables): unknown {
    const done = { userErrors: [] };
    if (operation.includes("mutation MetafieldsSet")) return { metafieldsSet: { metafields, ...done } };
    if (operation.includes("mutation MetafieldsDelete")) {
      return { metafieldsDelete: { deletedMetafields: metafields, ...done } };
    }
    if (discount) this.discount = discount;
    const id = "gid://shopify/DiscountAutomaticNode/1";
    const automaticAppDiscount = { discountId: id };
    if (operation.includes("mutation DiscountCreate")) {
      return { discountAutomaticAppCreate: { automaticAppDiscount, ...done } };
    }
    if (operation.includes("mutation DiscountUpdate")) {
      return { discountAutomaticAppUpdate: { automaticAppDiscount, ...done } };
    }
    if (!operation.includes("query PlanDiscount")) throw new Error(`Not foreseen: ${operation}`);
    const active = {
      ...{ __typename: "DiscountAutomaticApp", status: "ACTIVE", discountClasses: ["PRODUCT"] },
      ...this.discount,
    };
    return { discountNode: { id, metafield: { value: this.plan }, discount: active } };
  }

  readonly admin = {
    graphql: (operation: string, { variables = {} }: { variables?: Variables } = {}) => {
      const values = (variables.metafields ?? []).filter(({ ownerId }) => !ownerId.includes("Discount"));
      if (values.length > 0) this.calls += 1;
      this.writes += values.length;
      const plan = variables.metafields?.find(({ ownerId }) => ownerId.includes("Discount"));
      this.plan = plan?.value ?? this.plan;
      return Promise.resolve(Response.json({ data: this.answer(operation, variables) }));
    },
  } as unknown as AdminApiContext;
}

/** `npm run bench -- publish`: what a plan costs to keep at Shopify when few customers have moved. */
export const publishBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      ...sizeOptions({ orders: "150000", customers: "100000", lines: "1.2" }),
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  return withBenchShop(values, async ({ pool, load }) => {
    await load();
    await pool.query("ANALYZE");
    const logger = createLogger("silent");
    // The queue's tables: publishing is asked for through it.
    await (await createJobs(pool, logger)).stop();
    const loaded = await findShopById(pool, 1);
    const read = parsePlan(PLAN, "USD");
    if (!loaded || !read.ok) throw new Error("The shop is not loaded, or its plan is refused");
    const shop = { ...loaded, scopes: Object.keys(SCOPE_REASONS) };
    const shopify = new CountingShopify();
    const limit = new RateLimit();
    const context: PipelineContext = {
      ...{ shop, pool, limit, logger, ask: createAsk(shopify.admin, limit) },
      ...{ now: () => NOW, threadsFor: () => null, isStopping: () => false },
    };
    const publish = async () => {
      [shopify.calls, shopify.writes] = [0, 0];
      const started = performance.now();
      while (await workOnShop(context, "publish")) continue;
      return { writes: shopify.writes, calls: shopify.calls, seconds: (performance.now() - started) / 1000 };
    };
    const saving = { plan: read.plan, currency: "USD", after: null, savedBy: "1", now: NOW };
    await requestPublication(pool, shop.id, (await savePlan(pool, shop.id, saving)) ?? 0, NOW);
    const first = await publish();
    const buyers = await countPublished(pool, shop.id);
    const { rowCount: moved } = await pool.query(
      "UPDATE standing SET tier = (CASE tier WHEN 'A' THEN 'B' ELSE 'A' END)::tier WHERE shop_id = $1 AND customer_id % 50 = 0",
      [shop.id],
    );
    await refreshPublication(pool, shop.id, NOW);
    const second = await publish();
    return {
      name: "publish",
      machine: machine(),
      sizes: {
        ...sizesOf(values),
        withValues: buyers,
        moved,
      },
      first,
      second,
      seconds: second.seconds,
      ratios: { writesToMoved: second.writes / (moved ?? 0), secondsToFirst: second.seconds / first.seconds },
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    };
  });
};
