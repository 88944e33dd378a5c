import { removedUnits } from "../ledger/removed-units.ts";
import { sum } from "../money/money.ts";
import { isPayment, type Order, type OrderLine, type Refund } from "../orders/order.ts";
import type { Instant } from "../time/shop-day.ts";

/** One change of what is owed on an order; negative where money came in or the debt fell. Minor units, tax included. */
export interface BalanceStep {
  readonly at: Instant;
  readonly amount: bigint;
  readonly by: "sale" | "payment" | "refund" | "removal";
}

const askedFor = (line: OrderLine, taxesIncluded: boolean): bigint =>
  line.unitPrice * BigInt(line.quantity) - line.discount + line.duties + (taxesIncluded ? 0n : line.tax);

/** All that a refund takes off the debt: lines, shipping, duties and adjustment with their tax. */
const refundTotal = (refund: Refund, taxesIncluded: boolean): bigint => {
  const onTop = taxesIncluded ? 0n : sum(refund.lines.map(({ tax }) => tax)) + refund.shipping.tax;
  const lines = sum(refund.lines.map(({ amount }) => amount));
  return lines + refund.shipping.amount + onTop + refund.duties - refund.adjustment - refund.adjustmentTax;
};

/** Shipping, tip and fees: what an order asks for beside its lines, tax included. */
const askedBeside = ({ shipping, additionalFees, tip, taxesIncluded }: Order): bigint =>
  sum(shipping.map(({ discountedPrice, tax }) => discountedPrice + (taxesIncluded ? 0n : tax))) +
  sum(additionalFees.map(({ amount, tax }) => amount + (taxesIncluded ? 0n : tax))) +
  tip;

const asked = (order: Order): BalanceStep[] => {
  const added = order.changes?.added;
  const first = sum(order.lines.filter(({ id }) => !added?.has(id)).map((line) => askedFor(line, order.taxesIncluded)));
  const later = order.lines.flatMap((line): BalanceStep[] => {
    const event = added?.get(line.id);
    return event ? [{ at: event.at, amount: askedFor(line, order.taxesIncluded), by: "sale" }] : [];
  });
  return [{ at: order.processedAt, amount: first + askedBeside(order), by: "sale" }, ...later];
};

/** A fee kept of a return is asked for when the return is: it lowers what the refund gives back. */
const keptFees = (order: Order): BalanceStep[] =>
  (order.changes?.returnFees ?? []).map(({ event, amount, tax }) => ({
    at: event.at,
    amount: amount + (order.taxesIncluded ? 0n : tax),
    by: "sale",
  }));

const paid = (order: Order): BalanceStep[] =>
  order.transactions.flatMap((transaction): BalanceStep[] => {
    const { processedAt: at, amount, kind, status } = transaction;
    if (isPayment(transaction)) return [{ at, amount: -amount, by: "payment" }];
    return kind === "REFUND" && status === "SUCCESS" ? [{ at, amount, by: "refund" }] : [];
  });

/**
 * Everything that changed what is owed on an order, in the order of time: what was asked for, taken off, refunded and paid.
 * The sum of the steps is what is open now; negative where more was paid than asked for.
 *
 * A payment at checkout may be processed before the order that it is for: until there is one, nothing is owed or paid.
 */
export const balanceSteps = (order: Order): BalanceStep[] =>
  [
    ...asked(order),
    ...keptFees(order),
    ...removedUnits(order).map(({ event, net, tax }): BalanceStep => ({
      at: event.at,
      amount: -net - tax,
      by: "removal",
    })),
    ...(order.changes?.refunds ?? []).map((refund): BalanceStep => ({
      at: refund.at,
      amount: -refundTotal(refund, order.taxesIncluded),
      by: "refund",
    })),
    ...paid(order),
  ]
    .map((step) => ({ ...step, at: Math.max(step.at, order.processedAt) }))
    .sort((a, b) => a.at - b.at);

/** What is open on an order now; nothing on one that was cancelled. */
export const openAmount = (order: Order): bigint =>
  order.cancelledAt === null ? sum(balanceSteps(order).map(({ amount }) => amount)) : 0n;
