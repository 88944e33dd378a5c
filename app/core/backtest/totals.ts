import type { Below, LineOutcome } from "./line-replay.ts";
import type { Outside } from "./outside.ts";

/** What is counted over a whole back-test: orders and lines. */
export interface BacktestCounts {
  /** Orders that were replayed, and their lines. */
  readonly orders: number;
  readonly lines: number;
  readonly outside: Readonly<Partial<Record<Outside, number>>>;
  /** Of the orders: placed while a plan was in force; of these, with a line that differs. */
  readonly underPlan: number;
  readonly ordersThatDiffer: number;
  readonly linesThatDiffer: number;
  /** Orders on which others than the plan gave a discount. */
  readonly withOthers: number;
  readonly linesWithoutCost: number;
  readonly below: { readonly past: BelowCounts; readonly candidate: BelowCounts };
}

/** How many orders and lines are below the candidate's margin, and below cost. */
export interface BelowCounts {
  readonly floorOrders: number;
  readonly floorLines: number;
  readonly costOrders: number;
  readonly costLines: number;
}

const NONE_BELOW: BelowCounts = { floorOrders: 0, floorLines: 0, costOrders: 0, costLines: 0 };

export const NO_COUNTS: BacktestCounts = {
  orders: 0,
  lines: 0,
  outside: {},
  underPlan: 0,
  ordersThatDiffer: 0,
  linesThatDiffer: 0,
  withOthers: 0,
  linesWithoutCost: 0,
  below: { past: NONE_BELOW, candidate: NONE_BELOW },
};

/** The money of some orders, net of tax, in minor units. What is said of the candidate holds behaviour fixed. */
export interface BacktestMoney {
  /** As the ledger has them. */
  readonly netSales: bigint;
  readonly cm4: bigint;
  /** All discounts, and of these what the plans give. */
  readonly givenPast: bigint;
  readonly givenCandidate: bigint;
  readonly planPast: bigint;
  readonly planCandidate: bigint;
  /** What CM4 would be more (negative: less) under the candidate. */
  readonly change: bigint;
  /** The margin of goods whose cost is known, at the candidate's prices, and what it is less than at the past ones. */
  readonly margin: bigint;
  readonly extra: bigint;
}

export const NO_MONEY: BacktestMoney = {
  netSales: 0n,
  cm4: 0n,
  givenPast: 0n,
  givenCandidate: 0n,
  planPast: 0n,
  planCandidate: 0n,
  change: 0n,
  margin: 0n,
  extra: 0n,
};

/** Sums of two groups of orders. */
export const plusMoney = (a: BacktestMoney, b: BacktestMoney): BacktestMoney => ({
  netSales: a.netSales + b.netSales,
  cm4: a.cm4 + b.cm4,
  givenPast: a.givenPast + b.givenPast,
  givenCandidate: a.givenCandidate + b.givenCandidate,
  planPast: a.planPast + b.planPast,
  planCandidate: a.planCandidate + b.planCandidate,
  change: a.change + b.change,
  margin: a.margin + b.margin,
  extra: a.extra + b.extra,
});

/** The money of one line. */
export const moneyOfLine = ({ given, byPlan, change, margin }: LineOutcome): BacktestMoney => ({
  netSales: 0n,
  cm4: 0n,
  givenPast: given.past,
  givenCandidate: given.candidate,
  planPast: byPlan.past,
  planCandidate: byPlan.candidate,
  change,
  margin: margin?.candidate ?? 0n,
  extra: margin === null ? 0n : margin.past - margin.candidate,
});

const plusBelow = (counts: BelowCounts, lines: readonly Below[]): BelowCounts => {
  const floors = lines.filter(({ floor }) => floor).length;
  const costs = lines.filter(({ cost }) => cost).length;
  return {
    floorOrders: counts.floorOrders + Math.min(1, floors),
    floorLines: counts.floorLines + floors,
    costOrders: counts.costOrders + Math.min(1, costs),
    costLines: counts.costLines + costs,
  };
};

/** Counts with one order more that was replayed. */
export const withOrder = (
  counts: BacktestCounts,
  lines: readonly LineOutcome[],
  baseline: { readonly isUnderPlan: boolean; readonly differing: number },
): BacktestCounts => ({
  ...counts,
  orders: counts.orders + 1,
  lines: counts.lines + lines.length,
  underPlan: counts.underPlan + Number(baseline.isUnderPlan),
  ordersThatDiffer: counts.ordersThatDiffer + Math.min(1, baseline.differing),
  linesThatDiffer: counts.linesThatDiffer + baseline.differing,
  withOthers: counts.withOthers + Number(lines.some(({ hasOthers }) => hasOthers)),
  linesWithoutCost: counts.linesWithoutCost + lines.filter(({ margin }) => margin === null).length,
  below: {
    past: plusBelow(
      counts.below.past,
      lines.map(({ below }) => below.past),
    ),
    candidate: plusBelow(
      counts.below.candidate,
      lines.map(({ below }) => below.candidate),
    ),
  },
});

/** Counts with one order more that is outside. */
export const withOutside = (counts: BacktestCounts, why: Outside): BacktestCounts => ({
  ...counts,
  outside: { ...counts.outside, [why]: (counts.outside[why] ?? 0) + 1 },
});
