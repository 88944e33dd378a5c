import type { ChargeKind, ChargeRule, CostRule, CostRules } from "#app/core/costs/cost-rules.ts";
import { exampleOf } from "#app/core/costs/example.ts";
import { formatPercent, isCharge, type RuleFault } from "#app/core/costs/rule-json.ts";
import { day, money, plural } from "./format.ts";

/** What a kind of rule is called, what it is for, and what its amounts are counted by. */
interface KindWords {
  readonly label: string;
  readonly meaning: string;
  readonly per: Readonly<Record<"perOrder" | "perLine" | "perUnit" | "perKg", string>>;
  readonly percentOf: string;
}

const PER_SALE = { perOrder: "order", perLine: "order line", perUnit: "unit", perKg: "kg" };

export const KIND_WORDS: Readonly<Record<ChargeKind, KindWords>> = {
  shipping_cost: {
    label: "Shipping cost",
    meaning: "What the carrier takes for an order. Cancelled orders and gift cards are not sent.",
    per: PER_SALE,
    percentOf: "of net sales",
  },
  handling_cost: {
    label: "Handling cost",
    meaning: "Picking, packing and material for an order that is sent.",
    per: PER_SALE,
    percentOf: "of net sales",
  },
  return_handling: {
    label: "Handling of returns",
    meaning: "Receiving and checking what comes back, on the day of the refund.",
    per: { perOrder: "return", perLine: "returned line", perUnit: "returned unit", perKg: "returned kg" },
    percentOf: "of what came back",
  },
  payment_fee: {
    label: "Payment fee",
    meaning: "What a payment costs where Shopify names no fee. A fee that Shopify names always counts instead.",
    per: { ...PER_SALE, perOrder: "payment" },
    percentOf: "of the payment",
  },
  cost_to_serve: {
    label: "Cost to serve",
    meaning: "Time spent on a customer's order: questions, visits, invoices by hand.",
    per: PER_SALE,
    percentOf: "of net sales",
  },
};

const joined = (parts: readonly string[], word: string): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${word} ${parts.at(-1)}`;

const sinceText = ({ from }: CostRule): string => (from === null ? "" : `, from ${day(from)} on`);

const amountsText = (rule: ChargeRule, currency: string): string => {
  const { per, percentOf } = KIND_WORDS[rule.kind];
  const amounts = (["perOrder", "perLine", "perUnit", "perKg"] as const)
    .filter((field) => rule[field] !== 0n)
    .map((field) => `${money(rule[field], currency)} per ${per[field]}`);
  const all = rule.percent === 0 ? amounts : [...amounts, `${formatPercent(rule.percent)} % ${percentOf}`];
  return all.length === 0 ? "Nothing" : all.join(" + ");
};

const conditionText = ({ kind, when: { gateway, countries, tiers } }: ChargeRule): string => {
  const paid = kind === "payment_fee" ? `by ${gateway}` : `paid by ${gateway}`;
  const parts = [
    ...(gateway === null ? [] : [paid]),
    ...(countries.length === 0 ? [] : [`sent to ${joined(countries, "or")}`]),
    ...(tiers.length === 0 ? [] : [`of customers in tier ${joined(tiers, "or")}`]),
  ];
  return parts.length === 0
    ? ""
    : `, ${kind === "payment_fee" ? "for payments" : "for orders"} ${joined(parts, "and")}`;
};

/** A rule in words: "$2.50 per order + $0.40 per kg, for orders sent to GB or DE, from 2025-01-01 on". */
export const ruleText = (rule: CostRule, currency: string): string => {
  if (rule.kind === "credit_cost")
    return `${formatPercent(rule.percent)} % a year of the open amount${sinceText(rule)}`;
  if (rule.kind === "fallback_margin") return `${formatPercent(rule.percent)} % of net sales${sinceText(rule)}`;
  return amountsText(rule, currency) + conditionText(rule) + sinceText(rule);
};

const subjectOf = (rule: ChargeRule, currency: string): string => {
  const { base } = exampleOf(rule, currency);
  const worth = money(base.percentOf, currency);
  const weight = `${base.grams / 1000} kg`;
  const { gateway, countries, tiers } = rule.when;
  const tier = tiers[0] === undefined ? "" : ` by a customer in tier ${tiers[0]}`;
  const paid = gateway === null ? "" : ` paid by ${gateway}`;
  const sent = countries[0] === undefined ? "" : ` sent to ${countries[0]}`;
  if (rule.kind === "payment_fee")
    return `a payment of ${worth}${gateway === null ? "" : ` by ${gateway}`}${sent && ` for an order${sent}`}${tier}`;
  if (rule.kind === "return_handling")
    return `${plural(base.units, "returned unit")} at ${worth} (${weight})${tier}${paid}${sent}`;
  return `an order of ${plural(base.units, "unit")} in ${plural(base.lines, "line")} at ${worth} (${weight})${tier}${paid}${sent}`;
};

/** "For an order of 3 units in 2 lines at $60.00 (1.5 kg) sent to GB this costs $5.10." */
export const exampleText = (rule: ChargeRule, currency: string): string =>
  `For ${subjectOf(rule, currency)} this costs ${money(exampleOf(rule, currency).amount, currency)}.`;

export interface RuleView {
  /** Its place in the list of all rules. */
  readonly place: number;
  readonly label: string;
  readonly text: string;
}

/** The rules of the page: charges in a list, margins and rates each with their own form. */
export interface RulesView {
  readonly version: number;
  readonly charges: readonly RuleView[];
  readonly margins: readonly RuleView[];
  readonly rates: readonly RuleView[];
  /** What the small forms begin with: the percentage that holds for all time; blank where there is none. */
  readonly margin: string;
  readonly rate: string;
}

export const presentRules = ({ version, rules }: CostRules, currency: string): RulesView => {
  const views = rules.map((rule, place) => ({
    rule,
    view: { place, label: isCharge(rule) ? KIND_WORDS[rule.kind].label : "", text: ruleText(rule, currency) },
  }));
  const of = (kind: CostRule["kind"]): RuleView[] =>
    views.filter(({ rule }) => rule.kind === kind).map(({ view }) => view);
  const always = (kind: CostRule["kind"]): string => {
    const rule = rules.find((one) => one.kind === kind && one.from === null);
    return rule ? formatPercent(rule.percent) : "";
  };
  return {
    version,
    charges: views.filter(({ rule }) => isCharge(rule)).map(({ view }) => view),
    margins: of("fallback_margin"),
    rates: of("credit_cost"),
    margin: always("fallback_margin"),
    rate: always("credit_cost"),
  };
};

/** "Rule 3, perOrder: is not an amount". */
export const ruleFaultText = ({ rule, field, reason }: RuleFault): string => {
  if (rule === null) return reason;
  return `Rule ${rule + 1}${field === "" ? "" : `, ${field}`}: ${reason}`;
};
