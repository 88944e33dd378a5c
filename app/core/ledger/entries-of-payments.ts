import { isPayment, type Order, type Transaction } from "../orders/order.ts";
import { occasion, type LedgerContext } from "./context.ts";
import { fact, type LedgerEntry } from "./entry.ts";

/** What payment took: the provider's fees, and what exchange rates and the rounding of cash gave or cost. */
export const entriesOfPayments = (order: Order, context: LedgerContext): LedgerEntry[] =>
  order.transactions.flatMap((transaction): LedgerEntry[] => {
    const when = occasion(context, { type: "transaction", id: transaction.id }, transaction.processedAt);
    const fx = exchangeOf(transaction);
    const entries = fx === 0n ? [] : [fact("fx_adjustment", null, when, fx)];
    if (transaction.fee === "none") return entries;
    if (transaction.fee === "unknown") {
      return [...entries, { ...fact("payment_fee", null, when, 0n), provenance: "unknown" }];
    }
    return [...entries, fact("payment_fee", null, when, -transaction.fee.known)];
  });

/** Cash rounded up is gained when it comes in, and lost when it is given back. */
const exchangeOf = (transaction: Transaction): bigint => {
  if (transaction.status !== "SUCCESS") return 0n;
  const { exchangeAdjustment, rounding, kind } = transaction;
  if (isPayment(transaction)) return exchangeAdjustment + rounding;
  return kind === "REFUND" ? exchangeAdjustment - rounding : 0n;
};
