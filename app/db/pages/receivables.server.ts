import type pg from "pg";
import { fromSnapshot } from "#app/db/pool.server.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { EarlyPaymentAfter } from "#app/core/plan/plan.ts";
import { earnedBy, percentFor } from "#app/core/receivables/early-payment.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { shopDays, type ShopDay } from "#app/core/time/shop-day.ts";
import { parseOrderFacts } from "#app/db/ingest/order-facts.ts";
import { shownEarlyPart } from "#app/db/rebates/early-terms.server.ts";

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
  /** What it would have earned by being paid early. */
  readonly onTimeDiscount: bigint;
}

type Row = Omit<InvoiceLine, "onTimeDiscount"> & {
  readonly facts: unknown;
  readonly tier: Tier | null;
  readonly isKey: boolean;
  readonly ownRefund: bigint | null;
};

export interface ExportAt {
  readonly timeZone: string;
  readonly now: Date;
}

const BATCH = 5000;

/**
 * All invoices by order, a batch at a time, as they were when the export began, each with what it would have earned by being
 * paid early: by the plan in force, or where none is by the latest that was saved.
 */
export async function* exportInvoices(
  pool: pg.Pool,
  shopId: number,
  at: ExportAt,
): AsyncGenerator<readonly InvoiceLine[]> {
  const part = (await shownEarlyPart(pool, shopId))?.part ?? null;
  for await (const rows of fromSnapshot(pool, (client) => batches(client, shopId, part !== null))) {
    yield rows.map(({ facts, tier, isKey, ownRefund, ...line }) => {
      const order = part === null || facts === null ? null : parseOrderFacts(facts);
      return { ...line, onTimeDiscount: order && part ? earned(order, part, { tier, isKey, ownRefund }, at) : 0n };
    });
  }
}

const earned = (
  order: Order,
  part: EarlyPaymentAfter,
  { ownRefund, ...payer }: Pick<Row, "tier" | "isKey" | "ownRefund">,
  { timeZone, now }: ExportAt,
): bigint => {
  const dayOf = shopDays(timeZone);
  const terms = { basisPoints: percentFor(part, payer), discountDays: part.discountDays };
  return earnedBy({ order, terms, dayOf, today: dayOf(now.getTime()), ownRefund });
};

/** @param withFacts whether the orders themselves are asked for: nobody reads what nothing is worked out of */
async function* batches(client: pg.PoolClient, shopId: number, withFacts: boolean): AsyncGenerator<readonly Row[]> {
  for (let after = -1n; ;) {
    const { rows } = await client.query<Row>(
      `SELECT invoice.order_id AS "orderId", "order".name, customer.key AS "customerKey",
         CASE WHEN customer.kind = 'company' THEN customer.name END AS company, issued_day AS "issuedDay",
         due_day AS "dueDay", paid_day AS "paidDay", invoice.amount, open, CASE WHEN $4 THEN facts END AS facts, tier,
         coalesce('key' = ANY (flags), false) AS "isKey", refund_id AS "ownRefund"
       FROM invoice
       JOIN "order" ON "order".shop_id = invoice.shop_id AND "order".id = invoice.order_id
       JOIN customer ON customer.shop_id = invoice.shop_id AND customer.id = invoice.customer_id
       LEFT JOIN standing ON standing.shop_id = invoice.shop_id AND standing.customer_id = invoice.customer_id
       LEFT JOIN early_payment_rebate rebate ON rebate.shop_id = invoice.shop_id AND rebate.order_id = invoice.order_id
       WHERE invoice.shop_id = $1 AND invoice.order_id > $2 ORDER BY invoice.order_id LIMIT $3`,
      [shopId, after, BATCH, withFacts],
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
