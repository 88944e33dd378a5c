import type { Order } from "#app/core/orders/order.ts";
import { partialOrders } from "#app/db/ingest/partial-orders.server.ts";
import { refreshStatistics } from "#app/db/ingest/refresh-statistics.server.ts";
import { toOrders } from "#app/shopify/mappers/bulk-orders.ts";
import { bulkOrders } from "#app/shopify/operations/bulk-orders.ts";
import { ORDERS_COUNT } from "#app/shopify/operations/shop.ts";
import { readOrders } from "#app/shopify/order-reader.server.ts";
import { report, runBulkStage, type StageContext } from "./bulk-stage.ts";
import { inRateLimitedBatches } from "./paced-stage.ts";
import { postOrders } from "./post-orders.ts";

/** Every order that the app may see, with its lines, into the ledger. */
export const ingestOrders = async (context: StageContext): Promise<void> => {
  const { shop, ask, pool, now } = context;
  if (!shop.scopes.includes("read_all_orders")) await report(context, { limits: ["orders-60-days"] });
  const paymentTerms = shop.scopes.some((scope) => /^(read|write)_payment_terms$/.test(scope));
  await runBulkStage<Order>(context, {
    query: bulkOrders({ paymentTerms }),
    count: async () => (await ask(ORDERS_COUNT, {})).ordersCount?.count,
    items: toOrders,
    batchSize: 2000,
    write: async (batch) => {
      await postOrders(pool, shop, batch, now());
    },
  });
  await refreshStatistics(pool);
};

/** Orders read in one query: within the cost limit of a single query even with full first pages. */
const ORDERS_PER_QUERY = 10;

/**
 * Orders to which something happened after they were placed, read again whole: refunded lines, edits, returns and further
 * shipping lines are what a bulk query cannot carry.
 */
export const ingestChanges = async (context: StageContext): Promise<void> => {
  const { shop, ask, pool, now } = context;
  await inRateLimitedBatches(context, await partialOrders(pool, shop.id), ORDERS_PER_QUERY, async (ids) => {
    const { orders } = await readOrders({ ask, scopes: shop.scopes }, ids);
    await postOrders(pool, shop, orders, now());
  });
};
