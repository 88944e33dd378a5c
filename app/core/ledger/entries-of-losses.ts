import { divideHalfUp, sum } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import { openAmount } from "../receivables/balance.ts";
import { occasion, type LedgerContext } from "./context.ts";
import { fact, type LedgerEntry } from "./entry.ts";
import { keptAside } from "./kept-aside.ts";

/** What was sold and is not coming in: disputes lost, and amounts given up. */
export const entriesOfLosses = (order: Order, context: LedgerContext): LedgerEntry[] => [
  ...chargebacks(order, context),
  ...writeOff(order, context),
];

const LOST: ReadonlySet<string> = new Set(["LOST", "ACCEPTED"]);

/**
 * The amount and the fee of each dispute that was lost or not contested. An open one costs nothing yet, and one that was
 * won nothing at all. Where Shopify does not show the app what a lost one came to, the entry says unknown.
 */
const chargebacks = (order: Order, context: LedgerContext): LedgerEntry[] =>
  order.disputes.flatMap(({ id, status }): LedgerEntry[] => {
    const dispute = context.disputeOf(id);
    if (!LOST.has(dispute?.status ?? status)) return [];
    const event = { type: "dispute", id } as const;
    if (!dispute || dispute.amount === null) {
      const when = occasion(context, event, dispute?.at ?? order.processedAt);
      return [{ ...fact("chargeback", null, when, 0n), provenance: "unknown" }];
    }
    return [fact("chargeback", null, occasion(context, event, dispute.at), -dispute.amount - (dispute.fee ?? 0n))];
  });

/**
 * The amount still open when a payment was voided, without its share of what is kept aside (tax, duties, tips): that was
 * never revenue, so it is no loss.
 */
const writeOff = (order: Order, context: LedgerContext): LedgerEntry[] => {
  const voided = order.transactions.find(({ kind, status }) => kind === "VOID" && status === "SUCCESS");
  const open = openAmount(order);
  if (!voided || open <= 0n) return [];
  const aside = sum(keptAside(order).values());
  const share = order.currentTotal > 0n ? divideHalfUp(open * aside, order.currentTotal) : 0n;
  const when = occasion(context, { type: "transaction", id: voided.id }, voided.processedAt);
  return [fact("write_off", null, when, -(open - share))];
};
