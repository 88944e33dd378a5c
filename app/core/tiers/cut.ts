import { cutOf, type TierPolicy } from "./policy.ts";
import type { Measured, Ranked } from "./rank.ts";
import type { Borders, Tier } from "./tier.ts";

/** The policy's own answer, before pins and hysteresis. */
export interface Cut {
  /** By rank, as the customers were given. */
  readonly tiers: readonly Tier[];
  /** What the last customer of A and of B measures. Null where a tier is empty. */
  readonly borders: Borders<bigint | null>;
  /** Sum of the positive measures: what shares are shares of. */
  readonly total: bigint;
}

type Places = (rank: { readonly index: number; readonly measuredBefore: bigint }) => Tier;

/** Whether the customers before have not yet reached the share: this one is still inside (the one who crosses is in). */
const isBelowShare = (measuredBefore: bigint, percent: number, total: bigint): boolean =>
  measuredBefore * 100n < BigInt(percent) * total;

/** ceil(percent x count), in whole numbers. */
export const partOf = (count: number, percent: number): number => Math.floor((count * percent + 99) / 100);

const placesOf = (policy: TierPolicy, customers: number, total: bigint): Places => {
  if (cutOf(policy) === "share") {
    const { a, b } = policy.shares;
    return ({ measuredBefore }) =>
      isBelowShare(measuredBefore, a, total) ? "A" : isBelowShare(measuredBefore, b, total) ? "B" : "C";
  }
  const lastOfA = partOf(customers, policy.rank.a);
  const lastOfB = lastOfA + partOf(customers, policy.rank.b);
  return ({ index }) => (index < lastOfA ? "A" : index < lastOfB ? "B" : "C");
};

/** What a customer has to make at least to be above C: by share a profit, by rank no loss. Minor units. */
export const leastValue = (policy: TierPolicy): bigint => (cutOf(policy) === "share" ? 1n : 0n);

/**
 * Cuts ranked customers into tiers. By `share`, A goes from the top until the cumulative measure first reaches 80 % of the
 * sum of the positive ones, and B until 95 %; by `rank`, A is the first ceil(20 % of N) and B the next ceil(30 % of N).
 *
 * Loss-makers are never above C, nor, by share, is a customer without profit; whoever that keeps out of A or B leaves the
 * place empty.
 *
 * @param ranked best first
 */
export const cutTiers = (ranked: readonly Measured<Ranked>[], policy: TierPolicy): Cut => {
  let total = 0n;
  for (const { measure } of ranked) if (measure > 0n) total += measure;
  const placeOf = placesOf(policy, ranked.length, total);
  const least = leastValue(policy);
  const borders: { a: bigint | null; b: bigint | null } = { a: null, b: null };
  let measuredBefore = 0n;
  const tiers = ranked.map(({ customer, measure }, index): Tier => {
    const tier = customer.value < least ? "C" : placeOf({ index, measuredBefore });
    measuredBefore += measure;
    if (tier === "A") borders.a = measure;
    if (tier === "B") borders.b = measure;
    return tier;
  });
  return { tiers, borders, total };
};

/** What the last customer above each border measures: above the one between B and C are those of A too. */
export const bordersAbove = ({ a, b }: Borders<bigint | null>): Borders<bigint | null> => ({ a, b: b ?? a });
