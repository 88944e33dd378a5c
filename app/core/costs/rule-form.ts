import { TIERS } from "../customers/customer-filter.ts";
import { formatAmount } from "../money/money.ts";
import { formatDay } from "../time/shop-day.ts";
import {
  CHARGE_KINDS,
  type ChargeKind,
  type ChargeRule,
  type CreditCostRule,
  type FallbackMarginRule,
} from "./cost-rules.ts";
import { formatPercent, PER_FIELDS, rulesFromJson, type ChargeJson } from "./rule-json.ts";

/** The fields of the form of a charge, as they are typed; blank where nothing is. */
export interface ChargeFields {
  readonly kind: ChargeKind;
  readonly perOrder: string;
  readonly perLine: string;
  readonly perUnit: string;
  readonly perKg: string;
  readonly percent: string;
  readonly gateway: string;
  /** Country codes with commas or spaces between them. */
  readonly countries: string;
  readonly tiers: readonly string[];
  readonly from: string;
}

/** What is wrong with a form, by field. */
export type FieldFaults = Readonly<Record<string, string>>;

export type FormRead<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: FieldFaults };

export const BLANK_CHARGE: ChargeFields = {
  kind: "shipping_cost",
  perOrder: "",
  perLine: "",
  perUnit: "",
  perKg: "",
  percent: "",
  gateway: "",
  countries: "",
  tiers: [],
  from: "",
};

/** A payment has neither lines nor units nor weight: what a payment is charged by is less. */
export const fieldsFor = (kind: ChargeKind): readonly (keyof ChargeFields)[] =>
  kind === "payment_fee" ? ["perOrder", "percent"] : [...PER_FIELDS, "percent"];

const typed = (text: string): string | undefined => (text.trim() === "" ? undefined : text.trim());

const jsonOf = (fields: ChargeFields): ChargeJson => {
  const countries = fields.countries
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((code) => code !== "");
  const asked = fieldsFor(fields.kind);
  const amount = (field: (typeof PER_FIELDS)[number]): string | undefined =>
    asked.includes(field) ? typed(fields[field]) : undefined;
  return {
    kind: fields.kind,
    perOrder: amount("perOrder"),
    perLine: amount("perLine"),
    perUnit: amount("perUnit"),
    perKg: amount("perKg"),
    percent: typed(fields.percent),
    when: {
      gateway: typed(fields.gateway),
      country: countries,
      tier: TIERS.filter((tier) => fields.tiers.includes(tier)),
    },
    from: typed(fields.from),
  };
};

/** Where a fault of a rule's JSON stands in the form. */
const FIELD_OF: Readonly<Record<string, string>> = { "when.gateway": "gateway", "when.country": "countries" };

const sentence = (reason: string): string => (reason.startsWith('"') ? `${reason}.` : `This ${reason}.`);

/**
 * The rule that a form says, or what is wrong with it by field. Every amount may be left blank but not all of them: 0 ends
 * a rule from its day on.
 */
export const chargeFromFields = (fields: ChargeFields, currency: string): FormRead<ChargeRule> => {
  const json = jsonOf(fields);
  if (fieldsFor(fields.kind).every((field) => typed(String(fields[field])) === undefined)) {
    return { ok: false, faults: { perOrder: "Give at least one amount; 0 ends the rule from its day on." } };
  }
  const read = rulesFromJson([json], currency);
  if (!read.ok) {
    const faults = read.faults.map(({ field, reason }) => [FIELD_OF[field] ?? field, sentence(reason)]);
    return { ok: false, faults: Object.fromEntries(faults) };
  }
  const rule = read.value.find((one) => one.kind === fields.kind);
  if (rule === undefined || !("when" in rule)) throw new Error("A charge was read as another rule");
  return { ok: true, value: rule };
};

/** The form of a rule; amounts of 0 are left blank, unless the rule charges nothing. */
export const fieldsOfCharge = (rule: ChargeRule, currency: string): ChargeFields => {
  const amounts = PER_FIELDS.map((field) => [field, rule[field] === 0n ? "" : formatAmount(rule[field], currency)]);
  const isNothing = rule.percent === 0 && PER_FIELDS.every((field) => rule[field] === 0n);
  return {
    ...BLANK_CHARGE,
    kind: rule.kind,
    ...Object.fromEntries(amounts),
    ...(isNothing ? { perOrder: formatAmount(0n, currency) } : {}),
    percent: rule.percent === 0 ? "" : formatPercent(rule.percent),
    gateway: rule.when.gateway ?? "",
    countries: rule.when.countries.join(", "),
    tiers: rule.when.tiers,
    from: rule.from === null ? "" : formatDay(rule.from),
  };
};

/** A credit cost or a fallback margin from its form's two fields. */
export const shareFromFields = (
  kind: "credit_cost" | "fallback_margin",
  { percent, from }: { readonly percent: string; readonly from: string },
): FormRead<CreditCostRule | FallbackMarginRule> => {
  const day = { from: typed(from) };
  const text = percent.trim();
  // Amounts have no part in it, and so no currency.
  const read = rulesFromJson(
    [kind === "credit_cost" ? { kind, annualPercent: text, ...day } : { kind, percent: text, ...day }],
    "USD",
  );
  if (!read.ok) {
    const faults = read.faults.map(({ field, reason }) => [field === "from" ? "from" : "percent", sentence(reason)]);
    return { ok: false, faults: Object.fromEntries(faults) };
  }
  const rule = read.value.find((one) => one.kind === "credit_cost" || one.kind === "fallback_margin");
  if (!rule) throw new Error("A percentage was read as another rule");
  return { ok: true, value: rule };
};

export const isChargeKind = (kind: string): kind is ChargeKind => CHARGE_KINDS.some((one) => one === kind);
