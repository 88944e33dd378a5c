import type pg from "pg";
import { inTransaction } from "#app/db/pool.server.ts";
import type { Contribution } from "#app/core/profit/contribution.ts";
import type { TierInput } from "#app/core/tiers/assign-tiers.ts";
import type { StoodBefore } from "#app/core/tiers/explain-move.ts";
import type { DayRange } from "#app/core/tiers/policy.ts";
import type { Score } from "#app/core/tiers/score.ts";
import type { InRun } from "#app/core/tiers/provisional.ts";
import { FLAGS, type Tier } from "#app/core/tiers/tier.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { pinsHolding } from "./pins.server.ts";
import { inRun, scoreOfRow } from "./standing-columns.ts";

/** Where a customer stood in the latest run. */
export interface Stood extends StoodBefore, InRun {
  /** The tier that pages show: the provisional one where there is one. */
  readonly shownTier: Tier;
}

/** A customer over the window, as the tiering reads and stores it. */
export interface CustomerInWindow extends TierInput, Contribution {
  readonly customerId: bigint;
  readonly lastOrderDay: ShopDay;
  /** Null for a customer who was not in the latest run. */
  readonly stood: Stood | null;
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

const SALES = ["sold", "returned", "cancelled", "disputed"] as const;

/**
 * The sums of each customer over the window $2 to $3; of those in $4, or of all where it is null. Invoices count by the day
 * they were issued; one that is open is late until the window's end.
 */
const SUMS = `
  SELECT sums.*, kind, shopify_id AS "shopifyId", customer.email,
    (extract(epoch FROM first_order_at) * 1000)::float8 AS "firstOrderAt",
    invoiced.amount AS invoiced, invoiced.late_amount_days AS "lateAmountDays",
    standing.tier, standing.raw_tier AS "rawTier", standing.provisional_tier AS "provisionalTier",
    standing.rank, standing.pinned, standing.cm4 AS "cm4Before", array_to_string(standing.flags, ',') AS flags,
    standing.score, array_to_string(standing.factors, ',') AS factors, standing.in_run AS "inRun",
    standing.runs_other_side_a AS "runsA", standing.runs_other_side_b AS "runsB"
  FROM (
    SELECT customer_id AS "customerId", sum(orders)::int AS orders,
      ${[...AMOUNTS, ...SALES.map((name) => [name, name] as const)]
        .map(([column, name]) => `sum(${column})::bigint AS "${name}"`)
        .join(", ")},
      bool_or(has_unknown_cost) AS "hasUnknownCost", least(min(refunds), 0) AS "largestRefund",
      max(day) AS "lastOrderDay"
    FROM order_day
    WHERE shop_id = $1 AND day BETWEEN $2 AND $3 AND ($4::bigint[] IS NULL OR customer_id = ANY ($4)) GROUP BY customer_id
  ) sums
  JOIN customer ON customer.shop_id = $1 AND customer.id = sums."customerId"
  LEFT JOIN (
    SELECT customer_id, sum(amount)::bigint AS amount,
      sum(amount * greatest(0, coalesce(paid_day, $3) - due_day))::bigint AS late_amount_days
    FROM invoice
    WHERE shop_id = $1 AND issued_day BETWEEN $2 AND $3 AND due_day IS NOT NULL
      AND ($4::bigint[] IS NULL OR customer_id = ANY ($4)) GROUP BY customer_id
  ) invoiced ON invoiced.customer_id = sums."customerId"
  LEFT JOIN standing ON standing.shop_id = $1 AND standing.customer_id = sums."customerId"
  WHERE kind <> 'anonymous'`;

interface Row extends Omit<CustomerInWindow, "firstOrderAt" | "value" | "receivables" | "cooperation" | "stood"> {
  /** Milliseconds since 1970: a hundred thousand dates take their time. */
  readonly firstOrderAt: number;
  readonly sold: bigint;
  readonly returned: bigint;
  readonly cancelled: bigint;
  readonly disputed: bigint;
  readonly invoiced: bigint | null;
  readonly lateAmountDays: bigint | null;
  /** Null, as all that follows, for a customer without a standing. */
  readonly tier: Tier | null;
  readonly rawTier: Tier | null;
  /** Joined by commas, as factors are. */
  readonly flags: string;
  readonly provisionalTier: Tier | null;
  readonly rank: number;
  readonly pinned: boolean;
  readonly cm4Before: bigint;
  readonly score: number | null;
  readonly factors: string;
  readonly inRun: unknown;
  readonly runsA: number;
  readonly runsB: number;
}

const numbersIn = (text: string): number[] => (text === "" ? [] : text.split(",").map(Number));

const stoodBefore = (row: Row): Stood | null => {
  // One who came after the run has been given a tier by its borders, and was in no tier in the run.
  if (row.tier === null || row.tier === row.provisionalTier) return null;
  const then =
    row.inRun === null
      ? { cm4: row.cm4Before, score: row.score, factors: numbersIn(row.factors), pinned: row.pinned }
      : inRun.parse(row.inRun);
  const score: Score | null = scoreOfRow(then);
  const flags = row.flags.split(",");
  return {
    tier: row.tier,
    rawTier: row.rawTier ?? row.tier,
    flags: FLAGS.filter((flag) => flags.includes(flag)),
    shownTier: row.provisionalTier ?? row.tier,
    isPinned: then.pinned,
    rank: row.rank,
    value: then.cm4,
    score,
  };
};

const customerOf = (row: Row, pinnedTo: Tier | null): CustomerInWindow => {
  const stood = stoodBefore(row);
  const { sold, returned, cancelled, disputed, invoiced, lateAmountDays } = row;
  return {
    customerId: row.customerId,
    kind: row.kind,
    shopifyId: row.shopifyId,
    email: row.email,
    orders: row.orders,
    netSales: row.netSales,
    cm1: row.cm1,
    cm2: row.cm2,
    cm3: row.cm3,
    cm4: row.cm4,
    goods: row.goods,
    goodsWithKnownCost: row.goodsWithKnownCost,
    hasUnknownCost: row.hasUnknownCost,
    largestRefund: row.largestRefund,
    lastOrderDay: row.lastOrderDay,
    firstOrderAt: row.firstOrderAt,
    value: row.cm4,
    receivables: invoiced === null || lateAmountDays === null ? null : { amount: invoiced, lateAmountDays },
    cooperation: { sold, returned, cancelled, disputed },
    pinnedTo,
    // Who was pinned has no side of a border that is to be kept.
    previous:
      stood === null || stood.isPinned ? null : { tier: stood.tier, runsOnOtherSide: { a: row.runsA, b: row.runsB } },
    stood,
  };
};

const read = async (
  client: pg.Pool | pg.PoolClient,
  shopId: number,
  days: DayRange,
  only: readonly bigint[] | null,
): Promise<CustomerInWindow[]> => {
  const pins = await pinsHolding(client, shopId, days.to);
  const { rows } = await client.query<Row>(SUMS, [shopId, formatDay(days.from), formatDay(days.to), only]);
  return rows.map((row) => customerOf(row, pins.get(row.customerId) ?? null));
};

/**
 * Every customer with entries in the window, anonymous sales left out, with where it stood in the latest run.
 *
 * @param days of which the last is today, as far as pins and open invoices are concerned
 */
export const readTierInputs = (pool: pg.Pool, shopId: number, days: DayRange): Promise<CustomerInWindow[]> =>
  inTransaction(pool, async (client) => {
    // All customers are read: going through a table once for each of them is never right, though it may look so to a
    // planner that has not counted rows which were only just written.
    await client.query("SET LOCAL enable_nestloop = off");
    // One process that sums in memory is faster than two that sort on disk and hand each other half-finished sums.
    await client.query("SET LOCAL work_mem = '64MB'");
    await client.query("SET LOCAL max_parallel_workers_per_gather = 0");
    return read(client, shopId, days, null);
  });

/** Some customers, as `readTierInputs` reads all of them. */
export const readTierInputsOf = (
  client: pg.PoolClient,
  shopId: number,
  days: DayRange,
  ids: readonly bigint[],
): Promise<CustomerInWindow[]> => read(client, shopId, days, ids);

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
