import type { Instant } from "../time/shop-day.ts";
import { settleTier, type TierInput } from "./assign-tiers.ts";
import { bordersAbove, leastValue } from "./cut.ts";
import type { RunFrame } from "./explain-move.ts";
import { marksOf, type Marks } from "./flags.ts";
import type { ExactScore, Score } from "./score.ts";
import { sidesOf, tierAbove, type Borders, type Flag, type Tier } from "./tier.ts";

/** What the latest run said of a customer. */
export interface InRun {
  readonly tier: Tier;
  readonly rawTier: Tier;
  readonly flags: readonly Flag[];
}

/** A customer whose figures are newer than the latest run. */
export interface Changed {
  readonly customer: TierInput;
  /** Null for a customer who was not in the run. */
  readonly inRun: InRun | null;
  /** Its score among those of the run; null where the run's policy does not score. */
  readonly exact: ExactScore | null;
}

/** A tier until the next run, which alone sets ranks and borders. */
export interface ProvisionalStanding extends Marks {
  readonly tier: Tier;
  readonly isPinned: boolean;
  readonly score: Score | null;
}

type Measures = { readonly measure: bigint; readonly borders: Borders<bigint | null> };

/** Score and borders in units of their own, made comparable as integers. */
const measuresOf = ({ customer, exact }: Changed, { borders, ranking }: RunFrame): Measures => {
  if (exact === null) return { measure: customer.value, borders };
  const scaled = (border: bigint | null): bigint | null => (border === null ? null : border * exact.unit);
  return { measure: exact.measure * ranking.unit, borders: { a: scaled(borders.a), b: scaled(borders.b) } };
};

const rawTierOf = ({ customer, inRun }: Changed, { measure, borders }: Measures, run: RunFrame): Tier => {
  if (customer.value < leastValue(run.policy)) return "C";
  const above = bordersAbove(borders);
  const was = inRun && sidesOf(inRun.rawTier);
  const isAbove = (name: keyof Borders<unknown>): boolean => {
    const border = above[name];
    if (border === null) return false;
    // Level with the last one above: a tie that the run has settled by something else than the measure.
    return measure === border ? (was?.[name] ?? true) : measure > border;
  };
  return tierAbove({ a: isAbove("a"), b: isAbove("b") });
};

/**
 * Where a customer's new figures put it by the borders of the latest run, with pin and hysteresis, as if that run were made
 * again. Key accounts and customers to grow stay what they were while they stay in their tier: ranks are the run's.
 */
export const provisionalStanding = (changed: Changed, run: RunFrame, now: Instant): ProvisionalStanding => {
  const { customer, inRun, exact } = changed;
  const measures = measuresOf(changed, run);
  const raw = { tier: rawTierOf(changed, measures, run), measure: measures.measure };
  const { tier } = settleTier(customer, raw, measures.borders, run.policy);
  const isPinned = customer.pinnedTo !== null;
  const isTop = inRun !== null && inRun.tier === tier && inRun.flags.some((flag) => flag === "key" || flag === "grow");
  return {
    tier,
    isPinned,
    score: exact?.score ?? null,
    ...marksOf(customer, { tier, isPinned, isTop }, run.policy, now),
  };
};
