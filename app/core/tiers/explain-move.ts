import type { EntryKind } from "../ledger/entry.ts";
import type { Ranking, Standing, TierInput } from "./assign-tiers.ts";
import { bordersAbove } from "./cut.ts";
import { isBeyond } from "./hysteresis.ts";
import type { TierPolicy } from "./policy.ts";
import type { Score } from "./score.ts";
import { smallestCrossing, type Crossing } from "./smallest-change.ts";
import { sidesOf, type Borders, type Tier } from "./tier.ts";

/**
 * What moved a customer: its figures or those around it (`figures`), having been on the other side of the border for enough
 * runs (`runs`), another policy (`policy`), or a pin that was set (`pin`) or holds no longer (`unpin`).
 */
export const MOVE_CAUSES = ["figures", "runs", "policy", "pin", "unpin"] as const;
export type MoveCause = (typeof MOVE_CAUSES)[number];

/** Something in the run before, and in the run of the move. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** What would undo a move: taking the pin away, crossing back, or (`none`) nothing, for nobody is on the other side. */
export type Undo =
  { readonly kind: "unpin" } | { readonly kind: "none" } | ({ readonly kind: "cross" } & Crossing & NeedsProfit);

interface NeedsProfit {
  /** By score: what the customer has to make besides, since nobody without a profit rises; 0 where it makes one. */
  readonly profit: bigint;
}

/** Borders as they are shown: minor units, or hundredths of a point. */
export interface ShownBorders extends Borders<bigint | null> {
  readonly by: Ranking["by"];
}

/** How much the entries of a kind moved a customer's value since the run before. */
export interface EntryChange {
  readonly kind: EntryKind;
  readonly change: bigint;
}

/** Why a customer changed tier: every figure of it, for the page to put into words. Amounts in minor units. */
export interface MoveWhy {
  readonly cause: MoveCause;
  readonly value: Change<bigint>;
  readonly rank: Change<number>;
  readonly borders: Change<ShownBorders>;
  readonly score: Change<Score | null>;
  /** By kind, the most first; kinds that did not change are left out. */
  readonly entries: readonly EntryChange[];
  /** What of the change of the value the entries do not tell: entries before the run that were learned of or changed later. */
  readonly otherEntries: bigint;
  readonly undo: Undo;
}

/** A customer in the run before. */
export interface StoodBefore {
  readonly tier: Tier;
  readonly isPinned: boolean;
  readonly rank: number;
  readonly value: bigint;
  readonly score: Score | null;
}

/** A run as far as an explanation reads it. */
export interface RunFrame {
  readonly policy: TierPolicy;
  readonly borders: Borders<bigint | null>;
  readonly ranking: Pick<Ranking, "by" | "unit">;
}

/** A border's measure as pages show it. A score is rounded down: who has it is above the border. */
export const shownBorders = ({ borders, ranking }: Omit<RunFrame, "policy">): ShownBorders => {
  const shown = (border: bigint | null): bigint | null =>
    border === null || ranking.by === "profit" ? border : (border * 100n) / ranking.unit;
  return { by: ranking.by, a: shown(borders.a), b: shown(borders.b) };
};

/** The border nearest to a tier on the way to another one. */
const nearestBorder = (from: Tier, to: Tier): keyof Borders<unknown> => {
  if (from === "B") return to === "A" ? "a" : "b";
  return from === "A" ? "a" : "b";
};

/** The border that has to be crossed to get into `tier` again from `now`: the last one on the way. */
const lastBorder = (now: Tier, tier: Tier): keyof Borders<unknown> => nearestBorder(tier, now);

/** A customer as far as the way to another tier reads it. */
export interface OnTheWay extends Pick<Standing<TierInput>, "tier" | "isPinned" | "measure" | "runsOnOtherSide"> {
  readonly customer: Pick<TierInput, "value">;
}

/** What would take a customer into another tier, with borders and policy as they are. */
export const wayTo = (tier: Tier, standing: OnTheWay, run: RunFrame): Undo => {
  if (standing.isPinned) return { kind: "unpin" };
  const name = lastBorder(standing.tier, tier);
  const border = bordersAbove(run.borders)[name];
  if (border === null) return { kind: "none" };
  const isAbove = sidesOf(standing.tier)[name];
  const { measure, runsOnOtherSide, customer } = standing;
  const at = { measure, border, isAbove, runsOnOtherSide: runsOnOtherSide[name] };
  const isKept = run.ranking.by === "score" && !isAbove && customer.value <= 0n;
  return {
    kind: "cross",
    ...smallestCrossing(at, run.ranking, run.policy.hysteresis),
    profit: isKept ? 1n - customer.value : 0n,
  };
};

export interface Moved {
  readonly before: StoodBefore;
  readonly after: Standing<TierInput>;
  /** Where the policy of the run before would have put the customer now; null where it is the same one. */
  readonly underFormerPolicy: Tier | null;
}

const causeOf = ({ before, after, underFormerPolicy }: Moved, { policy, borders }: RunFrame): MoveCause => {
  if (after.isPinned) return "pin";
  if (before.isPinned) return "unpin";
  if (underFormerPolicy !== null && underFormerPolicy !== after.tier) return "policy";
  const { customer, measure } = after;
  if (policy.hysteresis === null || customer.previous === null || customer.value <= 0n) return "figures";
  const name = nearestBorder(before.tier, after.tier);
  const border = bordersAbove(borders)[name];
  const isAtOnce = border === null || isBeyond(measure, border, sidesOf(before.tier)[name], policy.hysteresis);
  return isAtOnce ? "figures" : "runs";
};

const largestFirst = (a: EntryChange, b: EntryChange): number => {
  const size = ({ change }: EntryChange): bigint => (change < 0n ? -change : change);
  return size(a) < size(b) ? 1 : size(a) > size(b) ? -1 : 0;
};

/** Why a customer changed tier between two runs. @param changes what each kind of entry came to, now less before */
export const explainMove = (moved: Moved, runs: Change<RunFrame>, changes: ReadonlyMap<EntryKind, bigint>): MoveWhy => {
  const { before, after } = moved;
  const entries = [...changes].map(([kind, change]) => ({ kind, change })).filter(({ change }) => change !== 0n);
  const told = entries.reduce((sum, { change }) => sum + change, 0n);
  return {
    cause: causeOf(moved, runs.after),
    value: { before: before.value, after: after.customer.value },
    rank: { before: before.rank, after: after.rank },
    borders: { before: shownBorders(runs.before), after: shownBorders(runs.after) },
    score: { before: before.score, after: after.score },
    entries: entries.sort(largestFirst),
    otherEntries: after.customer.value - before.value - told,
    undo: wayTo(before.tier, after, runs.after),
  };
};
