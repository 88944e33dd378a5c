import { divideHalfUp } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import type { Instant, ShopDay } from "../time/shop-day.ts";
import { balanceByDay, invoiceOf, type Invoice } from "./invoice.ts";

/** The days of an invoice from issue to payment; to `today` for one that is open. */
export const daysToPay = ({ issuedDay, paidDay }: Pick<Invoice, "issuedDay" | "paidDay">, today: ShopDay): number =>
  (paidDay ?? today) - issuedDay;

/** How a customer pays over a period. Amounts in minor units, tax included. */
export interface Receivables {
  readonly invoices: number;
  readonly open: bigint;
  /** Open, and past the due day. */
  readonly overdue: bigint;
  /** Means over the invoices issued in the period, weighted by amount, in tenths of a day; null without any. */
  readonly daysToPay: number | null;
  readonly daysBeyondTerms: number | null;
  /** What was sold on credit in the period. */
  readonly creditSales: bigint;
  /** Mean over the period's days of the open balance at the day's end. */
  readonly average: bigint;
  /** Credit sales / average receivables, in hundredths; null where nothing was ever open at a day's end. */
  readonly turnover: number | null;
  /** Days sales outstanding: days of the period / turnover, in tenths of a day. */
  readonly daysSalesOutstanding: number | null;
}

interface Period {
  readonly from: ShopDay;
  readonly to: ShopDay;
}

const weighted = (invoices: readonly Invoice[], daysOf: (invoice: Invoice) => number | null): number | null => {
  let amountDays = 0n;
  let amounts = 0n;
  for (const invoice of invoices) {
    const days = daysOf(invoice);
    if (days === null || invoice.amount <= 0n) continue;
    amountDays += invoice.amount * BigInt(days);
    amounts += invoice.amount;
  }
  return amounts === 0n ? null : Number(divideHalfUp(amountDays * 10n, amounts));
};

/**
 * How a customer pays: mean days to pay, days beyond terms, average receivables, turnover and days sales outstanding.
 *
 * @example 36,500.00 sold on credit in 365 days with 3,000.00 open on average: turnover 12.17, outstanding 30.0 days
 */
export const receivablesOf = (
  orders: readonly Order[],
  period: Period,
  dayOf: (instant: Instant) => ShopDay,
): Receivables | null => {
  const all = orders.flatMap((order) => {
    const invoice = invoiceOf(order, dayOf);
    return invoice ? [{ order, invoice }] : [];
  });
  if (all.length === 0) return null;
  const today = period.to;
  // All time, which is a period from 1970 on, begins with the first invoice.
  const from = period.from > 0 ? period.from : Math.min(...all.map(({ invoice }) => invoice.issuedDay));
  const days = today - from + 1;
  const issued = all.map(({ invoice }) => invoice).filter(({ issuedDay }) => issuedDay >= from && issuedDay <= today);
  let open = 0n;
  let overdue = 0n;
  let amountDays = 0n;
  for (const { order, invoice } of all) {
    open += invoice.open;
    if (invoice.dueDay !== null && invoice.dueDay < today) overdue += invoice.open;
    const until = invoice.paidDay === null ? today + 1 : Math.min(invoice.paidDay, today + 1);
    for (const stretch of balanceByDay(order, dayOf, { from: Math.max(invoice.issuedDay, from), until })) {
      amountDays += stretch.balance * BigInt(stretch.until - stretch.from);
    }
  }
  const creditSales = issued.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    invoices: issued.length,
    open,
    overdue,
    daysToPay: weighted(issued, (invoice) => daysToPay(invoice, today)),
    daysBeyondTerms: weighted(issued, ({ dueDay, paidDay }) =>
      dueDay === null ? null : Math.max(0, (paidDay ?? today) - dueDay),
    ),
    creditSales,
    average: divideHalfUp(amountDays, BigInt(days)),
    turnover: amountDays === 0n ? null : Number(divideHalfUp(creditSales * BigInt(days) * 100n, amountDays)),
    daysSalesOutstanding: creditSales === 0n ? null : Number(divideHalfUp(amountDays * 10n, creditSales)),
  };
};
