import { cutOf, FACTORS, type Factor, type TierPolicy, type TierWindow } from "#app/core/tiers/policy.ts";

import { POLICY_FIELDS, type PolicyField, type PolicyFields } from "#app/core/tiers/policy-form.ts";
import { plural } from "./format.ts";

export const FACTOR_LABELS: Readonly<Record<Factor, string>> = {
  profit: "Profit",
  receivables: "Payment",
  cooperation: "Cooperation",
};

const windowInWords = (window: TierWindow): string =>
  window.kind === "all" ? "all time" : `the last ${plural(window.days, "day")}`;

const cutInWords = (policy: TierPolicy): string =>
  cutOf(policy) === "share"
    ? `A up to ${policy.shares.a} %, B up to ${policy.shares.b} %`
    : `A the first ${policy.rank.a} % of customers, B the next ${policy.rank.b} %`;

const methodInWords = (policy: TierPolicy): string => {
  if (policy.method === "share") return `By share of profit: ${cutInWords(policy)}`;
  if (policy.method === "rank") return `By rank: ${cutInWords(policy)}`;
  const { weights, cut } = policy.score;
  const weighed = FACTORS.filter((factor) => weights[factor] > 0).map(
    (factor) => `${FACTOR_LABELS[factor].toLowerCase()} ${weights[factor]} %`,
  );
  return `By score (${weighed.join(", ")}), then by ${cut}: ${cutInWords(policy)}`;
};

/** A policy in two sentences, for a history of runs. */
export const policyInWords = (policy: TierPolicy): string => {
  const { hysteresis } = policy;
  const calm =
    hysteresis === null
      ? "Borders are crossed at once"
      : `A border is crossed below ${hysteresis.fallBelow} % or above ${hysteresis.riseAbove} % of it, or after ${plural(hysteresis.runs, "run")}`;
  return `${methodInWords(policy)}; ${windowInWords(policy.window)}. ${calm}.`;
};

/** The fields that a request brings; what it does not bring stays as it is. */
export const policyFieldsOf = (form: FormData): Partial<PolicyFields> => {
  const fields: Partial<Record<PolicyField, string>> = {};
  for (const field of POLICY_FIELDS) {
    const value = form.get(field);
    if (typeof value === "string") fields[field] = value;
  }
  return fields;
};
