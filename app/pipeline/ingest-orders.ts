import type { Order } from "#app/core/orders/order.ts";
import { partialOrders } from "#app/db/ingest/partial-orders.server.ts";
import { toOrders } from "#app/shopify/mappers/bulk-orders.ts";
import { BULK_ORDERS } from "#app/shopify/operations/bulk.ts";
import { ORDERS_COUNT } from "#app/shopify/operations/shop.ts";
import { readOrders } from "#app/shopify/order-reader.server.ts";
import { report, runBulkStage, type StageContext } from "./bulk-stage.ts";
import { postOrders } from "./post-orders.ts";

/** Every order that the app may see, with its lines, into the ledger. */
export const ingestOrders = async (context: StageContext): Promise<void> => {
  const { shop, ask, pool } = context;
  if (!shop.scopes.includes("read_all_orders")) await report(context, { limits: ["orders-60-days"] });
  await runBulkStage<Order>(context, {
    query: BULK_ORDERS,
    count: async () => (await ask(ORDERS_COUNT, {})).ordersCount?.count,
    items: toOrders,
    batchSize: 2000,
    write: async (batch) => {
      await postOrders(pool, shop, batch);
    },
  });
};

/** Orders read in one query: within the cost limit of a single query even with full first pages. */
const ORDERS_PER_QUERY = 10;

/** Orders with refunds, whose refunded lines a bulk query cannot carry, read again whole. */
export const ingestRefunds = async (context: StageContext): Promise<void> => {
  const { shop, ask, pool } = context;
  const ids = await partialOrders(pool, shop.id);
  await report(context, { status: "loading", total: ids.length, done: 0 });
  for (let start = 0; start < ids.length; start += ORDERS_PER_QUERY) {
    const { orders } = await readOrders(ask, ids.slice(start, start + ORDERS_PER_QUERY));
    await postOrders(pool, shop, orders);
    await report(context, { done: Math.min(ids.length, start + ORDERS_PER_QUERY) });
  }
};
