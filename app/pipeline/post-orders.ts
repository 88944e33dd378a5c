import type pg from "pg";
import { entriesOfOrder } from "#app/core/ledger/entries-of-order.ts";
import type { Order } from "#app/core/orders/order.ts";
import { totalsByDay } from "#app/core/profit/contribution.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { readUnitCosts } from "#app/db/ingest/write-catalog.server.ts";
import { writeOrders, type WrittenOrders } from "#app/db/ingest/write-orders.server.ts";
import type { PipelineShop } from "./context.ts";

/** Works out the ledger of each order and writes both: the one way into the ledger, for first sync and webhooks alike. */
export const postOrders = async (
  pool: pg.Pool,
  shop: PipelineShop,
  orders: readonly Order[],
): Promise<WrittenOrders> => {
  const newest = new Map<bigint, Order>();
  for (const order of orders) {
    const other = newest.get(order.id);
    if (!other || other.updatedAt <= order.updatedAt) newest.set(order.id, order);
  }
  const variantIds = new Set<bigint>();
  for (const { lines } of orders) for (const { variantId } of lines) if (variantId !== null) variantIds.add(variantId);
  const unitCostOn = await readUnitCosts(pool, shop.id, [...variantIds]);
  const dayOf = shopDays(shop.timeZone);
  const posted = [...newest.values()].map((order) => {
    const entries = entriesOfOrder(order, { dayOf, unitCostOn });
    return { order, entries, days: totalsByDay(entries, dayOf(order.processedAt)) };
  });
  return writeOrders(pool, shop.id, posted);
};
