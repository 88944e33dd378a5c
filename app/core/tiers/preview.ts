import type { Standing, TierInput } from "./assign-tiers.ts";
import type { Tier } from "./tier.ts";

/** A customer who would be in another tier. */
export interface Mover<T extends TierInput> {
  readonly standing: Standing<T>;
  readonly from: Tier;
}

/** How many customers would go from one tier to another, and what they are worth together, in minor units. */
export interface MoveCount {
  readonly from: Tier;
  readonly to: Tier;
  readonly customers: number;
  readonly value: bigint;
}

export interface Moves<T extends TierInput> {
  /** From A to C, then from A to B, and so on: those that nobody takes are left out. */
  readonly counts: readonly MoveCount[];
  /** The most valuable first. */
  readonly movers: readonly Mover<T>[];
}

const TIERS: readonly Tier[] = ["A", "B", "C"];

const byValue = (a: Mover<TierInput>, b: Mover<TierInput>): number => {
  const difference = b.standing.customer.value - a.standing.customer.value;
  return difference > 0n ? 1 : difference < 0n ? -1 : a.standing.rank - b.standing.rank;
};

/**
 * Who would change tier if these standings held. A customer who stands nowhere yet moves nowhere.
 *
 * @param tierNow the tier that a customer is in now; null for one who is in none
 */
export const movesBetween = <T extends TierInput>(
  standings: readonly Standing<T>[],
  tierNow: (customer: T) => Tier | null,
): Moves<T> => {
  const movers: Mover<T>[] = [];
  for (const standing of standings) {
    const from = tierNow(standing.customer);
    if (from !== null && from !== standing.tier) movers.push({ standing, from });
  }
  const counts = TIERS.flatMap((from) =>
    TIERS.map((to) => {
      const those = movers.filter((mover) => mover.from === from && mover.standing.tier === to);
      const value = those.reduce((sum, { standing }) => sum + standing.customer.value, 0n);
      return { from, to, customers: those.length, value };
    }),
  );
  return { counts: counts.filter(({ customers }) => customers > 0), movers: movers.sort(byValue) };
};
