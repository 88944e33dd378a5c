import { netSaleOf } from "../ledger/line-sale.ts";
import { removedUnits } from "../ledger/removed-units.ts";
import { divideHalfUp, sum } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import type { EarlyPaymentAfter } from "../plan/plan.ts";
import type { Tier } from "../tiers/tier.ts";
import type { Instant, ShopDay } from "../time/shop-day.ts";
import { balanceSteps } from "./balance.ts";

/** What an invoice gets that is paid early: a percentage in basis points, within so many shop days of its issue. */
export interface EarlyTerms {
  readonly basisPoints: number;
  readonly discountDays: number;
}

/** Why an invoice gets nothing. */
export type NothingBecause =
  | "not-an-invoice"
  /** What happened to the order has not been read yet. */
  | "not-read"
  | "test"
  | "cancelled"
  /** It asked for the discount for paying at checkout: an order gets one benefit for early payment. */
  | "asked-to-pay-now"
  /** The plan has no percentage for the buyer. */
  | "no-percent"
  | "late"
  | "dispute-lost"
  | "no-merchandise";

/** What paying early comes to. `amount` is half up(percent x eligible), both in minor units of the shop's currency. */
export type EarlyPayment =
  | { readonly kind: "nothing"; readonly because: NothingBecause }
  /** Open, and in time as long as it is paid by `lastDay`. */
  | { readonly kind: "waiting"; readonly lastDay: ShopDay; readonly eligible: bigint; readonly amount: bigint }
  /** Paid in time, but the payment is contested: nothing is given until that is decided. */
  | { readonly kind: "disputed"; readonly settledAt: Instant; readonly eligible: bigint; readonly amount: bigint }
  | { readonly kind: "earned"; readonly settledAt: Instant; readonly eligible: bigint; readonly amount: bigint };

export interface EarlyPaymentAsk {
  readonly order: Order;
  readonly terms: EarlyTerms;
  readonly dayOf: (instant: Instant) => ShopDay;
  readonly today: ShopDay;
  /** The refund by which the discount itself was given, where it was given so: it takes nothing back. */
  readonly ownRefund: bigint | null;
}

/** Whoever pays early, as the plan sees them; no tier where they are in no run yet. */
export interface EarlyPayer {
  readonly tier: Tier | null;
  readonly isKey: boolean;
}

/** The percentage of a plan's part for a buyer, in basis points: by key account, else tier, else what holds for the others. */
export const percentFor = ({ percents }: EarlyPaymentAfter, { tier, isKey }: EarlyPayer): number =>
  (isKey ? percents.key : undefined) ?? (tier === null ? undefined : percents[tier]) ?? percents.other ?? 0;

/** half up(percent x eligible). @example discountOf(200, 12345n) // 247n, of 246.9 */
export const discountOf = (basisPoints: number, eligible: bigint): bigint =>
  divideHalfUp(BigInt(basisPoints) * eligible, 10_000n);

/** When the balance first came down to nothing, with all that happened at one instant taken together; null where not yet. */
const firstSettled = (order: Order): Instant | null => {
  let balance = 0n;
  const steps = balanceSteps(order);
  for (const [index, { at, amount }] of steps.entries()) {
    balance += amount;
    if (balance <= 0n && steps[index + 1]?.at !== at) return at;
  }
  return null;
};

/**
 * The merchandise that is left: net of discounts, without tax, shipping, tips and gift cards, less what was taken off,
 * refunded, or given back beyond lines. Lines that were added after `until` are no part of it.
 */
const merchandiseLeft = (order: Order, until: Instant | null, ownRefund: bigint | null): bigint => {
  const { added } = order.changes ?? {};
  const isLater = (id: bigint): boolean => until !== null && (added?.get(id)?.at ?? until) > until;
  const lines = order.lines.filter(({ id, giftCard }) => !giftCard && !isLater(id));
  const ids = new Set(lines.map(({ id }) => id));
  const sold = sum(lines.map((line) => netSaleOf(line, order.taxesIncluded)));
  const removed = sum(
    removedUnits(order)
      .filter(({ line }) => ids.has(line.id))
      .map(({ net }) => net),
  );
  const refunds = (order.changes?.refunds ?? []).filter(({ id }) => id !== ownRefund);
  const refunded = sum(
    refunds
      .flatMap((refund) => refund.lines)
      .filter(({ lineId }) => ids.has(lineId))
      .map(({ amount, tax }) => (order.taxesIncluded ? amount - tax : amount)),
  );
  // A fee that was kept of a return is no merchandise; what was given back beyond lines makes it cheaper.
  const beyond = sum(refunds.map(({ adjustment }) => (adjustment < 0n ? -adjustment : 0n)));
  const left = sold - removed - refunded - beyond;
  return left > 0n ? left : 0n;
};

const UNDECIDED: ReadonlySet<string> = new Set(["NEEDS_RESPONSE", "UNDER_REVIEW"]);
const LOST: ReadonlySet<string> = new Set(["LOST", "ACCEPTED"]);

const nothing = (because: NothingBecause): EarlyPayment => ({ kind: "nothing", because });

/** When an order's invoice was issued, or why it is none that can earn anything, whenever it is paid. */
const issuedOrExcluded = ({ order, terms }: EarlyPaymentAsk): Instant | NothingBecause => {
  if (order.test) return "test";
  if (order.cancelledAt !== null) return "cancelled";
  if (order.changes === null) return "not-read";
  if (order.origin.asksToPayNow) return "asked-to-pay-now";
  if (terms.basisPoints <= 0) return "no-percent";
  return order.terms?.issuedAt ?? "not-an-invoice";
};

const hasDispute = ({ disputes }: Order, statuses: ReadonlySet<string>): boolean =>
  disputes.some(({ status }) => statuses.has(status));

/**
 * Whether an invoice was paid early enough for the discount, and what it comes to now.
 *
 * It is earned when the payments up to the end of the last discount day (issued day + discount days, in the shop's days)
 * cover the total less all that was taken off or refunded by then: the payment that brings the balance to nothing decides.
 * Once earned, later lines do not raise it; what is removed or refunded later takes its share back.
 *
 * @example 2/10 on 1,000.00 of goods issued on 1 March, paid in two parts on 5 and 11 March: earned, 20.00. 250.00 of the
 * goods come back on 20 March: 2 % of the 750.00 that are left are 15.00, so 5.00 go back.
 */
export const earlyPayment = (ask: EarlyPaymentAsk): EarlyPayment => {
  const { order, terms, dayOf, today, ownRefund } = ask;
  const issuedAt = issuedOrExcluded(ask);
  if (typeof issuedAt === "string") return nothing(issuedAt);
  const lastDay = dayOf(issuedAt) + terms.discountDays;
  const settledAt = firstSettled(order);
  if ((settledAt === null ? today : dayOf(settledAt)) > lastDay) return nothing("late");
  if (hasDispute(order, LOST)) return nothing("dispute-lost");
  const eligible = merchandiseLeft(order, settledAt, ownRefund);
  const amount = discountOf(terms.basisPoints, eligible);
  if (amount === 0n) return nothing("no-merchandise");
  if (settledAt === null) return { kind: "waiting", lastDay, eligible, amount };
  return { kind: hasDispute(order, UNDECIDED) ? "disputed" : "earned", settledAt, eligible, amount };
};

/** What an invoice has earned, in minor units; nothing while it is open or contested. */
export const earnedBy = (ask: EarlyPaymentAsk): bigint => {
  const result = earlyPayment(ask);
  return result.kind === "earned" ? result.amount : 0n;
};
