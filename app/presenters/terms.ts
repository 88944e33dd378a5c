import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import { annualCost } from "#app/core/receivables/annual-cost.ts";
import type { EarlyPayment } from "#app/core/receivables/early-payment.ts";
import type { RebateStatus } from "#app/core/receivables/rebate.ts";
import type { EarlyPaymentAfter } from "#app/core/plan/plan.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import { customerName } from "./customer-name.ts";
import { count, date, day, money, plural, points } from "./format.ts";
import type { PagerView } from "./pager.ts";

/** Payment terms for people: who owes what until when, what paying early earns, and what that costs the shop. */

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface OpenInvoiceView {
  readonly id: string;
  readonly name: string;
  readonly customer: string;
  readonly customerUrl: string;
  readonly issued: string;
  readonly due: string;
  /** "12 days late"; null where it is not. */
  readonly late: string | null;
  readonly open: string;
  /** "$20.00 until 2026-03-11 (3 days left)"; null where nothing can be earned any more. */
  readonly discount: string | null;
}

export interface LatePayerView {
  readonly id: string;
  readonly customer: string;
  readonly customerUrl: string;
  readonly days: string;
  readonly invoices: string;
  readonly overdue: string;
}

export interface RebateView {
  readonly order: string;
  readonly title: string;
  readonly customerUrl: string | null;
  readonly amount: string;
  readonly status: string;
  readonly tone: "success" | "info" | "warning" | "critical";
  readonly details: readonly string[];
  readonly canConfirm: boolean;
  readonly canGive: boolean;
  readonly canDismiss: boolean;
}

/** What the plan offers, and what that costs a year. */
export interface TermsOfferView {
  readonly terms: string;
  readonly facts: readonly Fact[];
}

export type TermsList =
  | { readonly kind: "invoices"; readonly rows: readonly OpenInvoiceView[]; readonly pager: PagerView }
  | { readonly kind: "payers"; readonly rows: readonly LatePayerView[]; readonly pager: PagerView }
  | { readonly kind: "rebates"; readonly rows: readonly RebateView[]; readonly pager: PagerView };

export interface TermsView {
  readonly tab: "open" | "lapsing" | "overdue" | "late" | "rebates";
  readonly list: TermsList;
  readonly figures: readonly Fact[];
  readonly offer: TermsOfferView | null;
  /** How many discounts wait for a person. */
  readonly held: number;
}

interface Named {
  readonly customerId: bigint;
  readonly key: string;
  readonly kind: CustomerKind;
  readonly customerName: string | null;
  readonly email: string | null;
}

const nameOf = ({ key, kind, customerName: name, email }: Named): string => customerName({ key, kind, name, email });

/** "2.5 %" of 250. */
const percent = (basisPoints: number): string => `${points(basisPoints).replace(/\.?0+$/, "")} %`;

/** "37.24 %" of 0.3724489. */
const share = (value: number): string => `${(value * 100).toFixed(2)} %`;

interface OpenInvoice extends Named {
  readonly orderId: bigint;
  readonly name: string;
  readonly issuedDay: ShopDay;
  readonly dueDay: ShopDay | null;
  readonly open: bigint;
  readonly early: Extract<EarlyPayment, { kind: "waiting" }> | null;
}

const daysLeft = (days: number): string => (days === 0 ? "today is the last day" : `${plural(days, "day")} left`);

export const presentOpenInvoice = (invoice: OpenInvoice, currency: string, today: ShopDay): OpenInvoiceView => {
  const { orderId, name, customerId, issuedDay, dueDay, open, early } = invoice;
  const lateDays = dueDay === null ? 0 : today - dueDay;
  return {
    id: String(orderId),
    name,
    customer: nameOf(invoice),
    customerUrl: `/app/customers/${customerId}`,
    issued: day(issuedDay),
    due: dueDay === null ? "No date" : day(dueDay),
    late: lateDays > 0 ? `${plural(lateDays, "day")} late` : null,
    open: money(open, currency),
    discount:
      early && `${money(early.amount, currency)} until ${day(early.lastDay)} (${daysLeft(early.lastDay - today)})`,
  };
};

