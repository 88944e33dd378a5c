import type pg from "pg";
import type { DayAmount } from "#app/core/plan/cumulative.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";

/** A customer or company with what a plan asks about it. */
export interface PlanBuyer {
  /** The number of its row. */
  readonly rowId: bigint;
  readonly kind: "customer" | "company";
  /** Shopify's number. */
  readonly shopifyId: bigint;
  readonly tier: Tier | null;
  readonly flags: readonly string[];
  /** Of a company: its locations. */
  readonly locationIds: readonly bigint[];
  /** Of these, those with payment terms, without deposit, and whose checkout makes orders. */
  readonly payLaterLocationIds: readonly bigint[];
}

const LOCATIONS = (which: string): string => `
    CASE WHEN kind = 'company' THEN ARRAY(
      SELECT id FROM company_location
      WHERE shop_id = $1 AND company_id = shopify_id AND ${which} ORDER BY id) ELSE '{}' END`;

const BUYERS = `
  SELECT customer.id AS "rowId", kind, shopify_id AS "shopifyId", tier, coalesce(flags, '{}') AS flags,
    ${LOCATIONS("true")} AS "locationIds",
    ${LOCATIONS("has_terms AND NOT has_deposit AND NOT checkout_to_draft")} AS "payLaterLocationIds"
  FROM customer LEFT JOIN standing ON standing.shop_id = customer.shop_id AND standing.customer_id = customer.id
  WHERE customer.shop_id = $1 AND kind IN ('customer', 'company') AND shopify_id IS NOT NULL`;

type Lists = "locationIds" | "payLaterLocationIds";
type BuyerRow = Omit<PlanBuyer, Lists> & { readonly [List in Lists]: readonly (string | bigint)[] };

/** Arrays of bigint come as text. */
const toBuyer = (row: BuyerRow): PlanBuyer => ({
  ...row,
  locationIds: row.locationIds.map(BigInt),
  payLaterLocationIds: row.payLaterLocationIds.map(BigInt),
});

/** All customers and companies of a shop, a batch at a time. */
export async function* planBuyers(pool: pg.Pool, shopId: number, batchSize: number): AsyncGenerator<PlanBuyer[]> {
  for (let after = -1n; ;) {
    const { rows } = await pool.query<BuyerRow>(`${BUYERS} AND customer.id > $2 ORDER BY customer.id LIMIT $3`, [
      shopId,
      after,
      batchSize,
    ]);
    if (rows.length > 0) yield rows.map(toBuyer);
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.rowId ?? after;
  }
}

/** One of them, by Shopify's number. */
export const planBuyer = async (
  pool: pg.Pool,
  shopId: number,
  kind: PlanBuyer["kind"],
  shopifyId: bigint,
): Promise<PlanBuyer | null> => {
  const { rows } = await pool.query<BuyerRow>(`${BUYERS} AND kind = $2 AND shopify_id = $3`, [shopId, kind, shopifyId]);
  return rows[0] ? toBuyer(rows[0]) : null;
};

export type Measure = "net-sales" | "units" | "orders";

/** What buyers bought by day since a day, by each measure: by the number of their rows. */
export const boughtByDay = async (
  pool: pg.Pool,
  shopId: number,
  rowIds: readonly bigint[],
  since: ShopDay,
): Promise<ReadonlyMap<bigint, Readonly<Record<Measure, readonly DayAmount[]>>>> => {
  const { rows } = await pool.query<{ id: bigint; day: ShopDay; net: bigint; units: bigint; orders: bigint }>(
    `SELECT customer_id AS id, day, sum(net_sales)::bigint AS net, sum(units)::bigint AS units, sum(orders)::bigint AS orders
     FROM order_day WHERE shop_id = $1 AND customer_id = ANY ($2) AND day >= $3::date GROUP BY customer_id, day`,
    [shopId, rowIds, formatDay(since)],
  );
  const bought = new Map<bigint, Record<Measure, DayAmount[]>>();
  for (const { id, day, net, units, orders } of rows) {
    const known = bought.get(id) ?? { "net-sales": [], units: [], orders: [] };
    bought.set(id, known);
    known["net-sales"].push({ day, amount: net });
    known.units.push({ day, amount: units });
    known.orders.push({ day, amount: orders });
  }
  return bought;
};
