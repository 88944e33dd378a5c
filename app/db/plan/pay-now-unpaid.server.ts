import type pg from "pg";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { Order } from "#app/core/orders/order.ts";
import { parseOrderFacts } from "#app/db/ingest/order-facts.ts";

/**
 * An order that got the pay-now discount and was not paid: `open` until it is `paid`, `dismissed` by the merchant, or the
 * discount was `charged` back.
 */
export type UnpaidStatus = "open" | "paid" | "dismissed" | "charging" | "charged";

export interface AskedOrder {
  readonly order: Order;
  /** Null: it is on no list. */
  readonly status: UnpaidStatus | null;
  readonly taggedAt: Date | null;
}

/** So long an order is looked at: what was not paid by then is on the list, and stays there. */
const LOOKED_AT_DAYS = 120;

const ASKED = `
  SELECT facts, status, tagged_at AS "taggedAt" FROM "order"
  LEFT JOIN pay_now_unpaid task ON task.shop_id = "order".shop_id AND task.order_id = "order".id
  WHERE "order".shop_id = $1 AND asks_pay_now AND facts IS NOT NULL`;

type Row = Omit<AskedOrder, "order"> & { readonly facts: unknown };

const toAsked = ({ facts, ...row }: Row): AskedOrder => ({ ...row, order: parseOrderFacts(facts) });

/**
 * Orders that asked for the pay-now discount while it was in force, and are on no list yet, open, or done with and tagged
 * still: all of the last months, or those of the ids named. Shopify tells when an order was placed by the second: one of the
 * second in which the plan came into force may have got it.
 */
export const ordersAskingToPayNow = async (
  pool: pg.Pool,
  shopId: number,
  asked: { readonly ids: readonly bigint[] | null; readonly now: Date },
): Promise<AskedOrder[]> => {
  const { rows } = await pool.query<Row>(
    `${ASKED} AND ($3::bigint[] IS NULL OR "order".id = ANY ($3))
       AND processed_at >= $2::timestamptz - interval '${LOOKED_AT_DAYS} days'
       AND (status IS NULL OR status = 'open' OR (tagged_at IS NOT NULL AND status <> 'charging'))
       AND EXISTS (SELECT FROM plan_period WHERE plan_period.shop_id = $1 AND pay_now
         AND date_trunc('second', from_at) <= processed_at AND (until_at IS NULL OR processed_at < until_at))
     ORDER BY "order".id`,
    [shopId, asked.now, asked.ids],
  );
  return rows.map(toAsked);
};

/** Puts orders on the list of the open ones. */
export const listUnpaid = async (pool: pg.Pool, shopId: number, ids: readonly bigint[], now: Date): Promise<void> => {
  await pool.query(
    `INSERT INTO pay_now_unpaid (shop_id, order_id, status, found_at) SELECT $1, id, 'open', $3 FROM unnest($2::bigint[]) AS id
     ON CONFLICT (shop_id, order_id) DO NOTHING`,
    [shopId, ids, now],
  );
};

/** What became of tagging an order at Shopify. */
export const saveTagged = async (
  pool: pg.Pool,
  shopId: number,
  id: bigint,
  { taggedAt, errorCode }: { readonly taggedAt: Date | null; readonly errorCode: string | null },
): Promise<void> => {
  await pool.query("UPDATE pay_now_unpaid SET tagged_at = $3, error_code = $4 WHERE shop_id = $1 AND order_id = $2", [
    shopId,
    id,
    taggedAt,
    errorCode,
  ]);
};

/** Closes an open one; false where it is not open any more: somebody else was faster. */
export const closeUnpaid = async (
  pool: pg.Pool,
  shopId: number,
  id: bigint,
  closed: { readonly as: Exclude<UnpaidStatus, "open">; readonly now: Date },
): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `UPDATE pay_now_unpaid SET status = $3, closed_at = $4, error_code = NULL
     WHERE shop_id = $1 AND order_id = $2 AND status = 'open'`,
    [shopId, id, closed.as, closed.now],
  );
  return rowCount === 1;
};

/** What became of charging the discount back: done, or open again with the reason. */
export const saveCharged = async (
  pool: pg.Pool,
  shopId: number,
  id: bigint,
  { charged, errorCode }: { readonly charged: bigint | null; readonly errorCode: string | null },
): Promise<void> => {
  await pool.query(
    `UPDATE pay_now_unpaid SET status = CASE WHEN $3::bigint IS NULL THEN 'open' ELSE 'charged' END, charged = $3,
       closed_at = CASE WHEN $3::bigint IS NULL THEN NULL ELSE closed_at END, error_code = $4
     WHERE shop_id = $1 AND order_id = $2 AND status = 'charging'`,
    [shopId, id, charged, errorCode],
  );
};

export interface UnpaidOrder {
  readonly orderId: bigint;
  readonly name: string;
  readonly customerId: bigint;
  readonly kind: CustomerKind;
  readonly key: string;
  readonly customer: string | null;
  readonly email: string | null;
  readonly status: UnpaidStatus;
  readonly foundAt: Date;
  readonly taggedAt: Date | null;
  readonly errorCode: string | null;
  readonly charged: bigint | null;
}

const MOST_SHOWN = 100;

/** Orders that got the pay-now discount unpaid: the open ones, and the latest of the others. */
export const unpaidOrders = async (pool: pg.Pool, shopId: number): Promise<UnpaidOrder[]> => {
  const { rows } = await pool.query<UnpaidOrder>(
    `SELECT order_id AS "orderId", "order".name, customer.id AS "customerId", kind, key, customer.name AS customer,
       email, status,
       found_at AS "foundAt", tagged_at AS "taggedAt", error_code AS "errorCode", charged
     FROM pay_now_unpaid task
     JOIN "order" ON "order".shop_id = task.shop_id AND "order".id = order_id
     JOIN customer ON customer.shop_id = task.shop_id AND customer.id = "order".customer_id
     WHERE task.shop_id = $1 ORDER BY status IN ('open', 'charging') DESC, found_at DESC LIMIT ${MOST_SHOWN}`,
    [shopId],
  );
  return rows;
};

/** An order of the list as it is kept; null where it is on none. */
export const unpaidOrder = async (pool: pg.Pool, shopId: number, id: bigint): Promise<AskedOrder | null> => {
  const { rows } = await pool.query<Row>(`${ASKED} AND "order".id = $2 AND status IS NOT NULL`, [shopId, id]);
  return rows[0] ? toAsked(rows[0]) : null;
};

/** How many orders got the pay-now discount unpaid and need a hand. */
export const countUnpaid = async (pool: pg.Pool, shopId: number): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM pay_now_unpaid WHERE shop_id = $1 AND status IN ('open', 'charging')",
    [shopId],
  );
  return rows[0]?.count ?? 0;
};
