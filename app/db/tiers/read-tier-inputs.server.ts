import type pg from "pg";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { Contribution } from "#app/core/profit/contribution.ts";
import type { TierInput } from "#app/core/tiers/assign-tiers.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";

/** A customer over the window, as the tiering reads and stores it. */
export interface CustomerInWindow extends TierInput, Contribution {
  readonly customerId: bigint;
  readonly lastOrderDay: ShopDay;
}

/** The days that count, both included. */
export interface DayRange {
  readonly from: ShopDay;
  readonly to: ShopDay;
}

const SUMS = `
  sum(orders)::int AS orders, sum(net_sales)::bigint AS net_sales, sum(cm1)::bigint AS cm1, sum(cm2)::bigint AS cm2,
  sum(cm3)::bigint AS cm3, sum(cm4)::bigint AS cm4, sum(goods)::bigint AS goods,
  sum(goods_with_known_cost)::bigint AS goods_with_known_cost`;

interface Row {
  customer_id: bigint;
  kind: CustomerKind;
  shopify_id: bigint | null;
  email: string | null;
  first_order_at: Date;
  last_order_day: ShopDay;
  orders: number;
  net_sales: bigint;
  cm1: bigint;
  cm2: bigint;
  cm3: bigint;
  cm4: bigint;
  goods: bigint;
  goods_with_known_cost: bigint;
  has_unknown_cost: boolean;
  largest_refund: bigint;
}

/** Every customer with entries in the window, anonymous sales left out. */
export const readTierInputs = async (pool: pg.Pool, shopId: number, days: DayRange): Promise<CustomerInWindow[]> => {
  const { rows } = await pool.query<Row>(
    `SELECT sums.*, kind, shopify_id, customer.email, first_order_at FROM (
       SELECT customer_id, ${SUMS}, bool_or(has_unknown_cost) AS has_unknown_cost,
         least(min(refunds), 0) AS largest_refund, max(day) AS last_order_day
       FROM order_day WHERE shop_id = $1 AND day BETWEEN $2 AND $3 GROUP BY customer_id
     ) sums JOIN customer ON customer.shop_id = $1 AND customer.id = sums.customer_id
     WHERE kind <> 'anonymous'`,
    [shopId, formatDay(days.from), formatDay(days.to)],
  );
  return rows.map((row) => ({
    customerId: row.customer_id,
    kind: row.kind,
    shopifyId: row.shopify_id,
    email: row.email,
    firstOrderAt: row.first_order_at.getTime(),
    lastOrderDay: row.last_order_day,
    value: row.cm4,
    orders: row.orders,
    netSales: row.net_sales,
    cm1: row.cm1,
    cm2: row.cm2,
    cm3: row.cm3,
    cm4: row.cm4,
    goods: row.goods,
    goodsWithKnownCost: row.goods_with_known_cost,
    hasUnknownCost: row.has_unknown_cost,
    largestRefund: row.largest_refund,
  }));
};

export interface ShopTotals extends Contribution {
  readonly orders: number;
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
}

/** The whole shop over the window, anonymous sales included. */
export const readShopTotals = async (pool: pg.Pool, shopId: number, days: DayRange): Promise<ShopTotals> => {
  const { rows } = await pool.query<Omit<Row, "orders"> & { orders: number | null }>(
    `SELECT ${SUMS} FROM order_day WHERE shop_id = $1 AND day BETWEEN $2 AND $3`,
    [shopId, formatDay(days.from), formatDay(days.to)],
  );
  const row = rows[0];
  return {
    orders: row?.orders ?? 0,
    netSales: row?.net_sales ?? 0n,
    cm1: row?.cm1 ?? 0n,
    cm2: row?.cm2 ?? 0n,
    cm3: row?.cm3 ?? 0n,
    cm4: row?.cm4 ?? 0n,
    goods: row?.goods ?? 0n,
    goodsWithKnownCost: row?.goods_with_known_cost ?? 0n,
  };
};
