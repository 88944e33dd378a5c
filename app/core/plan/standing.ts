import type { Tier } from "../tiers/tier.ts";
import type { ShopDay } from "../time/shop-day.ts";
import { countedKey, dayNumber, type PlanNumbers } from "./compile-plan.ts";
import { PLAN_VERSION, type CompiledStanding } from "./compiled-plan.ts";
import { reachedSteps, type DayAmount } from "./cumulative.ts";
import { payNowOf, type CumulativeBreak, type Plan, type TierPrice } from "./plan.ts";

/** What a customer or company is to the plan. */
export interface Buyer {
  readonly tier: Tier | null;
  readonly isKey: boolean;
  /** To be pruned: prices by tier are withdrawn. */
  readonly isPruned: boolean;
  /** Shopify's number, where it is a company. */
  readonly companyId: bigint | null;
  /** What the buyer bought by day, in the measure of a part. */
  readonly bought: (measure: CumulativeBreak["measure"]) => readonly DayAmount[];
}

const tierPrices = ({ parts }: Plan): TierPrice[] => parts.filter((part) => part.kind === "tier-price");

/** The parts that count over time, those that count the same taken together: thresholds of all of them. */
export const countedParts = ({ parts }: Plan): { readonly part: CumulativeBreak; readonly thresholds: bigint[] }[] => {
  const byKey = new Map<string, { part: CumulativeBreak; thresholds: Set<bigint> }>();
  for (const part of parts) {
    if (part.kind !== "cumulative") continue;
    const known = byKey.get(countedKey(part)) ?? { part, thresholds: new Set<bigint>() };
    for (const { from } of part.steps) known.thresholds.add(from);
    byKey.set(countedKey(part), known);
  }
  return [...byKey.values()].map(({ part, thresholds }) => ({
    part,
    thresholds: [...thresholds].sort((a, b) => (a < b ? -1 : 1)),
  }));
};

/**
 * What a buyer is entitled to by the plan, as the Function reads it: no more than the plan asks for, so that it changes only
 * when the discount does.
 *
 * @returns null for a buyer to whom the plan gives nothing of that kind
 */
export const standingOf = (plan: Plan, numbers: PlanNumbers, buyer: Buyer, today: ShopDay): CompiledStanding | null => {
  const prices = tierPrices(plan);
  const { tier, isKey, isPruned, companyId } = buyer;
  const isPriced = (priced: Tier | "key"): boolean => !isPruned && prices.some(({ tiers }) => tiers[priced]);
  const company = companyId === null || isPruned ? undefined : numbers.companies.get(companyId);
  const sums = countedParts(plan).flatMap(({ part, thresholds }) =>
    reachedSteps(part.window, thresholds, buyer.bought(part.measure), today).map(
      ({ from, through }) => [numbers.counted.get(countedKey(part)) ?? 0, Number(from), dayNumber(through)] as const,
    ),
  );
  const standing: CompiledStanding = {
    v: PLAN_VERSION,
    ...(tier !== null && isPriced(tier) ? { tier } : {}),
    ...(isKey && isPriced("key") ? { key: true } : {}),
    ...(company === undefined ? {} : { company }),
    ...(sums.length > 0 ? { sums } : {}),
  };
  return Object.keys(standing).length > 1 ? standing : null;
};

/** What a plan asks about a company's location. */
export interface LocationFacts {
  readonly couldPayLater: boolean;
  /** Whether a catalog of its own has quantity breaks. */
  readonly hasBreaks: boolean;
}

const leavesOutCatalogBreaks = ({ parts, included }: Plan): boolean =>
  !included.catalogBreaks && parts.some(({ kind }) => kind === "quantity-break");

/**
 * A company's standing at one of its locations: there it may have pay-now, where it could pay later (customers to be pruned
 * get none), and the catalog's own quantity breaks may stand in the way of the plan's.
 */
export const standingAtLocation = (
  plan: Plan,
  standing: CompiledStanding | null,
  { isPruned }: { readonly isPruned: boolean },
  location: LocationFacts,
): CompiledStanding | null => {
  const here = {
    ...(location.hasBreaks && leavesOutCatalogBreaks(plan) ? { breaks: true } : {}),
    ...(location.couldPayLater && !isPruned && payNowOf(plan) ? { pay: true } : {}),
  };
  return Object.keys(here).length > 0 ? { v: PLAN_VERSION, ...standing, ...here } : standing;
};
