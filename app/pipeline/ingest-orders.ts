import { isGranted } from "#app/core/access/is-granted.ts";
import { partialOrders } from "#app/db/ingest/partial-orders.server.ts";
import { refreshStatistics } from "#app/db/ingest/refresh-statistics.server.ts";
import type { BulkBlock } from "#app/shopify/bulk-result.server.ts";
import type { BulkSize } from "#app/shopify/bulk.server.ts";
import { bulkOrders } from "#app/shopify/operations/bulk-orders.ts";
import { updatedAtLeast } from "#app/shopify/search.ts";
import { ORDERS_COUNT } from "#app/shopify/operations/shop.ts";
import { report, runBulkStage, type BlockWriter, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";
import { inRateLimitedBatches } from "./paced-stage.ts";
import { postBlock, type OrderBlock } from "./post-block.ts";
import { ORDERS_PER_QUERY, readAgain } from "./read-again.ts";

/** Writes orders in this process, or in threads where that is worth it. */
const orderWriter = ({ pool, shop, now, startedAt, threadsFor }: StageContext, size: BulkSize): BlockWriter => {
  // The export shows the orders as they were when it was made: not before this work began.
  const ordersOf = (block: BulkBlock): OrderBlock => ({ shopId: shop.id, block, now: now(), readAt: startedAt });
  const threads = threadsFor(size);
  if (!threads) return { take: (block) => postBlock(pool, ordersOf(block)) };
  return { take: (block) => threads.post(ordersOf(block)), atOnce: threads.atOnce, end: () => threads.end() };
};

/** Every order that the app may see, with its lines, into the ledger; or those that were changed since an instant. */
export const ingestOrders = async (context: StageContext): Promise<Parked | undefined> => {
  const { shop, ask, pool, since } = context;
  if (!isGranted(shop, "all_orders")) await report(context, { limits: ["orders-60-days"] });
  const parked = await runBulkStage(context, {
    query: bulkOrders({ paymentTerms: isGranted(shop, "payment_terms"), since }),
    count: async () => (await ask(ORDERS_COUNT, { query: since && updatedAtLeast(since) })).ordersCount?.count,
    writer: (size) => orderWriter(context, size),
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
