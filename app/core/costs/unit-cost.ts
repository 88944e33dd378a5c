import type { LedgerContext } from "../ledger/context.ts";
import { saleOf } from "../ledger/context.ts";
import type { LedgerEntry, Occasion, Provenance } from "../ledger/entry.ts";
import { netSaleOf } from "../ledger/line-sale.ts";
import { divideHalfUp } from "../money/money.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { rulesOn } from "./cost-rules.ts";

/** The version of the rule by which goods are costed: the unit cost in force on the day of the sale. */
export const COST_RULE_VERSION = 1;

/** What a number of units of a line cost, in minor units, and how sure that is. */
export interface GoodsCost {
  readonly amount: bigint;
  readonly provenance: Provenance;
  readonly ruleVersion: number;
}

/** The cost of goods of one line, by the unit. */
export interface LineCost {
  /** False where nobody gave a unit cost, also when a fallback margin stands in for it. */
  readonly isKnown: boolean;
  /** The cost of the units after the first `from`; units that are costed one after the other add up to the line. */
  readonly of: (units: number, from?: number) => GoodsCost;
}

const UNKNOWN: LineCost = {
  isKnown: false,
  of: () => ({ amount: 0n, provenance: "unknown", ruleVersion: COST_RULE_VERSION }),
};

/**
 * What a line's goods cost: the unit cost in force on the day of its sale; where there is none, what the fallback margin
 * leaves of the net sale; where there is no such margin either, unknown.
 */
export const lineCost = (order: Order, line: OrderLine, context: LedgerContext): LineCost => {
  const { day } = saleOf(order, line.id, context);
  const cost = line.variantId === null ? null : context.unitCostOn(line.variantId, day);
  if (cost !== null) {
    const { amount, provenance } = cost;
    return {
      isKnown: true,
      of: (units) => ({ amount: amount * BigInt(units), provenance, ruleVersion: COST_RULE_VERSION }),
    };
  }
  const fallback = rulesOn(context.rules, "fallback_margin", day).at(-1);
  if (!fallback) return UNKNOWN;
  const whole = netSaleOf(line, order.taxesIncluded) * BigInt(10_000 - fallback.percent);
  const upTo = (units: number): bigint => divideHalfUp(whole * BigInt(units), BigInt(line.quantity) * 10_000n);
  return {
    isKnown: false,
    of: (units, from = 0) => ({
      amount: upTo(from + units) - upTo(from),
      provenance: "rule",
      ruleVersion: context.rules.version,
    }),
  };
};

/** An entry of the cost of goods; negative when they are sold, positive when they come back. */
export const costEntry = (
  kind: "cogs" | "cogs_restocked",
  line: OrderLine,
  when: Occasion,
  { amount, ...cost }: GoodsCost,
): LedgerEntry => ({
  kind,
  lineId: line.id,
  ...when,
  amount: kind === "cogs" ? -amount : amount,
  ...cost,
});
