import type pg from "pg";
import { fromSnapshot } from "#app/db/pool.server.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import { parseOrderFacts } from "#app/db/ingest/order-facts.ts";

/** An invoice as it is exported. */
export interface InvoiceLine {
  readonly orderId: bigint;
  readonly name: string;
  readonly company: string | null;
  readonly customerKey: string;
  readonly issuedDay: ShopDay;
  readonly dueDay: ShopDay | null;
  readonly paidDay: ShopDay | null;
  readonly amount: bigint;
  readonly open: bigint;
}

const BATCH = 5000;

/** All invoices by order, a batch at a time, as they were when the export began. */
export const exportInvoices = (pool: pg.Pool, shopId: number): AsyncGenerator<readonly InvoiceLine[]> =>
  fromSnapshot(pool, (client) => batches(client, shopId));

async function* batches(client: pg.PoolClient, shopId: number): AsyncGenerator<readonly InvoiceLine[]> {
  for (let after = -1n; ;) {
    const { rows } = await client.query<InvoiceLine>(
      `SELECT invoice.order_id AS "orderId", "order".name, customer.key AS "customerKey",
         CASE WHEN customer.kind = 'company' THEN customer.name END AS company, issued_day AS "issuedDay",
         due_day AS "dueDay", paid_day AS "paidDay", amount, open
       FROM invoice
       JOIN "order" ON "order".shop_id = invoice.shop_id AND "order".id = order_id
       JOIN customer ON customer.shop_id = invoice.shop_id AND customer.id = invoice.customer_id
       WHERE invoice.shop_id = $1 AND order_id > $2 ORDER BY order_id LIMIT $3`,
      [shopId, after, BATCH],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.orderId ?? after;
  }
}

/** A customer's orders that are invoices, as they are kept. */
export const invoicedOrders = async (pool: pg.Pool, shopId: number, customerId: bigint): Promise<Order[]> => {
  const { rows } = await pool.query<{ facts: unknown }>(
    `SELECT facts FROM invoice JOIN "order" ON "order".shop_id = invoice.shop_id AND "order".id = order_id
     WHERE invoice.shop_id = $1 AND invoice.customer_id = $2 AND facts IS NOT NULL`,
    [shopId, customerId],
  );
  return rows.map(({ facts }) => parseOrderFacts(facts));
};
