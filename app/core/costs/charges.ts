import { occasion, type LedgerContext } from "../ledger/context.ts";
import type { LedgerEntry, Occasion } from "../ledger/entry.ts";
import { netSaleOf } from "../ledger/line-sale.ts";
import { removedUnits } from "../ledger/removed-units.ts";
import { divideHalfUp, sum } from "../money/money.ts";
import { isPayment, type Order, type Refund } from "../orders/order.ts";
import { rulesOn, type ChargeKind, type ChargeRule } from "./cost-rules.ts";

/** What a charge is measured by. `percentOf` in minor units, weight in grams. */
export interface ChargeBase {
  readonly lines: number;
  readonly units: number;
  readonly grams: number;
  readonly percentOf: bigint;
}

/**
 * What a rule charges, in minor units: so much an order, a line, a unit and a kilogram, and a percentage; each part that
 * does not come out even is rounded half up.
 *
 * @example { perOrder: 250n, perUnit: 10n, percent: 150 (1.5 %) } for 3 units of 60.00 in all: 250 + 30 + 90 = 370
 */
export const chargeOf = (rule: ChargeRule, { lines, units, grams, percentOf }: ChargeBase): bigint =>
  rule.perOrder +
  rule.perLine * BigInt(lines) +
  rule.perUnit * BigInt(units) +
  divideHalfUp(rule.perKg * BigInt(grams), 1000n) +
  divideHalfUp(percentOf * BigInt(rule.percent), 10_000n);

/** Costs of the shop's rules: shipping, handling, serving, returns, and payments for which Shopify names no fee. */
export const chargesOfOrder = (order: Order, context: LedgerContext): LedgerEntry[] => {
  if (context.rules.rules.length === 0) return [];
  const placed = occasion(context, { type: "order", id: order.id }, order.processedAt);
  const sold = baseOfOrder(order, context);
  // What was cancelled was not sent, and gift cards are sent by e-mail.
  const isSent = order.cancelledAt === null && sold.units > 0;
  return [
    ...(isSent ? charge(order, "shipping_cost", { when: placed, base: sold }, context) : []),
    ...(isSent ? charge(order, "handling_cost", { when: placed, base: sold }, context) : []),
    ...charge(order, "cost_to_serve", { when: placed, base: sold }, context),
    ...(order.changes?.refunds ?? []).flatMap((refund) => returnHandling(order, refund, context)),
    ...paymentFees(order, context),
  ];
};

const charge = (
  order: Order,
  kind: ChargeKind,
  { when, base, gateway }: { readonly when: Occasion; readonly base: ChargeBase; readonly gateway?: string | null },
  context: LedgerContext,
): LedgerEntry[] => {
  const rules = rulesOn(context.rules, kind, when.day).filter((rule) => isMet(rule, order, { gateway, context }));
  const amount = sum(rules.map((rule) => chargeOf(rule, base)));
  if (amount === 0n) return [];
  return [{ kind, lineId: null, ...when, amount: -amount, provenance: "rule", ruleVersion: context.rules.version }];
};

const isMet = (
  { when }: ChargeRule,
  order: Order,
  { gateway, context }: { readonly gateway: string | null | undefined; readonly context: LedgerContext },
): boolean => {
  const gateways = gateway === undefined ? order.transactions.filter(isPayment).map((one) => one.gateway) : [gateway];
  if (when.gateway !== null && !gateways.includes(when.gateway)) return false;
  if (when.countries.length > 0 && (order.country === null || !when.countries.includes(order.country))) return false;
  if (when.tiers.length === 0) return true;
  const tier = context.tierOf(order);
  return tier !== null && when.tiers.includes(tier);
};

/** Goods as sold, less what edits took off: that was never sent. */
const baseOfOrder = (order: Order, context: LedgerContext): ChargeBase => {
  const removed = removedUnits(order).filter(({ event }) => event.type === "edit");
  const lines = order.lines
    .filter(({ giftCard }) => !giftCard)
    .map((line) => {
      const off = removed.filter((part) => part.line.id === line.id);
      const units = line.quantity - off.reduce((count, { quantity }) => count + quantity, 0);
      const grams = line.variantId === null ? 0 : (context.weightOf(line.variantId) ?? 0) * units;
      return { units, grams, net: netSaleOf(line, order.taxesIncluded) - sum(off.map(({ net }) => net)) };
    })
    .filter(({ units }) => units > 0);
  return totalOf(lines);
};

const totalOf = (
  lines: readonly { readonly units: number; readonly grams: number; readonly net: bigint }[],
): ChargeBase => ({
  lines: lines.length,
  units: lines.reduce((count, { units }) => count + units, 0),
  grams: lines.reduce((count, { grams }) => count + grams, 0),
  percentOf: sum(lines.map(({ net }) => net)),
});

/** Receiving and checking what came back. What was cancelled never left, so nothing came back of it. */
const returnHandling = (order: Order, refund: Refund, context: LedgerContext): LedgerEntry[] => {
  const lines = refund.lines.flatMap(({ lineId, quantity, restockType, amount, tax }) => {
    const line = order.lines.find(({ id }) => id === lineId);
    if (!line || line.giftCard || restockType === "CANCEL") return [];
    const grams = line.variantId === null ? 0 : (context.weightOf(line.variantId) ?? 0) * quantity;
    return [{ units: quantity, grams, net: order.taxesIncluded ? amount - tax : amount }];
  });
  if (lines.length === 0) return [];
  const when = occasion(context, { type: "refund", id: refund.id }, refund.at);
  return charge(order, "return_handling", { when, base: totalOf(lines) }, context);
};

/** Paying with these costs the shop nothing: it is its own money coming back. */
const FREE_GATEWAYS: ReadonlySet<string> = new Set(["gift_card", "store_credit", "shopify_store_credit"]);

const paymentFees = (order: Order, context: LedgerContext): LedgerEntry[] =>
  order.transactions.flatMap((transaction) => {
    const { id, fee, gateway, processedAt, amount } = transaction;
    if (!isPayment(transaction) || fee !== "none" || FREE_GATEWAYS.has(gateway ?? "")) return [];
    const when = occasion(context, { type: "transaction", id }, processedAt);
    const base = { lines: 0, units: 0, grams: 0, percentOf: amount };
    return charge(order, "payment_fee", { when, base, gateway }, context);
  });
