import type { Order } from "../orders/order.ts";
import type { Instant } from "../time/shop-day.ts";
import { occasion, type LedgerContext } from "./context.ts";
import { fact, type LedgerEntry, type LedgerEvent } from "./entry.ts";

/**
 * Store credit given for paying early: an incentive on the day it was given, which comes back as far as it was taken back
 * or expired unused. Spending it is a payment and leaves no entry here.
 *
 * @example 20.00 given, 5.00 taken back after a return, 3.00 expired: -20.00, 5.00, 3.00
 */
export const entriesOfRebate = (order: Order, context: LedgerContext): LedgerEntry[] => {
  const rebate = context.rebateOf(order.id);
  if (!rebate) return [];
  const eventOf = (id: bigint | null): LedgerEvent =>
    id === null ? { type: "order", id: order.id } : { type: "transaction", id };
  const move = (id: bigint | null, at: Instant, amount: bigint): LedgerEntry[] =>
    amount === 0n ? [] : [fact("incentive", null, occasion(context, eventOf(id), at), amount)];
  const { given, takenBack, expired } = rebate;
  return [
    ...move(given.id, given.at, -given.amount),
    ...takenBack.flatMap(({ id, at, amount }) => move(id, at, amount)),
    ...(expired ? move(null, expired.at, expired.amount) : []),
  ];
};
