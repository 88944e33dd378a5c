import { exponentOf } from "../money/money.ts";
import { chargeOf, type ChargeBase } from "./charges.ts";
import type { ChargeKind, ChargeRule } from "./cost-rules.ts";

/** What a rule costs in an example that a person can check in the head. */
export interface RuleExample {
  readonly base: ChargeBase;
  /** Minor units of the shop's currency. */
  readonly amount: bigint;
}

/** Sixty dollars, six thousand yen, sixty dinars. */
const exampleValue = (currency: string): bigint => 6000n * 10n ** BigInt(Math.max(0, exponentOf(currency) - 2));

/** An order of 3 units in 2 lines, 1.5 kg; of it a unit of 0.5 kg comes back. A payment is of the whole order. */
const baseOf = (kind: ChargeKind, currency: string): ChargeBase => {
  const percentOf = exampleValue(currency);
  if (kind === "payment_fee") return { lines: 0, units: 0, grams: 0, percentOf };
  if (kind === "return_handling") return { lines: 1, units: 1, grams: 500, percentOf: percentOf / 3n };
  return { lines: 2, units: 3, grams: 1500, percentOf };
};

/**
 * What a rule costs for the example.
 *
 * @example 2.50 an order, 0.40 a kilogram, 1 %: 2.50 + 0.60 + 0.60 = 3.70 for an order of 60.00 with 1.5 kg
 */
export const exampleOf = (rule: ChargeRule, currency: string): RuleExample => {
  const base = baseOf(rule.kind, currency);
  return { base, amount: chargeOf(rule, base) };
};
