import type pg from "pg";
import type { DayAmount } from "#app/core/plan/cumulative.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { locationsOfCompanies, type BuyerLocation } from "./buyer-locations.server.ts";

/** A customer or company with what a plan asks about it. */
export interface PlanBuyer {
  /** The number of its row. */
  readonly rowId: bigint;
  readonly kind: "customer" | "company";
  /** Shopify's number. */
  readonly shopifyId: bigint;
  readonly tier: Tier | null;
  readonly flags: readonly string[];
  /** Of a company: where it buys. */
  readonly locations: readonly BuyerLocation[];
}

const BUYERS = `
  SELECT customer.id AS "rowId", kind, shopify_id AS "shopifyId", tier, coalesce(flags, '{}') AS flags
  FROM customer LEFT JOIN standing ON standing.shop_id = customer.shop_id AND standing.customer_id = customer.id
  WHERE customer.shop_id = $1 AND kind IN ('customer', 'company') AND shopify_id IS NOT NULL`;

type BuyerRow = Omit<PlanBuyer, "locations">;

const withLocations = async (pool: pg.Pool, shopId: number, rows: readonly BuyerRow[]): Promise<PlanBuyer[]> => {
  const companies = rows.filter(({ kind }) => kind === "company").map(({ shopifyId }) => shopifyId);
  const locations = await locationsOfCompanies(pool, shopId, companies);
  return rows.map((row) => ({ ...row, locations: (row.kind === "company" && locations.get(row.shopifyId)) || [] }));
};

/** All customers and companies of a shop, a batch at a time. */
export async function* planBuyers(pool: pg.Pool, shopId: number, batchSize: number): AsyncGenerator<PlanBuyer[]> {
  for (let after = -1n; ;) {
    const { rows } = await pool.query<BuyerRow>(`${BUYERS} AND customer.id > $2 ORDER BY customer.id LIMIT $3`, [
      shopId,
      after,
      batchSize,
    ]);
    if (rows.length > 0) yield await withLocations(pool, shopId, rows);
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
  return (await withLocations(pool, shopId, rows))[0] ?? null;
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
