import type pg from "pg";
import type { LedgerContext } from "#app/core/ledger/context.ts";
import { entriesOfOrder } from "#app/core/ledger/entries-of-order.ts";
import type { Order } from "#app/core/orders/order.ts";
import { totalsByDay } from "#app/core/profit/contribution.ts";
import type { PostedOrder } from "#app/db/ingest/order-rows.ts";
import { writeOrders, type WrittenOrders } from "#app/db/ingest/write-orders.server.ts";
import type { PipelineShop } from "./context.ts";
import { ledgerContext } from "./ledger-context.ts";

/** An order with its ledger, worked out. */
export const postOrder = (order: Order, context: LedgerContext): PostedOrder => {
  const ledger = entriesOfOrder(order, context);
  return { order, entries: ledger.entries, days: totalsByDay(order, ledger, context.dayOf) };
};

/** Works out the ledger of each order and writes both: the one way into the ledger, for first sync and webhooks alike. */
export const postOrders = async (
  pool: pg.Pool,
  shop: PipelineShop,
  orders: readonly Order[],
  now: Date,
): Promise<WrittenOrders> => {
  const newest = new Map<bigint, Order>();
  for (const order of orders) {
    const other = newest.get(order.id);
    if (!other || other.updatedAt <= order.updatedAt) newest.set(order.id, order);
  }
  const context = await ledgerContext(
    pool,
    shop,
    orders.map((order) => ({ order })),
    now,
  );
  const posted = [...newest.values()].map((order) => postOrder(order, context));
  return writeOrders(pool, { shopId: shop.id, dayOf: context.dayOf }, posted);
};