interface LatePayer extends Named {
  readonly invoices: number;
  readonly daysBeyondTerms: number;
  readonly overdue: bigint;
}

export const presentLatePayer = (payer: LatePayer, currency: string): LatePayerView => ({
  id: String(payer.customerId),
  customer: nameOf(payer),
  customerUrl: `/app/customers/${payer.customerId}`,
  days: `${(payer.daysBeyondTerms / 10).toFixed(1)} days`,
  invoices: plural(payer.invoices, "invoice"),
  overdue: money(payer.overdue, currency),
});

interface Rebate {
  readonly orderId: bigint;
  readonly name: string | null;
  readonly customerId: bigint | null;
  readonly key: string | null;
  readonly kind: CustomerKind | null;
  readonly customerName: string | null;
  readonly email: string | null;
  readonly status: RebateStatus;
  readonly reason: string | null;
  readonly message: string | null;
  readonly basisPoints: number;
  readonly amount: bigint;
  readonly paidAs: "store-credit" | "refund";
  readonly givenAt: Date | null;
  readonly expiresAt: Date | null;
  readonly expired: bigint | null;
  readonly dueBack: bigint;
  readonly takenBack: bigint;
  readonly backReason: string | null;
}

const STATUS: Readonly<Record<RebateStatus, { readonly text: string; readonly tone: RebateView["tone"] }>> = {
  intended: { text: "About to be given", tone: "info" },
  calling: { text: "Being given", tone: "info" },
  given: { text: "Given", tone: "success" },
  held: { text: "Held", tone: "warning" },
  refused: { text: "Refused by Shopify", tone: "critical" },
  dismissed: { text: "Dismissed", tone: "info" },
};

const HELD: Readonly<Record<string, string>> = {
  "no-owner": "The order names neither a company location nor a customer who could have store credit.",
  "no-scope": "Pareto has not been granted the access to give it. See Status.",
  disputed: "The payment is contested. It is decided when the dispute is.",
  unclear: "Shopify did not answer, and the account does not tell whether it was given. Look at it before you decide.",
  "other-currency": "The buyer paid in another currency. Refunds are made in the shop's alone.",
  "no-payment": "The order has no payment that a refund of this amount could go back to.",
};

const OWED: Readonly<Record<string, string>> = {
  spent: "the store credit has been spent",
  "paid-as-refund": "it was paid as a refund",
  "no-transaction": "nobody knows which store credit it was",
  "no-scope": "Pareto has not been granted the access to take it back",
  refused: "Shopify refused to take it back",
  unclear: "Shopify did not answer; look at the account",
};

type ShopView = { readonly currency: string; readonly timeZone: string };

/** Why it is not given. */
const waitingOf = ({ status, reason, message }: Rebate): string[] => {
  if (status === "held") return [HELD[reason ?? ""] ?? "It waits for you."];
  return status === "refused" && message !== null ? [`Shopify says: ${message}`] : [];
};

/** What of it came back, and what is to. */
const backOf = ({ dueBack, takenBack, backReason }: Rebate, { currency }: ShopView): string[] => {
  const taken = takenBack > 0n ? [`${money(takenBack, currency)} taken back after a refund`] : [];
  if (dueBack <= takenBack) return taken;
  const why = OWED[backReason ?? ""];
  const rest = why === undefined ? "" : `, and cannot be: ${why}`;
  return [...taken, `${money(dueBack - takenBack, currency)} to be taken back${rest}`];
};

/** Until when it can be spent, and what of it was not. */
const endOf = ({ expiresAt, expired }: Rebate, { currency, timeZone }: ShopView): string[] => {
  if (expired !== null) return expired > 0n ? [`${money(expired, currency)} expired unused`] : [];
  return expiresAt ? [`Can be spent until ${date(expiresAt, timeZone)}`] : [];
};

const detailsOf = (rebate: Rebate, shop: ShopView): string[] => [
  `${percent(rebate.basisPoints)}, as ${rebate.paidAs === "refund" ? "a refund" : "store credit"}`,
  ...(rebate.givenAt ? [`Given ${date(rebate.givenAt, shop.timeZone)}`] : []),
  ...endOf(rebate, shop),
  ...waitingOf(rebate),
  ...backOf(rebate, shop),
];

