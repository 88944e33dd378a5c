import type pg from "pg";
import type { EntryKind } from "#app/core/ledger/entry.ts";
import type { Score } from "#app/core/tiers/score.ts";
import type { Borders, KeptReason, Tier } from "#app/core/tiers/tier.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { scoreOfRow } from "#app/db/tiers/standing-columns.ts";
import type { DayRange } from "#app/core/tiers/policy.ts";
import { LINE_COLUMNS, type CustomerLine } from "./customers-list.server.ts";

export interface CustomerDetail extends CustomerLine {
  readonly shopifyId: bigint | null;
  readonly firstOrderAt: Date;
  /** In minor units, or in hundredths of a point. */
  readonly cumulativeBefore: bigint;
  readonly keptBecause: KeptReason | null;
  /** The tier of the run, and what its policy alone said. */
  readonly runTier: Tier;
  readonly rawTier: Tier;
  readonly isPinned: boolean;
  readonly runsOnOtherSide: Borders<number>;
  /** By factor, in hundredths of a point. */
  readonly factors: Score["factors"] | null;
  /** The last day that the figures count; null: the run's. */
  readonly countedTo: ShopDay | null;
  /** Not in the latest run: rank and tier are only provisional. */
  readonly isNewSinceRun: boolean;
}

type Row = Omit<CustomerDetail, "factors" | "runsOnOtherSide"> & {
  readonly factors: readonly number[];
  readonly runsA: number;
  readonly runsB: number;
};

/** A customer's standing in the latest run; null for one who is not in it. */
export const findCustomer = async (pool: pg.Pool, shopId: number, id: bigint): Promise<CustomerDetail | null> => {
  const { rows } = await pool.query<Row>(
    `SELECT ${LINE_COLUMNS}, shopify_id AS "shopifyId", first_order_at AS "firstOrderAt",
       cumulative_before AS "cumulativeBefore", kept_because AS "keptBecause", tier AS "runTier",
       coalesce(raw_tier, tier) AS "rawTier", pinned AS "isPinned", factors, counted_to AS "countedTo",
       runs_other_side_a AS "runsA", runs_other_side_b AS "runsB",
       coalesce(provisional_tier = tier, false) AS "isNewSinceRun"
     FROM standing JOIN customer ON customer.shop_id = standing.shop_id AND customer.id = standing.customer_id
     WHERE standing.shop_id = $1 AND standing.customer_id = $2`,
    [shopId, id],
  );
  const [row] = rows;
  if (!row) return null;
  const { runsA, runsB, ...customer } = row;
  return { ...customer, factors: scoreOfRow(row)?.factors ?? null, runsOnOtherSide: { a: runsA, b: runsB } };
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
  /** A payment of it is or was contested. */
  readonly disputed: boolean;
  /** Shopify itself calls a sale of it unknown. */
  readonly hasUnknownSale: boolean;
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
         totals.net_sales AS "netSales", totals.cm4, coalesce(totals.unknown, false) AS "hasUnknownCost",
         coalesce(json_array_length(facts -> 'disputes') > 0, false) AS disputed,
         coalesce((facts #>> '{changes,unknownSales}')::int > 0, false) AS "hasUnknownSale"
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
