import type pg from "pg";
import type { Order } from "#app/core/orders/order.ts";
import type { EarlyPayer } from "#app/core/receivables/early-payment.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { parseOrderFacts } from "#app/db/ingest/order-facts.ts";

/** An order on payment terms as it is kept, with who pays it. */
export interface KeptInvoice {
  readonly order: Order;
  readonly payer: EarlyPayer;
}

interface Row {
  readonly facts: unknown;
  readonly tier: Tier | null;
  readonly isKey: boolean;
}

/** Of orders, those that are invoices or that something was decided of already, whole as they are kept. */
export const keptInvoices = async (
  pool: pg.Pool,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<KeptInvoice[]> => {
  const { rows } = await pool.query<Row>(
    `SELECT facts, tier, coalesce('key' = ANY (flags), false) AS "isKey" FROM "order"
     LEFT JOIN standing ON standing.shop_id = $1 AND standing.customer_id = "order".customer_id
     WHERE "order".shop_id = $1 AND "order".id = ANY ($2) AND facts IS NOT NULL AND NOT partial
       AND (EXISTS (SELECT 1 FROM invoice WHERE invoice.shop_id = $1 AND invoice.order_id = "order".id)
         OR EXISTS (SELECT 1 FROM early_payment_rebate rebate WHERE rebate.shop_id = $1 AND rebate.order_id = "order".id))
     ORDER BY "order".id`,
    [shopId, orderIds],
  );
  return rows.map(({ facts, tier, isKey }) => ({ order: parseOrderFacts(facts), payer: { tier, isKey } }));
};

/** Invoices that were issued since a day, and orders of which something is decided that may change. By order, after one. */
export const invoicesToLookAt = async (
  pool: pg.Pool,
  shopId: number,
  { since, after, limit }: { readonly since: string; readonly after: bigint; readonly limit: number },
): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT order_id AS id FROM invoice WHERE shop_id = $1 AND order_id > $3 AND issued_day >= $2
     UNION SELECT order_id FROM early_payment_rebate
       WHERE shop_id = $1 AND order_id > $3 AND status IN ('held', 'given') AND decided_at >= $2::date - 400
     ORDER BY id LIMIT $4`,
    [shopId, since, after, limit],
  );
  return rows.map(({ id }) => id);
};
