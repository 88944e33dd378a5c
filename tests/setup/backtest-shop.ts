import type { AdminApiContext } from "@shopify/shopify-app-remix/server";
import type pg from "pg";
import { shopDays } from "#app/core/time/shop-day.ts";
import type { Order } from "#app/core/orders/order.ts";
import { backtestById, requestBacktest, type Backtest } from "#app/db/backtest/backtests.server.ts";
import { writeVariants } from "#app/db/ingest/write-catalog.server.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { postOrders } from "#app/pipeline/post-orders.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { createAsk, RateLimit } from "#app/shopify/gateway.server.ts";
import { anOrder, anOrderLine, at } from "#tests/factories/order.ts";
import { NOW } from "#tests/local-shopify/test-shop.ts";
import { databaseShop } from "./database-shop.ts";

/** A shop whose past is written straight into the tables that a back-test reads. */
export interface BacktestShop {
  readonly shop: Shop;
  readonly context: PipelineContext;
  readonly savePlan: (json: unknown) => Promise<number>;
  readonly post: (...orders: readonly Order[]) => Promise<void>;
  /** Has a version tried on all orders, or those of the last days. */
  readonly request: (version: number, windowDays?: number) => Promise<number>;
  readonly work: (changes?: Partial<PipelineContext>) => Promise<void>;
  readonly find: (id: number) => Promise<Backtest | null>;
  /** Requested, worked on, found. */
  readonly run: (version: number, windowDays?: number) => Promise<Backtest>;
}

const variant = (id: bigint, productId: bigint, price: bigint, unitCost: bigint | null) => ({
  ...{ id, productId, productTitle: `Product ${productId}`, title: "", sku: null, weightGrams: null },
  ...{ price, unitCost, compareAtPrice: null, giftCard: false },
});

/** An order of the web by customer 1 on a day, one line of variant 11 at 10.00. */
export const pastOrder = (
  id: number,
  day: string,
  line: Partial<Order["lines"][number]> = {},
  part: Partial<Order> = {},
): Order => {
  const instant = at(`${day}T12:00:00Z`);
  return anOrder({
    ...{ id: BigInt(id), name: `#${id}`, processedAt: instant, updatedAt: instant },
    origin: { source: "web", asksToPayNow: false, usedCodes: false },
    lines: [anOrderLine({ id: BigInt(id * 10), ...line })],
    ...part,
  });
};

/** A back-test asks Shopify for nothing. */
const silent: Pick<AdminApiContext, "graphql"> = { graphql: () => Promise.reject(new Error("Nothing may be asked")) };

/** With a mug, variant 11, at 10.00 that cost 4.20, and a cap, variant 21, at 20.00 whose cost is unknown. */
export const backtestShop = async (pool: pg.Pool): Promise<BacktestShop> => {
  const shop = await databaseShop(pool);
  const today = shopDays(shop.timeZone)(NOW.getTime());
  await writeVariants(pool, shop.id, [variant(11n, 1n, 1000n, 420n), variant(21n, 2n, 2000n, null)], today);
  const limit = new RateLimit();
  const context: PipelineContext = {
    ...{ shop, pool, limit, ask: createAsk(silent, limit), logger: createLogger("silent") },
    ...{ now: () => NOW, threadsFor: () => null, isStopping: () => false },
  };
  const request = (version: number, windowDays: number | null = null): Promise<number> =>
    requestBacktest(pool, shop.id, { version, windowDays, requestedBy: "1", now: NOW });
  const work = async (changes: Partial<PipelineContext> = {}): Promise<void> => {
    while (await workOnShop({ ...context, ...changes }, "backtest")) if (changes.isStopping?.()) return;
  };
  const find = (id: number): Promise<Backtest | null> => backtestById(pool, shop.id, id);
  return {
    ...{ shop, context, request, work, find },
    savePlan: async (json) => {
      const read = parsePlan(json, shop.currency);
      if (!read.ok) throw new Error(read.faults[0]?.reason);
      const saving = { plan: read.plan, currency: shop.currency, after: null, savedBy: "1", now: NOW };
      return (await savePlan(pool, shop.id, saving)) ?? 0;
    },
    post: async (...orders) => {
      await postOrders(pool, shop.id, orders, { now: NOW, readAt: NOW });
    },
    run: async (version, windowDays) => {
      const id = await request(version, windowDays);
      await work();
      const found = await find(id);
      if (!found) throw new Error("The back-test is gone");
      return found;
    },
  };
};
