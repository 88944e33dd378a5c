import { netSaleOf } from "../ledger/line-sale.ts";
import { removedUnits } from "../ledger/removed-units.ts";
import { sum } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import type { Instant, ShopDay } from "../time/shop-day.ts";
import { balanceSteps, openAmount, type BalanceStep } from "./balance.ts";

/** An order on payment terms as a receivable. Amounts are minor units, tax included but for `eligible`. */
export interface Invoice {
  readonly issuedDay: ShopDay;
  /** Null where the terms name no date. */
  readonly dueDay: ShopDay | null;
  /** When the balance came to zero for good; null while it is open. */
  readonly paidAt: Instant | null;
  readonly paidDay: ShopDay | null;
  /** What was asked for, as later edits left it; refunds are not taken off. */
  readonly amount: bigint;
  readonly open: bigint;
  /** Merchandise net of discounts, without tax, shipping, tips and gift cards: what an early-payment discount is of. */
  readonly eligible: bigint;
}

/** The last moment at which the balance came down to zero; null when it is not there now. */
const settledAt = (steps: readonly BalanceStep[]): Instant | null => {
  let balance = 0n;
  let settled: Instant | null = null;
  for (const { at, amount } of steps) {
    const before = balance;
    balance += amount;
    if (balance > 0n) settled = null;
    else if (before > 0n || settled === null) settled = at;
  }
  return settled;
};

const dueDayOf = (order: Order, issuedDay: ShopDay, dayOf: (instant: Instant) => ShopDay): ShopDay | null => {
  const { dueInDays = null, dueAt = null } = order.terms ?? {};
  if (dueInDays !== null) return issuedDay + dueInDays;
  return dueAt === null ? null : dayOf(dueAt);
};

/** The receivable of an order; null for one without payment terms, or whose terms have not begun. */
export const invoiceOf = (order: Order, dayOf: (instant: Instant) => ShopDay): Invoice | null => {
  const issuedAt = order.terms?.issuedAt ?? null;
  if (issuedAt === null) return null;
  const issuedDay = dayOf(issuedAt);
  const steps = balanceSteps(order);
  const paidAt = order.cancelledAt ?? settledAt(steps);
  const removed = removedUnits(order);
  const goods = order.lines.filter(({ giftCard }) => !giftCard);
  const netSold = sum(goods.map((line) => netSaleOf(line, order.taxesIncluded)));
  const open = openAmount(order);
  return {
    issuedDay,
    dueDay: dueDayOf(order, issuedDay, dayOf),
    paidAt,
    paidDay: paidAt === null ? null : dayOf(paidAt),
    amount: sum(steps.filter(({ by }) => by === "sale" || by === "removal").map(({ amount }) => amount)),
    open: open > 0n ? open : 0n,
    eligible: netSold - sum(removed.filter(({ line }) => !line.giftCard).map(({ net }) => net)),
  };
};

/** A balance that stood for some whole days, in minor units. */
interface Standing {
  readonly from: ShopDay;
  readonly until: ShopDay;
  readonly balance: bigint;
}

/**
 * The balance at the end of each day from `from` until the day before `until`, as stretches of days in which it did not
 * change. Nothing is owed where more was paid than asked for.
 */
export const balanceByDay = (
  order: Order,
  dayOf: (instant: Instant) => ShopDay,
  { from, until }: { readonly from: ShopDay; readonly until: ShopDay },
): Standing[] => {
  const stretches: Standing[] = [];
  let balance = 0n;
  let since = from;
  const close = (day: ShopDay): void => {
    if (day > since && balance > 0n) stretches.push({ from: since, until: day, balance });
    since = Math.max(since, day);
  };
  for (const { at, amount } of balanceSteps(order)) {
    const day = Math.min(dayOf(at), until);
    if (day > since) close(day);
    balance += amount;
  }
  close(until);
  return stretches;
};
