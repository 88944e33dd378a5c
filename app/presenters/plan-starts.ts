import { exponentOf, formatAmount } from "#app/core/money/money.ts";
import { EMPTY_PLAN } from "#app/core/plan/plan.ts";
import type { PlanJson, PlanPartJson } from "#app/core/plan/plan-json.ts";

/** A plan to start from. */
export interface PlanStart {
  readonly name: string;
  readonly about: string;
  readonly plan: PlanJson;
}

const startingWith = (part: PlanPartJson): PlanJson => ({ title: EMPTY_PLAN.title, parts: [part] });

/** So many dollars, or about as much in a currency without cents. */
const about = (dollars: bigint, currency: string): string => {
  const inCents = dollars * 100n;
  return formatAmount(exponentOf(currency) === 3 ? inCents * 10n : inCents, currency);
};

export const planStarts = (currency: string): PlanStart[] => [
  {
    name: "Quantity break",
    about: "12 of a product in one order: 5\u00a0% off, 24: 10\u00a0%, 48: 15\u00a0%.",
    plan: startingWith({
      kind: "quantity-break",
      scope: "product",
      measure: "units",
      steps: [
        { from: 12, percent: "5" },
        { from: 24, percent: "10" },
        { from: 48, percent: "15" },
      ],
    }),
  },
  {
    name: "Yearly volume",
    about: "The more a customer has bought this year, the more is taken off: 2\u00a0%, 4\u00a0%, 6\u00a0%.",
    plan: startingWith({
      kind: "cumulative",
      window: { calendar: "year" },
      measure: "net-sales",
      steps: [
        { from: about(1000n, currency), percent: "2" },
        { from: about(5000n, currency), percent: "4" },
        { from: about(10_000n, currency), percent: "6" },
      ],
    }),
  },
  {
    name: "Prices by tier",
    about: "A customers get 10\u00a0% off, B customers 5\u00a0%.",
    plan: startingWith({ kind: "tier-price", tiers: { A: "10", B: "5" } }),
  },
];
