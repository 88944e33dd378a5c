import type pg from "pg";
import type { LedgerContext } from "#app/core/ledger/context.ts";
import { entriesOfOrder } from "#app/core/ledger/entries-of-order.ts";
import type { Order } from "#app/core/orders/order.ts";
import { totalsByDay } from "#app/core/profit/contribution.ts";
import type { PostedOrder } from "#app/db/ingest/order-rows.ts";
import { writeOrders, type WrittenOrders } from "#app/db/ingest/write-orders.server.ts";
import { atLedgerVersion } from "#app/db/ledger-version.server.ts";
import { ledgerContext } from "./ledger-context.ts";

/** An order with its ledger, worked out. */
export const postOrder = (order: Order, context: LedgerContext): PostedOrder => {
  const ledger = entriesOfOrder(order, context);
  return { order, entries: ledger.entries, days: totalsByDay(order, ledger, context.dayOf) };
};

export interface PostedWhen {
  readonly now: Date;
  /** When Shopify was asked for the orders, or earlier. */
  readonly readAt: Date;
}

/** Of two states of one instant the one that was read later holds, unless it is the one that tells less. */
const isNewer = (order: Order, other: Order): boolean =>
  other.updatedAt < order.updatedAt ||
  (other.updatedAt === order.updatedAt && (order.changes !== null || other.changes === null));

/**
 * Works out the ledger of each order and writes both: the one way into the ledger, for first sync and webhooks alike.
 *
 * @throws ShopGone when the shop is not installed any more
 */
export const postOrders = (
  pool: pg.Pool,
  shopId: number,
  orders: readonly Order[],
  { now, readAt }: PostedWhen,
): Promise<WrittenOrders> => {
  const newest = new Map<bigint, Order>();
  for (const order of orders) {
    const other = newest.get(order.id);
    if (!other || isNewer(order, other)) newest.set(order.id, order);
  }
  const ordered = [...newest.values()].map((order) => ({ order }));
  return atLedgerVersion(pool, shopId, async (at) => {
    const context = await ledgerContext(pool, at, ordered, now);
    const post = (order: Order): PostedOrder => postOrder(order, context);
    return writeOrders(pool, { at, dayOf: context.dayOf, readAt, post }, [...newest.values()]);
  });
};