const ownerName = ({ key, kind, customerName: name, email }: Rebate): string =>
  key === null || kind === null ? "" : `, ${customerName({ key, kind, name, email })}`;

export const presentRebate = (rebate: Rebate, shop: ShopView): RebateView => {
  const { text: status, tone } = STATUS[rebate.status];
  const isOpen = rebate.status === "held" || rebate.status === "refused";
  return {
    order: String(rebate.orderId),
    title: `${rebate.name ?? "Deleted order"}${ownerName(rebate)}`,
    customerUrl: rebate.customerId === null ? null : `/app/customers/${rebate.customerId}`,
    amount: money(rebate.amount, shop.currency),
    status,
    tone,
    details: detailsOf(rebate, shop),
    canConfirm: rebate.status === "held" && rebate.paidAs === "store-credit",
    canGive: isOpen && rebate.reason !== "disputed",
    canDismiss: isOpen,
  };
};

interface OpenTotals {
  readonly invoices: number;
  readonly open: bigint;
  readonly overdue: bigint;
  readonly overdueInvoices: number;
}

interface RebateTotals {
  readonly given: number;
  readonly amount: bigint;
  readonly takenBack: bigint;
  readonly expired: bigint;
  readonly owed: bigint;
  readonly coming: bigint;
}

export const presentTermsFigures = (open: OpenTotals, rebates: RebateTotals, currency: string): Fact[] => [
  { label: "Open", value: `${money(open.open, currency)} on ${plural(open.invoices, "invoice")}` },
  { label: "Overdue", value: `${money(open.overdue, currency)} on ${plural(open.overdueInvoices, "invoice")}` },
  ...presentRebateTotals(rebates, currency),
];

/** What was earned by paying early; nothing where nothing ever was. */
export const presentRebateTotals = (totals: RebateTotals, currency: string): Fact[] => {
  const { given, amount, takenBack, expired, owed, coming } = totals;
  const some = (label: string, minor: bigint): Fact[] =>
    minor === 0n ? [] : [{ label, value: money(minor, currency) }];
  if (given === 0 && coming === 0n) return [];
  return [
    { label: "Early-payment discounts", value: `${money(amount, currency)} on ${count(given)}` },
    ...some("About to be given", coming),
    ...some("Taken back after refunds", takenBack),
    ...some("Expired unused", expired),
    ...some("To be taken back", owed),
  ];
};

const TIERS = { key: "key accounts", A: "tier A", B: "tier B", C: "tier C", other: "everybody else" } as const;

/** "2/10 net 30", for whom, and the annualised cost of each percentage beside the shop's own cost of money. */
export const presentTermsOffer = (
  { part, isInForce }: { readonly part: EarlyPaymentAfter; readonly isInForce: boolean },
  costOfMoney: number | null,
): TermsOfferView => {
  const { percents, discountDays, netDays } = part;
  const offered = (["key", "A", "B", "C", "other"] as const).flatMap((tier) => {
    const basisPoints = percents[tier];
    return basisPoints === undefined || basisPoints === 0 ? [] : [{ tier, basisPoints }];
  });
  const isOne = offered.length === 1 && offered[0]?.tier === "other";
  const facts = offered.map(({ tier, basisPoints }): Fact => {
    const cost = annualCost(basisPoints, part);
    const label = isOne ? "Costs a year" : `Costs a year for ${TIERS[tier]} (${percent(basisPoints)})`;
    return { label, value: cost ? `${share(cost.nominal)} nominal, ${share(cost.effective)} effective` : "–" };
  });
  const own = {
    label: "Your cost of money",
    value: costOfMoney === null ? "Not set" : `${percent(costOfMoney)} a year`,
  };
  const largest = Math.max(0, ...offered.map(({ basisPoints }) => basisPoints));
  return {
    terms: `${percent(largest).replace(" %", "")}/${discountDays} net ${netDays}${isInForce ? "" : ", not published"}`,
    facts: [...facts, own],
  };
};
