import type { CostRules } from "#app/core/costs/cost-rules.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import { presentCoverage, type CoverageView } from "./cost-coverage.ts";
import { presentRules, type RulesView } from "./cost-rules.ts";
import { count, plural } from "./format.ts";

interface Uncosted {
  readonly variants: number;
  readonly uncosted: number;
  readonly examples: readonly { readonly product: string; readonly title: string; readonly sku: string | null }[];
}

export interface UnitCostsView {
  readonly summary: string;
  readonly examples: readonly string[];
  /** What stands below the examples; null where they are all. */
  readonly more: string | null;
  readonly isEmpty: boolean;
}

export interface CostsView {
  readonly currency: string;
  /** Null before the first tier run. */
  readonly coverage: CoverageView | null;
  readonly rules: RulesView;
  readonly unitCosts: UnitCostsView;
}

const uncostedSummary = ({ variants, uncosted }: Uncosted): string => {
  if (variants === 0) return "No products have been read yet.";
  if (uncosted === 0) return `All ${plural(variants, "variant")} have a unit cost.`;
  return `${count(uncosted)} of ${plural(variants, "variant")} ${uncosted === 1 ? "has" : "have"} no unit cost.`;
};

const presentUncosted = (found: Uncosted): UnitCostsView => ({
  summary: uncostedSummary(found),
  examples: found.examples.map(({ product, title, sku }) => `${product}, ${title}${sku ? ` (${sku})` : ""}`),
  more:
    found.uncosted > found.examples.length
      ? `and ${count(found.uncosted - found.examples.length)} more: the export has all.`
      : null,
  isEmpty: found.variants === 0,
});

interface Parts {
  readonly summary: TierRunSummary | null;
  readonly rules: CostRules;
  readonly uncosted: Uncosted;
}

/** What the shop's costs are, and what is not known of them. */
export const presentCosts = ({ summary, rules, uncosted }: Parts, currency: string): CostsView => ({
  currency,
  coverage: summary && presentCoverage(summary, rules, currency),
  rules: presentRules(rules, currency),
  unitCosts: presentUncosted(uncosted),
});
