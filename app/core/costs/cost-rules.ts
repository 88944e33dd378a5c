import type { Tier } from "../tiers/tier.ts";
import type { ShopDay } from "../time/shop-day.ts";

/** What a rule can charge an order with; each is a kind of ledger entry. */
export const CHARGE_KINDS = [
  "shipping_cost",
  "handling_cost",
  "return_handling",
  "payment_fee",
  "cost_to_serve",
] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/** To which orders a rule applies; a condition that is left out is met by all. */
export interface RuleCondition {
  /** The payment gateway of the transaction (payment_fee) or of any of the order's payments. */
  readonly gateway: string | null;
  /** ISO 3166 codes of where the order is sent; empty: anywhere. */
  readonly countries: readonly string[];
  /** The customer's tier in the latest run; empty: any, also none yet. */
  readonly tiers: readonly Tier[];
}

/**
 * A cost that Shopify does not know. Amounts are minor units of the shop's currency, positive; `percent` in hundredths of a
 * percent (2.5 % is 250), of the order's net sales, of what came back for return_handling, of the transaction for
 * payment_fee.
 */
export interface ChargeRule {
  readonly kind: ChargeKind;
  readonly perOrder: bigint;
  readonly perLine: bigint;
  readonly perUnit: bigint;
  readonly perKg: bigint;
  readonly percent: number;
  readonly when: RuleCondition;
  /** The first day on which it holds; null: it always did. */
  readonly from: ShopDay | null;
}

/** What financing an open invoice costs a year, in hundredths of a percent of the open amount, tax included. */
export interface CreditCostRule {
  readonly kind: "credit_cost";
  readonly percent: number;
  readonly from: ShopDay | null;
}

/** The margin, in hundredths of a percent of net sales, assumed for goods whose unit cost nobody gave. */
export interface FallbackMarginRule {
  readonly kind: "fallback_margin";
  readonly percent: number;
  readonly from: ShopDay | null;
}

export type CostRule = ChargeRule | CreditCostRule | FallbackMarginRule;

/** The shop's cost rules as they stand; entries that follow from them name the version. */
export interface CostRules {
  readonly version: number;
  readonly rules: readonly CostRule[];
}

/** Before the merchant has written any. */
export const NO_COST_RULES: CostRules = { version: 1, rules: [] };

const conditionText = ({ gateway, countries, tiers }: RuleCondition): string =>
  JSON.stringify([gateway, countries.toSorted(), tiers.toSorted()]);

/** Asked for with every order: worked out once a rule. */
const IDENTITIES = new WeakMap<CostRule, string>();

/** Rules of one kind and one condition are states of the same rule over time. */
const identityOf = (rule: CostRule): string => {
  const known = IDENTITIES.get(rule);
  if (known !== undefined) return known;
  const made = `${rule.kind} ${"when" in rule ? conditionText(rule.when) : ""}`;
  IDENTITIES.set(rule, made);
  return made;
};

/**
 * The rules of a kind that hold on a day. Of rules with the same condition only those of the latest start hold; those with
 * different conditions, and those that start on the same day, add up.
 */
export const rulesOn = <Kind extends CostRule["kind"]>(
  { rules }: CostRules,
  kind: Kind,
  day: ShopDay,
): Extract<CostRule, { kind: Kind }>[] => {
  const started = rules.filter((rule) => isOfKind(rule, kind)).filter((rule) => startOf(rule) <= day);
  const latest = new Map<string, number>();
  for (const rule of started) {
    const identity = identityOf(rule);
    latest.set(identity, Math.max(startOf(rule), latest.get(identity) ?? -Infinity));
  }
  return started.filter((rule) => latest.get(identityOf(rule)) === startOf(rule));
};

const startOf = (rule: CostRule): number => rule.from ?? -Infinity;

const isOfKind = <Kind extends CostRule["kind"]>(
  rule: CostRule,
  kind: Kind,
): rule is Extract<CostRule, { kind: Kind }> => rule.kind === kind;
