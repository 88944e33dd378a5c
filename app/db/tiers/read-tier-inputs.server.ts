import type pg from "pg";
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

/** The amounts of a day, as the table and as the code call them. */
const AMOUNTS = [
  ["net_sales", "netSales"],
  ["cm1", "cm1"],
  ["cm2", "cm2"],
  ["cm3", "cm3"],
  ["cm4", "cm4"],
  ["goods", "goods"],
  ["goods_with_known_cost", "goodsWithKnownCost"],
] as const;

/** Every customer with entries in the window, anonymous sales left out. */
export const readTierInputs = async (pool: pg.Pool, shopId: number, days: DayRange): Promise<CustomerInWindow[]> => {
  const { rows } = await pool.query<Omit<CustomerInWindow, "firstOrderAt" | "value"> & { firstOrderAt: Date }>(
    `SELECT sums.*, kind, shopify_id AS "shopifyId", customer.email, first_order_at AS "firstOrderAt" FROM (
       SELECT customer_id AS "customerId", sum(orders)::int AS orders,
         ${AMOUNTS.map(([column, name]) => `sum(${column})::bigint AS "${name}"`).join(", ")},
         bool_or(has_unknown_cost) AS "hasUnknownCost", least(min(refunds), 0) AS "largestRefund",
         max(day) AS "lastOrderDay"
       FROM order_day WHERE shop_id = $1 AND day BETWEEN $2 AND $3 GROUP BY customer_id
     ) sums JOIN customer ON customer.shop_id = $1 AND customer.id = sums."customerId"
     WHERE kind <> 'anonymous'`,
    [shopId, formatDay(days.from), formatDay(days.to)],
  );
  return rows.map((row) => ({ ...row, firstOrderAt: row.firstOrderAt.getTime(), value: row.cm4 }));
};

export interface ShopTotals extends Contribution {
  readonly orders: number;
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
}

/** The whole shop over the window, anonymous sales included. */
export const readShopTotals = async (pool: pg.Pool, shopId: number, days: DayRange): Promise<ShopTotals> => {
  const { rows } = await pool.query<ShopTotals>(
    `SELECT coalesce(sum(orders), 0)::int AS orders, ${AMOUNTS.map(
      ([column, name]) => `coalesce(sum(${column}), 0)::bigint AS "${name}"`,
    ).join(", ")}
     FROM order_day WHERE shop_id = $1 AND day BETWEEN $2 AND $3`,
    [shopId, formatDay(days.from), formatDay(days.to)],
  );
  const [totals] = rows;
  if (!totals) throw new Error("An aggregate without a row");
  return totals;
};
