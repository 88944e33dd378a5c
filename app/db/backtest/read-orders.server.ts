import type pg from "pg";
import type { Order } from "#app/core/orders/order.ts";
import { parseOrderFacts } from "#app/db/ingest/order-facts.ts";
import type { Backtest, BacktestCursor } from "./backtests.server.ts";

/** An order of the past with what the ledger has of it, whatever day it happened on. */
export interface PastOrder {
  readonly order: Order;
  /** The row of whoever bought. */
  readonly customerId: bigint;
  readonly netSales: bigint;
  readonly cm4: bigint;
}

interface Row extends Omit<PastOrder, "order"> {
  readonly facts: unknown;
  readonly id: bigint;
  readonly at: Date;
}

/** Orders that were read together. */
export interface PastOrders {
  readonly orders: readonly PastOrder[];
  /** The last of them. */
  readonly last: BacktestCursor;
}

const select = (which: string): string => `
  WITH batch AS (
    SELECT id, facts, customer_id, processed_at FROM "order" WHERE shop_id = $1 AND facts IS NOT NULL AND ${which}
  )
  SELECT id, facts, customer_id AS "customerId", processed_at AS at,
    coalesce(day.net_sales, 0)::bigint AS "netSales", coalesce(day.cm4, 0)::bigint AS cm4
  FROM batch LEFT JOIN LATERAL (
    SELECT sum(net_sales) AS net_sales, sum(cm4) AS cm4 FROM order_day WHERE shop_id = $1 AND order_id = batch.id
  ) AS day ON true
  ORDER BY customer_id, processed_at, id`;

const OF_BATCH = select(`processed_at >= $2 AND processed_at <= $3 AND (customer_id, processed_at, id) > ($4, $5, $6)
    ORDER BY customer_id, processed_at, id LIMIT $7`);

const toPastOrder = ({ facts, customerId, netSales, cm4 }: Row): PastOrder => ({
  order: parseOrderFacts(facts),
  customerId,
  netSales,
  cm4,
});

/** Some orders of the past, by their numbers. */
export const pastOrders = async (pool: pg.Pool, shopId: number, ids: readonly bigint[]): Promise<PastOrder[]> => {
  const { rows } = await pool.query<Row>(select("id = ANY ($2)"), [shopId, ids]);
  return rows.map(toPastOrder);
};

const START: BacktestCursor = { customerId: -1n, at: new Date(0), orderId: -1n };

/**
 * The orders that a back-test still has to replay, a batch at a time: by customer, so that what a customer bought is read once,
 * and within a customer by when they were placed.
 */
export async function* ordersToReplay(
  pool: pg.Pool,
  shopId: number,
  { fromAt, untilAt, after }: Pick<Backtest, "fromAt" | "untilAt" | "after">,
  batchSize: number,
): AsyncGenerator<PastOrders> {
  for (let from = after ?? START; ;) {
    const bounds = [fromAt, untilAt, from.customerId, from.at, from.orderId];
    const { rows } = await pool.query<Row>(OF_BATCH, [shopId, ...bounds, batchSize]);
    const row = rows.at(-1);
    if (!row) return;
    from = { customerId: row.customerId, at: row.at, orderId: row.id };
    yield {
      orders: rows.map(toPastOrder),
      last: from,
    };
    if (rows.length < batchSize) return;
  }
}
