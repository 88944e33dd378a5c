import { shownBorders, wayTo, type RunFrame } from "#app/core/tiers/explain-move.ts";
import { cutOf, FACTORS, type TierPolicy } from "#app/core/tiers/policy.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import type { Score } from "#app/core/tiers/score.ts";
import { sidesOf, type Borders, type Tier } from "#app/core/tiers/tier.ts";
import { count, dateTime, money, percentOf, plural, points } from "./format.ts";
import { FACTOR_LABELS } from "./tier-policy.ts";
import { bordersInShort, presentMove, undoInWords, type Move, type MoveView } from "./tier-why.ts";

/** Where a customer stands, as far as the reason for its tier reads it. */
export interface TierDetail {
  readonly rank: number;
  readonly cm4: bigint;
  /** The tier that is shown. */
  readonly tier: Tier;
  readonly isProvisional: boolean;
  readonly isNewSinceRun: boolean;
  readonly runTier: Tier;
  readonly rawTier: Tier;
  readonly isPinned: boolean;
  readonly runsOnOtherSide: Borders<number>;
  /** In minor units, or in hundredths of a point. */
  readonly cumulativeBefore: bigint;
  readonly score: number | null;
  readonly factors: Score["factors"] | null;
  /** Not null: the figures are newer than the run. */
  readonly countedTo: number | null;
}

export interface TierRunDetail {
  readonly policy: TierPolicy;
  readonly summary: TierRunSummary;
}

const customersOf = ({ tiers }: TierRunSummary): number => tiers.A.customers + tiers.B.customers + tiers.C.customers;

/** What a customer is ranked by, in the units in which a run is shown: minor units, or hundredths of a point. */
const measureOf = ({ cm4, score }: TierDetail, { ranking }: TierRunSummary): bigint =>
  ranking.by === "score" ? BigInt(score ?? 0) : cm4;

const place = (customer: TierDetail, { summary }: TierRunDetail): string => {
  if (customer.isNewSinceRun) return "It is new since the latest run and has no rank yet.";
  const by = summary.ranking.by === "score" ? "score" : "profit contribution";
  return `Rank ${count(customer.rank)} of ${count(customersOf(summary))} by ${by}.`;
};

const scoreInWords = ({ score, factors }: TierDetail, { weights }: TierPolicy["score"]): string[] => {
  if (score === null || factors === null) return [];
  const parts = FACTORS.filter((factor) => weights[factor] > 0).map(
    (factor) => `${FACTOR_LABELS[factor].toLowerCase()} ${points(factors[factor])} × ${weights[factor]} %`,
  );
  return [`Score ${points(score)} of 100: ${parts.join(", ")}.`];
};

const byShare = (customer: TierDetail, { policy, summary }: TierRunDetail): string => {
  const { ranking } = summary;
  const measure = measureOf(customer, summary);
  const total = ranking.by === "score" ? (ranking.total * 100n) / ranking.unit : ranking.total;
  const what = ranking.by === "score" ? "of all points" : "of all profit made";
  const verb = ranking.by === "score" ? "have" : "make";
  const before = percentOf(customer.cumulativeBefore, total) ?? "0.0 %";
  const after = percentOf(customer.cumulativeBefore + measure, total) ?? "0.0 %";
  const reach =
    customer.rank === 1
      ? `It is the best one and ${verb === "make" ? "makes" : "has"} ${after} ${what}.`
      : `The better ones ${verb} ${before} ${what}; with this one it is ${after}.`;
  const { a, b } = policy.shares;
  const rules: Readonly<Record<Tier, string>> = {
    A: `Tier A goes to customers from the top until ${a} % is reached.`,
    B: `${a} % was reached already, and tier B goes on until ${b} %.`,
    C: `${b} % was reached already: the rest is tier C.`,
  };
  return `${reach} ${rules[customer.rawTier]}`;
};

const byRank = ({ policy: { rank } }: TierRunDetail): string =>
  `Tier A is the first ${rank.a} % of the customers, tier B the next ${rank.b} %, and tier C the rest.`;

const policyInWords = (customer: TierDetail, run: TierRunDetail, currency: string): string[] => {
  const { policy, summary } = run;
  if (customer.cm4 < 0n || (customer.cm4 === 0n && cutOf(policy) === "share")) {
    const word = customer.cm4 === 0n ? "made neither profit nor loss" : `lost ${money(-customer.cm4, currency)}`;
    return [`It ${word} in the window, and only customers with a profit can be A or B.`];
  }
  const scored = policy.method === "score" ? scoreInWords(customer, policy.score) : [];
  // Newer figures than the run's are beside the borders alone, not among the others.
  if (customer.countedTo !== null)
    return [...scored, `The borders of the latest run: ${bordersInShort(summary, currency)}.`];
  return [...scored, cutOf(policy) === "share" ? byShare(customer, run) : byRank(run)];
};

const heldInWords = (customer: TierDetail, { policy }: TierRunDetail): string[] => {
  const { rawTier, runTier, runsOnOtherSide, isPinned } = customer;
  if (isPinned || rawTier === runTier || !policy.hysteresis) return [];
  const runs = Math.max(runsOnOtherSide.a, runsOnOtherSide.b);
  return [
    `By the policy alone it would be tier ${rawTier}. It is held in tier ${runTier} until it has been across the border for ${plural(policy.hysteresis.runs, "run")}; so far for ${count(runs)}.`,
  ];
};

const NEIGHBOURS: Readonly<Record<Tier, readonly Tier[]>> = { A: ["B"], B: ["A", "C"], C: ["B"] };

const waysInWords = (customer: TierDetail, { policy, summary }: TierRunDetail, currency: string): string[] => {
  const scored = { borders: shownBorders(summary), ranking: { by: "score", unit: 100n } } as const;
  const frame: RunFrame = { policy, ...(summary.ranking.by === "score" ? scored : summary) };
  const measure = measureOf(customer, summary);
  const at = { ...customer, measure, customer: { value: customer.cm4 } };
  return NEIGHBOURS[customer.tier].flatMap((tier) => {
    const way = wayTo(tier, at, frame);
    // Without a profit there is no border to fall below.
    if (way.kind !== "cross" || (sidesOf(customer.tier).b && customer.cm4 <= 0n)) return [];
    return [undoInWords(way, tier, currency)];
  });
};

/** Why a customer is in its tier, sentence by sentence, and what would take it into the next one. */
export const whyTier = (customer: TierDetail, run: TierRunDetail, currency: string): string[] => {
  // Whatever its figures do, a pin holds.
  if (customer.isPinned) return [place(customer, run), `It was pinned to tier ${customer.tier} by hand.`];
  const provisional = customer.isProvisional
    ? [`Its figures changed since the run: tier ${customer.tier} is provisional until the next run.`]
    : [];
  return [
    place(customer, run),
    ...policyInWords(customer, run, currency),
    ...heldInWords(customer, run),
    ...provisional,
    ...waysInWords(customer, run, currency),
  ];
};

export interface CustomerMoveView extends MoveView {
  readonly runId: string;
  readonly asOf: string;
}

interface CustomerMove extends Move {
  readonly runId: number;
  readonly asOf: Date;
}

/** One of a customer's changes of tier. */
export const presentCustomerMove = (
  move: CustomerMove,
  { currency, timeZone }: { readonly currency: string; readonly timeZone: string },
): CustomerMoveView => ({
  ...presentMove(move, currency),
  runId: String(move.runId),
  asOf: dateTime(move.asOf, timeZone),
});
