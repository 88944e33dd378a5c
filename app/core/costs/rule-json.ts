import { formatAmount, InvalidAmountError, parseAmount } from "../money/money.ts";
import type { Tier } from "../tiers/tier.ts";
import { formatDay, isDay, parseDay } from "../time/shop-day.ts";
import { CHARGE_KINDS, type ChargeKind, type ChargeRule, type CostRule, type RuleCondition } from "./cost-rules.ts";

/** A condition as it is written: what is left out is met by all orders. */
export interface ConditionJson {
  readonly gateway?: string | undefined;
  readonly country?: readonly string[] | undefined;
  readonly tier?: readonly Tier[] | undefined;
}

/** A charge as it is written: decimal strings in the shop's currency, a percentage with up to two decimals. */
export interface ChargeJson {
  readonly kind: ChargeKind;
  readonly perOrder?: string | undefined;
  readonly perLine?: string | undefined;
  readonly perUnit?: string | undefined;
  readonly perKg?: string | undefined;
  readonly percent?: string | undefined;
  readonly when?: ConditionJson | undefined;
  readonly from?: string | undefined;
}

export interface CreditCostJson {
  readonly kind: "credit_cost";
  readonly annualPercent: string;
  readonly from?: string | undefined;
}

export interface FallbackMarginJson {
  readonly kind: "fallback_margin";
  readonly percent: string;
  readonly from?: string | undefined;
}

/** A cost rule as merchants, files and the database write it. */
export type CostRuleJson = ChargeJson | CreditCostJson | FallbackMarginJson;

/** What is wrong with a rule: which one, counted from 0 (null: none of them), in which of its fields, and why. */
export interface RuleFault {
  readonly rule: number | null;
  readonly field: string;
  readonly reason: string;
}

export type Read<T, Fault = RuleFault> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

export const PER_FIELDS = ["perOrder", "perLine", "perUnit", "perKg"] as const;

/** Amounts as a rule may have them; how many decimals there may be is up to the currency. */
export const AMOUNT_PATTERN = /^\d{1,12}(\.\d{1,6})?$/;
export const PERCENT_PATTERN = /^\d{1,4}(\.\d{1,2})?$/;
export const COUNTRY_PATTERN = /^[A-Z]{2}$/;
export const LONGEST_GATEWAY = 100;
export const MOST_RULES = 200;

/** The highest percentages, in hundredths of a percent: of a sale there is no more than all; a year's interest may be. */
const HIGHEST_PERCENT = 100_00;
const HIGHEST_ANNUAL_PERCENT = 1000_00;

export const isCharge = (rule: CostRule): rule is ChargeRule => CHARGE_KINDS.some((kind) => kind === rule.kind);

/** Hundredths of a percent of "2.5": 250. Null for what is no percentage with up to two decimals. */
export const parsePercent = (text: string): number | null => {
  if (!PERCENT_PATTERN.test(text)) return null;
  const [whole = "", fraction = ""] = text.split(".");
  return Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
};

/** "2.5" of 250 hundredths of a percent. */
export const formatPercent = (hundredths: number): string => {
  const fraction = String(hundredths % 100)
    .padStart(2, "0")
    .replace(/0+$/, "");
  return `${Math.floor(hundredths / 100)}${fraction === "" ? "" : `.${fraction}`}`;
};

type Complain = (field: string, reason: string) => void;

const amountOf = (text: string | undefined, field: string, currency: string, complain: Complain): bigint => {
  if (text === undefined) return 0n;
  if (!AMOUNT_PATTERN.test(text)) {
    complain(field, "is not an amount: write digits, with a point before the decimals, such as 2.50");
    return 0n;
  }
  try {
    return parseAmount(text, currency);
  } catch (error) {
    if (!(error instanceof InvalidAmountError)) throw error;
    complain(field, `is too fine: ${error.message}`);
    return 0n;
  }
};

const percentOf = (text: string, field: string, highest: number, complain: Complain): number => {
  const percent = parsePercent(text);
  if (percent !== null && percent <= highest) return percent;
  complain(field, `is not a percentage from 0 to ${highest / 100} with up to two decimals`);
  return 0;
};

const dayOf = (text: string | undefined, complain: Complain): number | null => {
  if (text === undefined) return null;
  if (isDay(text)) return parseDay(text);
  complain("from", "is not a day: write it as 2025-01-31");
  return null;
};

