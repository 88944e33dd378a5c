import { z } from "zod";
import type { Ranking, Standing } from "#app/core/tiers/assign-tiers.ts";
import type { Score } from "#app/core/tiers/score.ts";
import { formatDay } from "#app/core/time/shop-day.ts";
import type { CopyValue } from "#app/db/copy.server.ts";
import { amount } from "./json.ts";
import type { CustomerInWindow } from "./read-tier-inputs.server.ts";

/** What a run had of a customer whose figures have been refreshed since. */
export const inRun = z.object({
  cm4: amount,
  score: z.int().nullable(),
  factors: z.array(z.int()),
  pinned: z.boolean(),
});

/** A score from its columns; null where there is none. */
export const scoreOfRow = (row: {
  readonly score: number | null;
  readonly factors: readonly number[];
}): Score | null => {
  const [profit, receivables, cooperation] = row.factors;
  if (row.score === null || profit === undefined || receivables === undefined || cooperation === undefined) return null;
  return { points: row.score, factors: { profit, receivables, cooperation } };
};

/** Columns of what is known of a customer whether or not there is a run: a refresh writes these too. */
const FIGURES = {
  orders: ({ customer }) => customer.orders,
  net_sales: ({ customer }) => customer.netSales,
  cm1: ({ customer }) => customer.cm1,
  cm2: ({ customer }) => customer.cm2,
  cm3: ({ customer }) => customer.cm3,
  cm4: ({ customer }) => customer.cm4,
  goods: ({ customer }) => customer.goods,
  goods_with_known_cost: ({ customer }) => customer.goodsWithKnownCost,
  invoiced: ({ customer }) => customer.receivables?.amount ?? 0n,
  late_amount_days: ({ customer }) => customer.receivables?.lateAmountDays ?? 0n,
  sold: ({ customer }) => customer.cooperation.sold,
  returned: ({ customer }) => customer.cooperation.returned,
  cancelled: ({ customer }) => customer.cooperation.cancelled,
  disputed: ({ customer }) => customer.cooperation.disputed,
  last_order_day: ({ customer }) => formatDay(customer.lastOrderDay),
  flags: ({ flags }) => `{${flags.join(",")}}`,
  kept_because: ({ keptBecause }) => keptBecause,
  pinned: ({ isPinned }) => isPinned,
  score: ({ score }) => score?.points ?? null,
  factors: ({ score }) =>
    score ? `{${score.factors.profit},${score.factors.receivables},${score.factors.cooperation}}` : "{}",
} as const satisfies Readonly<Record<string, (standing: Refreshed) => CopyValue>>;

/** A standing as far as it follows from the customer's own figures. */
export type Refreshed = Pick<Standing<CustomerInWindow>, "customer" | "flags" | "keptBecause" | "isPinned" | "score">;

export const FIGURE_COLUMNS: readonly string[] = Object.keys(FIGURES);

export const figuresOf = (standing: Refreshed): CopyValue[] => Object.values(FIGURES).map((column) => column(standing));

export const STANDING_COLUMNS = [
  "shop_id, customer_id, run_id, rank, tier, raw_tier, runs_other_side_a, runs_other_side_b, cumulative_before",
  ...FIGURE_COLUMNS,
].join(", ");

/** A row of STANDING_COLUMNS. What scores add up to is kept in hundredths of a point. */
export const standingRow = (
  { shopId, runId }: { readonly shopId: number; readonly runId: number },
  standing: Standing<CustomerInWindow>,
  { by, unit }: Ranking,
): CopyValue[] => [
  shopId,
  standing.customer.customerId,
  runId,
  standing.rank,
  standing.tier,
  standing.rawTier,
  standing.runsOnOtherSide.a,
  standing.runsOnOtherSide.b,
  by === "score" ? (standing.cumulativeBefore * 100n) / unit : standing.cumulativeBefore,
  ...figuresOf(standing),
];
