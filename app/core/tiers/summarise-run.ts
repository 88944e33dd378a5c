import { sum } from "../money/money.ts";
import { topShare, whaleCurve } from "../profit/whale-curve.ts";
import type { TierInput, TierRunResult } from "./assign-tiers.ts";
import type { DayRange } from "./policy.ts";
import type { TierRunSummary } from "./run-summary.ts";
import type { Tier } from "./tier.ts";

/** The share of the customers whose profit every run tells. */
const BEST_PERCENT = 20;

const totalsOf = ({ standings }: TierRunResult<TierInput>, tier: Tier): TierRunSummary["tiers"]["A"] => {
  const members = standings.filter((standing) => standing.tier === tier).map(({ customer }) => customer);
  return {
    customers: members.length,
    value: sum(members.map(({ value }) => value)),
    netSales: sum(members.map(({ netSales }) => netSales)),
  };
};

/** The shop as a whole after a run. The whale curve goes by value, whatever the run ranked by. */
export const summariseRun = (
  result: TierRunResult<TierInput>,
  days: DayRange,
  totals: TierRunSummary["totals"],
): TierRunSummary => {
  const values = result.standings.map(({ customer }) => customer.value);
  if (result.ranking.by === "score") values.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  return {
    days,
    tiers: { A: totalsOf(result, "A"), B: totalsOf(result, "B"), C: totalsOf(result, "C") },
    borders: result.borders,
    ranking: result.ranking,
    positiveTotal: result.positiveTotal,
    topFifth: topShare(values, BEST_PERCENT),
    totals,
    whale: whaleCurve(values),
  };
};
