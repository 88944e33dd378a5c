import type { ShopDay } from "../time/shop-day.ts";
import type { Borders } from "./tier.ts";

/** How customers are put into tiers. Shares, weights and borders are whole percents. */
export interface TierPolicy {
  readonly method: "share" | "rank" | "score";
  readonly window: TierWindow;
  /** By `share`: A reaches this share of the positive value, from the top; B goes on until the next. */
  readonly shares: Borders<number>;
  /** By `rank`: A is this share of the customers, from the top; B is the share that follows. */
  readonly rank: Borders<number>;
  readonly score: ScorePolicy;
  /** Null: who is on the other side of a border changes tier at once. */
  readonly hysteresis: Hysteresis | null;
  /** Key accounts are this share of A, and customers to grow this share of B, from the top. */
  readonly topPercent: number;
  /** A loss-maker is proposed for pruning only with this much history. */
  readonly prune: { readonly minOrders: number; readonly minDays: number };
  /** A customer is new for this many days after the first order. */
  readonly newDays: number;
}

export type TierWindow = { readonly kind: "all" } | { readonly kind: "days"; readonly days: number };

/** What a score is made of, in the order in which it is printed. */
export const FACTORS = ["profit", "receivables", "cooperation"] as const;
export type Factor = (typeof FACTORS)[number];

/** By `score`: how much each factor weighs, 100 in all, and how tiers are cut from the scores. */
export interface ScorePolicy {
  readonly weights: Readonly<Record<Factor, number>>;
  readonly cut: "share" | "rank";
}

/**
 * A customer falls below a border at under `fallBelow` percent of its value and rises above it at over `riseAbove` percent,
 * or after so many runs in a row on the other side.
 */
export interface Hysteresis {
  readonly fallBelow: number;
  readonly riseAbove: number;
  readonly runs: number;
}

export const DEFAULT_TIER_POLICY: TierPolicy = {
  method: "share",
  window: { kind: "days", days: 365 },
  shares: { a: 80, b: 95 },
  rank: { a: 20, b: 30 },
  score: { weights: { profit: 100, receivables: 0, cooperation: 0 }, cut: "share" },
  hysteresis: { fallBelow: 90, riseAbove: 110, runs: 2 },
  topPercent: 20,
  prune: { minOrders: 2, minDays: 90 },
  newDays: 30,
};

/** The days that count, both included. */
export interface DayRange {
  readonly from: ShopDay;
  readonly to: ShopDay;
}

/** No order is older than this, and "all time" starts here. */
const BEGINNING = 0;

/**
 * The days of a window that ends today.
 *
 * @example windowDays({ kind: "days", days: 7 }, 100) // { from: 94, to: 100 }
 */
export const windowDays = (window: TierWindow, today: ShopDay): DayRange => ({
  from: window.kind === "all" ? BEGINNING : today - window.days + 1,
  to: today,
});

/** The cut that a policy's method ends with. */
export const cutOf = (policy: TierPolicy): "share" | "rank" =>
  policy.method === "score" ? policy.score.cut : policy.method;

/** What of a policy decides a customer's tier but for the hysteresis, as text that is equal when it is. */
const decidingParts = (policy: TierPolicy): string => {
  const { method, window, shares, rank, score } = policy;
  const cut = cutOf(policy) === "share" ? shares : rank;
  const weights = FACTORS.map((factor) => score.weights[factor]);
  return JSON.stringify([
    method,
    cutOf(policy),
    cut.a,
    cut.b,
    window.kind === "all" ? null : window.days,
    method === "score" ? weights : null,
  ]);
};

/** Whether two policies put the same customers above the same borders. What only flags or hysteresis read may differ. */
export const drawsSameBorders = (one: TierPolicy, other: TierPolicy): boolean =>
  decidingParts(one) === decidingParts(other);

/** Whether two policies put customers into the same tiers: by the same borders, crossed by the same hysteresis. */
export const decidesAlike = (one: TierPolicy, other: TierPolicy): boolean =>
  drawsSameBorders(one, other) && JSON.stringify(hysteresisOf(one)) === JSON.stringify(hysteresisOf(other));

const hysteresisOf = ({ hysteresis }: TierPolicy): readonly number[] | null =>
  hysteresis && [hysteresis.fallBelow, hysteresis.riseAbove, hysteresis.runs];
