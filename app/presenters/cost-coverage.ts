import { rulesOn, type CostRules } from "#app/core/costs/cost-rules.ts";
import { profitRange } from "#app/core/costs/profit-range.ts";
import { formatPercent } from "#app/core/costs/rule-json.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import { money, percentOf } from "./format.ts";

export interface CoverageView {
  /** "87.5 %"; a dash where nothing was sold. */
  readonly share: string;
  readonly detail: string;
  readonly range: readonly { readonly label: string; readonly amount: string }[];
}

/** How much of what was sold has a known unit cost, and what the rest leaves open. */
export const presentCoverage = (
  { totals, days }: Pick<TierRunSummary, "totals" | "days">,
  rules: CostRules,
  currency: string,
): CoverageView => {
  const margin = rulesOn(rules, "fallback_margin", days.to).at(-1);
  const range = profitRange(totals, margin?.percent ?? null);
  const share = percentOf(totals.goodsWithKnownCost, totals.goods);
  if (share === null) return { share: "–", detail: "No goods were sold in this window.", range: [] };
  if (range.unknown === 0n) {
    return { share, detail: "Every sale has a known unit cost, so profit is not a range.", range: [] };
  }
  const sold = `${money(range.unknown, currency)} of ${money(totals.goods, currency)} of goods sold`;
  return {
    share,
    detail: `${sold} has no known unit cost. What profit is depends on it:`,
    range: [
      { label: "If these goods cost all that they were sold for", amount: money(range.lowest, currency) },
      ...(range.assumed === null || margin === undefined
        ? []
        : [
            {
              label: `With the assumed margin of ${formatPercent(margin.percent)} %, as everywhere in Pareto`,
              amount: money(range.assumed, currency),
            },
          ]),
      {
        label: `If they cost nothing${range.assumed === null ? ", as everywhere in Pareto" : ""}`,
        amount: money(range.highest, currency),
      },
    ],
  };
};
