import type { Order } from "../orders/order.ts";

/** Whether money was taken, or is held for the shop, by one kind of transaction. */
const total = (order: Order, kinds: readonly string[]): bigint =>
  order.transactions
    .filter(({ kind, status }) => status === "SUCCESS" && kinds.includes(kind))
    .reduce((sum, { amount }) => sum + amount, 0n);

/**
 * Whether what an order asks for now is paid, or authorised by the buyer's bank. A payment that is only announced, as by a
 * manual method, is neither; what was captured or voided of an authorisation is authorised no more.
 *
 * @example an order over 100.00: an authorisation of 100.00 -> true; a pending payment of 100.00 -> false
 */
export const isPaidOrAuthorised = (order: Order): boolean => {
  const paid = total(order, ["SALE", "CAPTURE"]);
  const held = total(order, ["AUTHORIZATION"]) - total(order, ["CAPTURE", "VOID"]);
  return paid + (held > 0n ? held : 0n) >= order.currentTotal + total(order, ["REFUND"]);
};

/**
 * Whether an order was given a discount for paying now without having been paid: it asked for it, got a discount, and is
 * neither paid, authorised, cancelled nor a test.
 */
export const owesPayNow = (order: Order): boolean =>
  order.origin.asksToPayNow &&
  !order.test &&
  order.cancelledAt === null &&
  order.lines.some(({ discount }) => discount > 0n) &&
  !isPaidOrAuthorised(order);
