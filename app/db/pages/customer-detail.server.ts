import type pg from "pg";
import type { EntryKind } from "#app/core/ledger/entry.ts";
import type { KeptReason } from "#app/core/tiers/tier.ts";
import { formatDay } from "#app/core/time/shop-day.ts";
import type { DayRange } from "#app/db/tiers/read-tier-inputs.server.ts";
import type { CustomerLine } from "./customers-list.server.ts";

export interface CustomerDetail extends CustomerLine {
  readonly shopifyId: bigint | null;
  readonly firstOrderAt: Date;
  readonly cumulativeBefore: bigint;
  readonly keptBecause: KeptReason | null;
}

/** A customer's standing in the latest run; null for one who is not in it. */
export const findCustomer = async (pool: pg.Pool, shopId: number, id: bigint): Promise<CustomerDetail | null> => {
  const { rows } = await pool.query<CustomerDetail>(
    `SELECT customer.id, customer.key, customer.kind, customer.name, customer.email, rank, tier, flags, orders,
       net_sales AS "netSales", cm1, cm2, cm3, cm4, goods, goods_with_known_cost AS "goodsWithKnownCost",
       shopify_id AS "shopifyId", first_order_at AS "firstOrderAt", cumulative_before AS "cumulativeBefore",
       kept_because AS "keptBecause"
     FROM standing JOIN customer ON customer.shop_id = standing.shop_id AND customer.id = standing.customer_id
     WHERE standing.shop_id = $1 AND standing.customer_id = $2`,
    [shopId, id],
  );
  return rows[0] ?? null;
};

/** What each kind of entry came to for a customer over the days; kinds without entries are left out. */
export const customerByKind = async (
  pool: pg.Pool,
  shopId: number,
  id: bigint,
  days: DayRange,
): Promise<ReadonlyMap<EntryKind, bigint>> => {
  const { rows } = await pool.query<{ kind: EntryKind; amount: bigint }>(
    `SELECT kind, sum(amount)::bigint AS amount
     FROM "order" JOIN ledger_entry ON ledger_entry.shop_id = "order".shop_id AND ledger_entry.order_id = "order".id
     WHERE "order".shop_id = $1 AND "order".customer_id = $2 AND counted AND day BETWEEN $3 AND $4
     GROUP BY kind`,
    [shopId, id, formatDay(days.from), formatDay(days.to)],
  );
  return new Map(rows.map(({ kind, amount }) => [kind, amount]));
};

export interface CustomerOrder {
  readonly id: bigint;
  readonly name: string;
  readonly processedAt: Date;
  readonly counted: boolean;
  readonly test: boolean;
  readonly cancelled: boolean;
  readonly presentmentCurrency: string;
  readonly presentmentTotal: bigint;
  readonly netSales: bigint | null;
  readonly cm4: bigint | null;
  readonly hasUnknownCost: boolean;
}

const ORDERS_PER_PAGE = 20;

/** A customer's orders, latest first, with what each has come to so far. @param page from 1 */
export const customerOrders = async (
  pool: pg.Pool,
  shopId: number,
  id: bigint,
  page: number,
): Promise<{ perPage: number; total: number; orders: readonly CustomerOrder[] }> => {
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM "order" WHERE shop_id = $1 AND customer_id = $2`,
      [shopId, id],
    ),
    pool.query<CustomerOrder>(
      `SELECT o.id, o.name, o.processed_at AS "processedAt", o.counted, o.test, o.cancelled_at IS NOT NULL AS cancelled,
         o.presentment_currency AS "presentmentCurrency", o.presentment_total AS "presentmentTotal",
         totals.net_sales AS "netSales", totals.cm4, coalesce(totals.unknown, false) AS "hasUnknownCost"
       FROM (
         SELECT * FROM "order" WHERE shop_id = $1 AND customer_id = $2 ORDER BY processed_at DESC, id DESC LIMIT $3 OFFSET $4
       ) o LEFT JOIN LATERAL (
         SELECT sum(net_sales)::bigint AS net_sales, sum(cm4)::bigint AS cm4, bool_or(has_unknown_cost) AS unknown
         FROM order_day WHERE order_day.shop_id = $1 AND order_day.order_id = o.id
       ) totals ON true
       ORDER BY o.processed_at DESC, o.id DESC`,
      [shopId, id, ORDERS_PER_PAGE, (page - 1) * ORDERS_PER_PAGE],
    ),
  ]);
  return { perPage: ORDERS_PER_PAGE, total: counted.rows[0]?.total ?? 0, orders: listed.rows };
};
