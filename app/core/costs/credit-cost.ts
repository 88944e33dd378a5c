import { occasion, type LedgerContext } from "../ledger/context.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { divideHalfUp, sum } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import { balanceByDay, invoiceOf } from "../receivables/invoice.ts";
import { rulesOn } from "./cost-rules.ts";

/**
 * What it cost to wait for an invoice's money: the balance at the end of each day, tax included, times the yearly rate that
 * held when it was issued, over 365; one entry an invoice, rounded half up, dated at the payment that settled it or, while
 * it is open, now. An amount given up is waited for no longer.
 *
 * @example 1,000.00 open for 73 days at 9 % a year: 1000.00 x 73 x 0.09 / 365 = 18.00
 */
export const creditCost = (order: Order, context: LedgerContext): LedgerEntry[] => {
  const invoice = invoiceOf(order, context.dayOf);
  if (invoice === null) return [];
  const [rule] = rulesOn(context.rules, "credit_cost", invoice.issuedDay).toReversed();
  if (!rule) return [];
  const voided = order.transactions.find(({ kind, status }) => kind === "VOID" && status === "SUCCESS");
  const endsAt = Math.min(invoice.paidAt ?? context.now, voided?.processedAt ?? Infinity);
  const days = { from: invoice.issuedDay, until: context.dayOf(endsAt) };
  const amountDays = sum(
    balanceByDay(order, context.dayOf, days).map(({ from, until, balance }) => balance * BigInt(until - from)),
  );
  const amount = divideHalfUp(amountDays * BigInt(rule.percent), 365n * 10_000n);
  if (amount === 0n) return [];
  const when = occasion(context, { type: "order", id: order.id }, endsAt);
  return [
    {
      kind: "credit_cost",
      lineId: null,
      ...when,
      amount: -amount,
      provenance: "rule",
      ruleVersion: context.rules.version,
    },
  ];
};
