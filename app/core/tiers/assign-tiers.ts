import type { Instant } from "../time/shop-day.ts";
import { bordersAbove, cutTiers, partOf, type Cut } from "./cut.ts";
import { marksOf, type Flagged, type Marks } from "./flags.ts";
import { holdTier, NO_RUNS, type HeldTier, type Previous } from "./hysteresis.ts";
import type { TierPolicy } from "./policy.ts";
import { byRank, type Measured, type Ranked } from "./rank.ts";
import { scoresOf, type ExactScore, type Score, type Scored } from "./score.ts";
import type { Borders, Tier } from "./tier.ts";

/** What a run reads of a customer: sums over the window, minor units. */
export interface TierInput extends Ranked, Flagged, Scored {
  /** Sales of goods, and those whose unit cost is known. */
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
  /** The tier that a pin which holds gives it; null without one. */
  readonly pinnedTo: Tier | null;
  /** Null in the first run, for a customer who was not in the run before, and for one who was pinned in it. */
  readonly previous: Previous | null;
}

export interface Standing<T extends TierInput> extends Marks {
  readonly customer: T;
  /** 1 is the best. */
  readonly rank: number;
  readonly tier: Tier;
  /** What the policy alone says, without pin and hysteresis. */
  readonly rawTier: Tier;
  readonly isPinned: boolean;
  /** For each border, for how many runs in a row, this one included, the policy alone put it on the other side. */
  readonly runsOnOtherSide: Borders<number>;
  /** What it is ranked by: its value, or its score in the run's units. */
  readonly measure: bigint;
  /** The sum of the measures of all customers ranked before this one: with the run's borders, the reason for the tier. */
  readonly cumulativeBefore: bigint;
  /** Null where the policy's method does not score. */
  readonly score: Score | null;
}

/** By what a run ranked, and in which units its measures are. */
export interface Ranking {
  readonly by: "profit" | "score";
  /** Measures for one minor unit (1), or for one point of the score. */
  readonly unit: bigint;
  /** Sum of the positive measures. */
  readonly total: bigint;
}

export interface TierRunResult<T extends TierInput> {
  readonly standings: readonly Standing<T>[];
  /** Sum of the positive values. */
  readonly positiveTotal: bigint;
  readonly counts: Readonly<Record<Tier, number>>;
  /** What the last customer of A and of B measures by the policy alone: what it takes to be above each border. */
  readonly borders: Borders<bigint | null>;
  readonly ranking: Ranking;
}

interface Candidate<T extends TierInput> extends Measured<T> {
  readonly exact: ExactScore | null;
}

const measured = <T extends TierInput>(customers: readonly T[], policy: TierPolicy): Candidate<T>[] => {
  if (policy.method !== "score")
    return customers.map((customer) => ({ customer, measure: customer.value, exact: null }));
  const scores = scoresOf(customers, policy.score.weights);
  return customers.map((customer, index) => {
    const exact = scores[index];
    if (!exact) throw new Error("A customer without a score");
    return { customer, measure: exact.measure, exact };
  });
};

/** The tier of one customer: by its pin, else what the policy says as far as the hysteresis lets it. */
export const settleTier = (
  { pinnedTo, previous, value }: Pick<TierInput, "pinnedTo" | "previous" | "value">,
  raw: { readonly tier: Tier; readonly measure: bigint },
  borders: Cut["borders"],
  { hysteresis }: TierPolicy,
): HeldTier => {
  if (pinnedTo !== null) return { tier: pinnedTo, runsOnOtherSide: NO_RUNS };
  // Nobody without a profit is held above C, or kept in it, for the sake of calm.
  if (previous === null || hysteresis === null || value <= 0n) return { tier: raw.tier, runsOnOtherSide: NO_RUNS };
  return holdTier({ tier: raw.tier, measure: raw.measure, borders: bordersAbove(borders) }, previous, hysteresis);
};

const UNHELD: HeldTier = { tier: "C", runsOnOtherSide: NO_RUNS };

const countTiers = (placed: readonly { readonly tier: Tier }[]): Record<Tier, number> => {
  const counts = { A: 0, B: 0, C: 0 };
  for (const { tier } of placed) counts[tier] += 1;
  return counts;
};

/**
 * Ranks customers and puts them into tiers by the policy: ranked by value, or by score; cut by share, or by rank; then held
 * by hysteresis or by a pin. The borders are those of the policy alone.
 *
 * Key accounts are the first ceil(20 % of A), customers to grow the first ceil(20 % of B), by rank among those whom the tier
 * holds in the end.
 *
 * @example values 50, 30, 10, 5, 4, 1 and the default policy give A, A, B, B, C, C, with borders of 30 and 5
 */
export const assignTiers = <T extends TierInput>(
  customers: readonly T[],
  policy: TierPolicy,
  now: Instant,
): TierRunResult<T> => {
  const ranked = measured(customers, policy).sort(byRank);
  const { tiers, borders, total } = cutTiers(ranked, policy);
  const held = ranked.map(({ customer, measure }, index) =>
    settleTier(customer, { tier: tiers[index] ?? "C", measure }, borders, policy),
  );
  const counts = countTiers(held);
  const seen = { A: 0, B: 0, C: 0 };
  let positiveTotal = 0n;
  let cumulative = 0n;
  const standings = ranked.map(({ customer, measure, exact }, index): Standing<T> => {
    const { tier, runsOnOtherSide } = held[index] ?? UNHELD;
    const cumulativeBefore = cumulative;
    cumulative += measure;
    if (customer.value > 0n) positiveTotal += customer.value;
    seen[tier] += 1;
    const isPinned = customer.pinnedTo !== null;
    const isTop = seen[tier] <= partOf(counts[tier], policy.topPercent);
    const { flags, keptBecause } = marksOf(customer, { tier, isPinned, isTop }, policy, now);
    return {
      customer,
      rank: index + 1,
      tier,
      rawTier: tiers[index] ?? "C",
      isPinned,
      runsOnOtherSide,
      measure,
      cumulativeBefore,
      score: exact?.score ?? null,
      flags,
      keptBecause,
    };
  });
  const ranking: Ranking = {
    by: policy.method === "score" ? "score" : "profit",
    unit: ranked[0]?.exact?.unit ?? 1n,
    total,
  };
  return { standings, positiveTotal, counts, borders, ranking };
};
