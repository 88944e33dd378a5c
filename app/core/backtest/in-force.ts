import type { Instant } from "../time/shop-day.ts";
import type { Tier } from "../tiers/tier.ts";

/** Something that holds from an instant until the next one. */
export interface Since<Value> {
  readonly at: Instant;
  readonly value: Value;
}

/** What held at an instant: of those that had begun the latest; undefined before the first. @param rising by instant */
export const heldAt = <Value>(rising: readonly Since<Value>[], at: Instant): Value | undefined =>
  rising.findLast((one) => one.at <= at)?.value;

/** A change of a customer's tier. */
export interface TierChange {
  readonly at: Instant;
  readonly from: Tier;
}

/**
 * A customer's tier at an instant: today's, with the moves since then taken back. Who had not ordered before had none.
 *
 * @param moves rising by instant
 * @example A today, from B in May and from C in March: C in February, B in April
 */
export const tierAt = (
  customer: {
    readonly tier: Tier | null;
    readonly moves: readonly TierChange[];
    readonly firstOrderAt: Instant | null;
  },
  at: Instant,
): Tier | null => {
  const { tier, moves, firstOrderAt } = customer;
  if (firstOrderAt === null || at <= firstOrderAt) return null;
  return moves.find((move) => move.at > at)?.from ?? tier;
};
