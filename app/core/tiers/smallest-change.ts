import type { Ranking } from "./assign-tiers.ts";
import type { Hysteresis } from "./policy.ts";

/** Where a customer stands to one border. Measures are in the units that the run ranked by. */
export interface AtBorder {
  readonly measure: bigint;
  /** What the last customer above the border measures. */
  readonly border: bigint;
  /** On which side the customer's tier is. */
  readonly isAbove: boolean;
  /** For how many runs in a row the policy alone has put it on the other side. */
  readonly runsOnOtherSide: number;
}

/**
 * The smallest changes that take a customer across a border as it stands now, in minor units of profit contribution, or in
 * hundredths of a point of the score. What is to be lost is negative.
 */
export interface Crossing {
  readonly by: Ranking["by"];
  /** Enough to cross in the next run. */
  readonly atOnce: bigint;
  /** Enough if it lasts for so many runs; null where that is no less. 0: the customer is across already, and only time is missing. */
  readonly lasting: { readonly change: bigint; readonly runs: number } | null;
}

/** The lowest integer above `percent` percent of a border. */
const justAbove = (border: bigint, percent: bigint): bigint => (border * percent) / 100n + 1n;

/** The highest integer under `percent` percent of a border. */
const justBelow = (border: bigint, percent: bigint): bigint => (border * percent + 99n) / 100n - 1n;

/** In hundredths of a point, rounded so that the change is enough. */
const inHundredths = (change: bigint, unit: bigint): bigint => {
  const most = (change < 0n ? -change : change) * 100n + unit - 1n;
  return change < 0n ? -(most / unit) : most / unit;
};

/**
 * @example a border of 1000, a customer in the tier below with 950, and the default rule: 151 more at once (1101 is over
 * 1.1 x 1000), or 51 more for two runs
 */
export const smallestCrossing = (
  { measure, border, isAbove, runsOnOtherSide }: AtBorder,
  { by, unit }: Pick<Ranking, "by" | "unit">,
  hysteresis: Hysteresis | null,
): Crossing => {
  const shown = (change: bigint): bigint => (by === "score" ? inHundredths(change, unit) : change);
  const beyond = (percent: number): bigint => {
    const change = (isAbove ? justBelow(border, BigInt(percent)) : justAbove(border, BigInt(percent))) - measure;
    // Already there: nothing of it is missing.
    return isAbove ? (change > 0n ? 0n : change) : change < 0n ? 0n : change;
  };
  if (hysteresis === null) return { by, atOnce: shown(beyond(100)), lasting: null };
  const atOnce = beyond(isAbove ? hysteresis.fallBelow : hysteresis.riseAbove);
  const change = beyond(100);
  const runs = Math.max(1, hysteresis.runs - runsOnOtherSide);
  return { by, atOnce: shown(atOnce), lasting: change === atOnce ? null : { change: shown(change), runs } };
};
