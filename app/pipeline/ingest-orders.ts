import type { Order } from "#app/core/orders/order.ts";
import { partialOrders } from "#app/db/ingest/partial-orders.server.ts";
import { refreshStatistics } from "#app/db/ingest/refresh-statistics.server.ts";
import { toOrders } from "#app/shopify/mappers/bulk-orders.ts";
import { bulkOrders } from "#app/shopify/operations/bulk-orders.ts";
import { updatedAtLeast } from "#app/shopify/search.ts";
import { ORDERS_COUNT } from "#app/shopify/operations/shop.ts";
import { report, runBulkStage, type StageContext } from "./bulk-stage.ts";
import { isGranted, type Parked } from "./context.ts";
import { inRateLimitedBatches } from "./paced-stage.ts";
import { postOrders } from "./post-orders.ts";
import { ORDERS_PER_QUERY, readAgain } from "./read-again.ts";

/** Every order that the app may see, with its lines, into the ledger; or those that were changed since an instant. */
export const ingestOrders = async (context: StageContext): Promise<Parked | undefined> => {
  const { shop, ask, pool, now, since, startedAt } = context;
  if (!isGranted(shop, "all_orders")) await report(context, { limits: ["orders-60-days"] });
  const parked = await runBulkStage<Order>(context, {
    query: bulkOrders({ paymentTerms: isGranted(shop, "payment_terms"), since }),
    count: async () => (await ask(ORDERS_COUNT, { query: since && updatedAtLeast(since) })).ordersCount?.count,
    items: toOrders,
    batchSize: 2000,
    write: async (batch) => {
      // The export shows the orders as they were when it was made: not before this work began.
      await postOrders(pool, shop.id, batch, { now: now(), readAt: startedAt });
    },
  });
  if (parked) return parked;
  await refreshStatistics(pool);
  return undefined;
};

/**
 * Orders to which something happened after they were placed, read again whole: refunded lines, edits, returns and further
 * shipping lines are what a bulk query cannot carry.
 */
export const ingestChanges = async (context: StageContext): Promise<Parked | undefined> =>
  inRateLimitedBatches(context, await partialOrders(context.pool, context.shop.id), ORDERS_PER_QUERY, async (ids) => {
    await readAgain(context, ids);
  });
