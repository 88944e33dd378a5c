import { DEFAULT_TIER_POLICY, type Hysteresis, type TierPolicy, type TierWindow } from "./policy.ts";

/** The fields of the form of a policy, as text. */
export const POLICY_FIELDS = [
  "method",
  "window",
  "days",
  "shareA",
  "shareB",
  "rankA",
  "rankB",
  "cut",
  "profit",
  "receivables",
  "cooperation",
  "hysteresis",
  "fallBelow",
  "riseAbove",
  "runs",
  "topPercent",
  "pruneOrders",
  "pruneDays",
  "newDays",
] as const;
export type PolicyField = (typeof POLICY_FIELDS)[number];
export type PolicyFields = Readonly<Record<PolicyField, string>>;

/** What is wrong, by field. */
export type PolicyFaults = Partial<Readonly<Record<PolicyField, string>>>;

export type PolicyRead =
  { readonly ok: true; readonly policy: TierPolicy } | { readonly ok: false; readonly faults: PolicyFaults };

const DEFAULT_HYSTERESIS: Hysteresis = { fallBelow: 90, riseAbove: 110, runs: 2 };
const DEFAULT_DAYS = 365;
const LONGEST_DAYS = 36_500;

/** The form of a policy as it is. What it does not say, such as the days of all time, is as by default. */
export const fieldsOfPolicy = (policy: TierPolicy): PolicyFields => {
  const { window, shares, rank, score, prune } = policy;
  const hysteresis = policy.hysteresis ?? DEFAULT_TIER_POLICY.hysteresis ?? DEFAULT_HYSTERESIS;
  return {
    method: policy.method,
    window: window.kind,
    days: String(window.kind === "days" ? window.days : DEFAULT_DAYS),
    shareA: String(shares.a),
    shareB: String(shares.b),
    rankA: String(rank.a),
    rankB: String(rank.b),
    cut: score.cut,
    profit: String(score.weights.profit),
    receivables: String(score.weights.receivables),
    cooperation: String(score.weights.cooperation),
    hysteresis: policy.hysteresis === null ? "off" : "on",
    fallBelow: String(hysteresis.fallBelow),
    riseAbove: String(hysteresis.riseAbove),
    runs: String(hysteresis.runs),
    topPercent: String(policy.topPercent),
    pruneOrders: String(prune.minOrders),
    pruneDays: String(prune.minDays),
    newDays: String(policy.newDays),
  };
};

/** Which fields a form shows: what another method or another window reads is left as it was. */
export const fieldsShown = (
  fields: Pick<PolicyFields, "method" | "window" | "cut" | "hysteresis">,
): ReadonlySet<PolicyField> => {
  const cut = fields.method === "score" ? fields.cut : fields.method;
  const unseen: readonly PolicyField[] = [
    ...(fields.window === "days" ? [] : (["days"] as const)),
    ...(fields.method === "score" ? [] : (["cut", "profit", "receivables", "cooperation"] as const)),
    ...(cut === "rank" ? (["shareA", "shareB"] as const) : (["rankA", "rankB"] as const)),
    ...(fields.hysteresis === "on" ? [] : (["fallBelow", "riseAbove", "runs"] as const)),
  ];
  return new Set(POLICY_FIELDS.filter((field) => !unseen.includes(field)));
};

const LIMITS = {
  days: [1, LONGEST_DAYS],
  shareA: [1, 100],
  shareB: [1, 100],
  rankA: [0, 100],
  rankB: [0, 100],
  profit: [0, 100],
  receivables: [0, 100],
  cooperation: [0, 100],
  fallBelow: [0, 100],
  riseAbove: [100, 1000],
  runs: [1, 100],
  topPercent: [1, 100],
  pruneOrders: [0, 1000],
  pruneDays: [0, LONGEST_DAYS],
  newDays: [0, LONGEST_DAYS],
} as const satisfies Partial<Record<PolicyField, readonly [number, number]>>;

type NumberField = keyof typeof LIMITS;

const oneOf = <T extends string>(allowed: readonly T[], text: string): T | null =>
  allowed.find((one) => one === text) ?? null;

/** Reads fields one by one, and remembers what is wrong with each. */
const reader = (fields: PolicyFields) => {
  const faults: Partial<Record<PolicyField, string>> = {};
  const choice = <T extends string>(field: PolicyField, allowed: readonly [T, ...T[]]): T => {
    const chosen = oneOf(allowed, fields[field]);
    if (chosen === null) faults[field] = "Choose one of these.";
    return chosen ?? allowed[0];
  };
  const whole = (field: NumberField): number => {
    const [least, most] = LIMITS[field];
    const text = fields[field].trim();
    const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (number >= least && number <= most) return number;
    faults[field] = `Give a whole number from ${least} to ${most}.`;
    return least;
  };
  return { faults, choice, whole };
};

type Reader = ReturnType<typeof reader>;

const windowOf = ({ choice, whole }: Reader): TierWindow => {
  const days = whole("days");
  return choice("window", ["days", "all"]) === "all" ? { kind: "all" } : { kind: "days", days };
};

const hysteresisOf = ({ choice, whole }: Reader): Hysteresis | null => {
  const rule = { fallBelow: whole("fallBelow"), riseAbove: whole("riseAbove"), runs: whole("runs") };
  return choice("hysteresis", ["on", "off"]) === "on" ? rule : null;
};

/** What is wrong between fields that are right by themselves. */
const faultsBetween = ({ shares, rank, score }: TierPolicy): PolicyFaults => {
  const { profit, receivables, cooperation } = score.weights;
  const weights = profit + receivables + cooperation;
  return {
    ...(shares.b < shares.a ? { shareB: "B goes on where A ends: give as much as for A, or more." } : {}),
    ...(rank.a + rank.b > 100 ? { rankB: "A and B together cannot be more than 100 %." } : {}),
    ...(weights === 100 ? {} : { cooperation: `The weights have to be 100 % together; they are ${weights} %.` }),
  };
};

/**
 * A policy from a form. Fields that are not sent, and those that the form does not show for the chosen method and window,
 * are as in the policy that there is.
 *
 * @example policyFromFields({ method: "rank", rankA: "10" }, DEFAULT_TIER_POLICY) // the first 10 % are A, the next 30 % B
 */
export const policyFromFields = (sent: Partial<PolicyFields>, current: TierPolicy): PolicyRead => {
  const stands = fieldsOfPolicy(current);
  const filled = { ...stands, ...sent };
  const shown = fieldsShown(filled);
  const fields = { ...filled };
  for (const field of POLICY_FIELDS) if (!shown.has(field)) fields[field] = stands[field];

  const read = reader(fields);
  const { choice, whole } = read;
  const policy: TierPolicy = {
    method: choice("method", ["share", "rank", "score"]),
    window: windowOf(read),
    shares: { a: whole("shareA"), b: whole("shareB") },
    rank: { a: whole("rankA"), b: whole("rankB") },
    score: {
      weights: { profit: whole("profit"), receivables: whole("receivables"), cooperation: whole("cooperation") },
      cut: choice("cut", ["share", "rank"]),
    },
    hysteresis: hysteresisOf(read),
    topPercent: whole("topPercent"),
    prune: { minOrders: whole("pruneOrders"), minDays: whole("pruneDays") },
    newDays: whole("newDays"),
  };
  const faults = { ...faultsBetween(policy), ...read.faults };
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, policy };
};
