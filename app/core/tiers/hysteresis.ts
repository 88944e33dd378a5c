import type { Hysteresis } from "./policy.ts";
import { sidesOf, tierAbove, type Borders, type Tier } from "./tier.ts";

/** Where the run before left a customer. */
export interface Previous {
  readonly tier: Tier;
  /** For each border, for how many runs in a row the policy alone has put the customer on the other side. */
  readonly runsOnOtherSide: Borders<number>;
}

/** What the policy alone says of a customer, and the borders it was measured by. */
export interface RawTier {
  readonly tier: Tier;
  readonly measure: bigint;
  /** What the last customer above each border measures; null where nobody is above it. */
  readonly borders: Borders<bigint | null>;
}

export interface HeldTier {
  readonly tier: Tier;
  readonly runsOnOtherSide: Borders<number>;
}

interface Side {
  readonly isAbove: boolean;
  readonly runs: number;
}

export const NO_RUNS: Borders<number> = { a: 0, b: 0 };

/** Whether a measure is far enough on the other side of a border to cross it in one run. */
export const isBeyond = (measure: bigint, border: bigint, wasAbove: boolean, rule: Hysteresis): boolean =>
  wasAbove ? measure * 100n < BigInt(rule.fallBelow) * border : measure * 100n > BigInt(rule.riseAbove) * border;

/**
 * The tier of a customer whom the borders, as they move a little from run to run, do not push to and fro: each border is
 * crossed when the measure is far enough beyond it, or when enough runs in a row were on its other side. The two borders are
 * independent of each other, and never contradict: who crosses the further one in a run crosses the nearer one too.
 *
 * @example at a border of 100 and the default rule, a measure of 95 holds the tier in the first run, 89 falls at once
 */
export const holdTier = (raw: RawTier, { tier, runsOnOtherSide }: Previous, rule: Hysteresis): HeldTier => {
  if (raw.tier === tier) return { tier, runsOnOtherSide: NO_RUNS };
  const was = sidesOf(tier);
  const is = sidesOf(raw.tier);
  const side = (name: keyof Borders<unknown>): Side => {
    const border = raw.borders[name];
    if (was[name] === is[name] || border === null) return { isAbove: is[name], runs: 0 };
    const runs = runsOnOtherSide[name] + 1;
    const crosses = runs >= rule.runs || isBeyond(raw.measure, border, was[name], rule);
    return crosses ? { isAbove: is[name], runs: 0 } : { isAbove: was[name], runs };
  };
  const a = side("a");
  const b = side("b");
  return { tier: tierAbove({ a: a.isAbove, b: b.isAbove }), runsOnOtherSide: { a: a.runs, b: b.runs } };
};