const conditionOf = (json: ConditionJson | undefined, complain: Complain): RuleCondition => {
  const { gateway, country = [], tier = [] } = json ?? {};
  if (gateway !== undefined && (gateway.trim() === "" || gateway.length > LONGEST_GATEWAY)) {
    complain("when.gateway", `is not a payment gateway: it has 1 to ${LONGEST_GATEWAY} characters`);
  }
  for (const code of country.filter((one) => !COUNTRY_PATTERN.test(one))) {
    complain("when.country", `"${code}" is not a country code of two capital letters, such as GB`);
  }
  return { gateway: gateway ?? null, countries: [...new Set(country)], tiers: [...new Set(tier)] };
};

const ruleOf = (json: CostRuleJson, currency: string, complain: Complain): CostRule => {
  const from = dayOf(json.from, complain);
  if (json.kind === "credit_cost") {
    return {
      kind: json.kind,
      percent: percentOf(json.annualPercent, "annualPercent", HIGHEST_ANNUAL_PERCENT, complain),
      from,
    };
  }
  const percent = percentOf(json.percent ?? "0", "percent", HIGHEST_PERCENT, complain);
  if (json.kind === "fallback_margin") return { kind: json.kind, percent, from };
  const per = (field: (typeof PER_FIELDS)[number]): bigint => amountOf(json[field], field, currency, complain);
  return {
    kind: json.kind,
    perOrder: per("perOrder"),
    perLine: per("perLine"),
    perUnit: per("perUnit"),
    perKg: per("perKg"),
    percent,
    when: conditionOf(json.when, complain),
    from,
  };
};

/** Only one credit cost and one fallback margin can hold on a day; charges may add up. */
const complainOfPairs = (rules: readonly CostRule[], complain: (fault: RuleFault) => void): void => {
  const seen = new Map<string, number>();
  for (const [index, rule] of rules.entries()) {
    if (isCharge(rule)) continue;
    const key = `${rule.kind} ${rule.from ?? ""}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, index);
    else complain({ rule: index, field: "from", reason: `rule ${other + 1} is of the same kind and day` });
  }
};

/**
 * The rules that a list says, in the shop's currency, or everything that is wrong with it.
 *
 * @example rulesFromJson([{ kind: "shipping_cost", perOrder: "2.50" }], "USD") // perOrder is 250n, all else 0
 */
export const rulesFromJson = (list: readonly CostRuleJson[], currency: string): Read<CostRule[]> => {
  const faults: RuleFault[] = [];
  const rules = list.map((json, rule) =>
    ruleOf(json, currency, (field, reason) => void faults.push({ rule, field, reason })),
  );
  if (rules.length > MOST_RULES) faults.push({ rule: null, field: "", reason: `There can be ${MOST_RULES} rules.` });
  if (faults.length === 0) complainOfPairs(rules, (fault) => void faults.push(fault));
  return faults.length === 0 ? { ok: true, value: rules } : { ok: false, faults };
};

const conditionToJson = ({ gateway, countries, tiers }: RuleCondition): { when?: ConditionJson } => {
  if (gateway === null && countries.length === 0 && tiers.length === 0) return {};
  return {
    when: {
      ...(gateway === null ? {} : { gateway }),
      ...(countries.length === 0 ? {} : { country: countries }),
      ...(tiers.length === 0 ? {} : { tier: tiers }),
    },
  };
};

/** A rule as it is written; amounts of zero and conditions that all orders meet are left out. */
const ruleToJson = (rule: CostRule, currency: string): CostRuleJson => {
  const from = rule.from === null ? {} : { from: formatDay(rule.from) };
  const percent = formatPercent(rule.percent);
  if (rule.kind === "credit_cost") return { kind: rule.kind, annualPercent: percent, ...from };
  if (rule.kind === "fallback_margin") return { kind: rule.kind, percent, ...from };
  const amounts = PER_FIELDS.filter((field) => rule[field] !== 0n).map((field) => [
    field,
    formatAmount(rule[field], currency),
  ]);
  return {
    kind: rule.kind,
    ...Object.fromEntries(amounts),
    ...(rule.percent === 0 ? {} : { percent }),
    ...conditionToJson(rule.when),
    ...from,
  };
};

export const rulesToJson = (rules: readonly CostRule[], currency: string): CostRuleJson[] =>
  rules.map((rule) => ruleToJson(rule, currency));
