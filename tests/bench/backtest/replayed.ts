import type { AdminApiContext } from "@shopify/shopify-app-remix/server";
import { backtestById, requestBacktest } from "#app/db/backtest/backtests.server.ts";
import { ordersToReplay } from "#app/db/backtest/read-orders.server.ts";
import { createPool } from "#app/db/pool.server.ts";
import { findShopById } from "#app/db/shops.server.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { createAsk, RateLimit } from "#app/shopify/gateway.server.ts";
import { NOW } from "./seed.ts";

// Tries the third plan on all orders, as the app does, or reads the orders alone; prints the seconds. A process of its own, so
// that its memory is its own.

const [databaseUrl = "", what = ""] = process.argv.slice(2);
const pool = createPool(databaseUrl);
const shop = await findShopById(pool, 1);
if (!shop) throw new Error("The shop is not loaded");

const readAlone = async (): Promise<{ orders: number }> => {
  let orders = 0;
  const all = { fromAt: new Date(0), untilAt: NOW, after: null };
  for await (const batch of ordersToReplay(pool, shop.id, all, 1000)) orders += batch.orders.length;
  return { orders };
};

const replay = async (): Promise<unknown> => {
  const limit = new RateLimit();
  // A back-test asks Shopify for nothing.
  const silent: Pick<AdminApiContext, "graphql"> = { graphql: () => Promise.reject(new Error("Nothing may be asked")) };
  const context = {
    ...{ shop, ask: createAsk(silent, limit), limit, pool, logger: createLogger("warn") },
    ...{ now: () => NOW, threadsFor: () => null, isStopping: () => false },
  };
  const asked = { version: 3, windowDays: null, requestedBy: "1", now: NOW };
  const id = await requestBacktest(pool, shop.id, asked);
  while (await workOnShop(context, "backtest")) continue;
  const test = await backtestById(pool, shop.id, id);
  const { rows } = await pool.query<{ past: bigint; candidate: bigint }>(
    `SELECT sum(plan_past)::bigint AS past, sum(plan_candidate)::bigint AS candidate FROM backtest_customer
     WHERE shop_id = $1 AND backtest_id = $2`,
    [shop.id, id],
  );
  return {
    ...{ orders: test?.counts.orders, lines: test?.counts.lines, differences: test?.counts.linesThatDiffer },
    ...{ underPlan: test?.counts.underPlan, status: test?.status },
    ...{ past: String(rows[0]?.past), candidate: String(rows[0]?.candidate) },
  };
};

const started = performance.now();
const result = await (what === "read" ? readAlone() : replay());
const seconds = (performance.now() - started) / 1000;
await pool.end();
process.stdout.write(`${JSON.stringify({ result, seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 })}\n`);
