import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { agreementsOf } from "#tests/local-shopify/world/sales-of-order.ts";
import { connectionOf, sequenceOf } from "./connection.ts";
import { defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import { MoneyBagSource, type MoneySource } from "./money-source.ts";
import type { OrderSource } from "./order-sources.ts";
import { isoSeconds } from "./shop-store.ts";

type Terms = NonNullable<WorldOrder["terms"]>;

const DAY_MS = 86_400_000;
/** What moves money, and which way. */
const SIGNS: Readonly<Record<string, bigint>> = { SALE: 1n, CAPTURE: 1n, REFUND: -1n };

export class PaymentTermsSource extends GraphSource {
  readonly typename = "PaymentTerms";
  readonly parent: OrderSource;
  readonly terms: Terms;

  constructor(parent: OrderSource, terms: Terms) {
    super();
    this.parent = parent;
    this.terms = terms;
  }

  /** Null while nothing says when it falls due: terms that begin with fulfilment. */
  get dueAt(): string | null {
    if (this.terms.type === "FULFILLMENT") return null;
    return isoSeconds(new Date(Date.parse(this.terms.issuedAt) + (this.terms.dueInDays ?? 0) * DAY_MS));
  }

  /** Since when the order is paid, or null while it is not. */
  get completedAt(): string | null {
    return completedAt(this.parent);
  }

  isDue(now: Date): boolean {
    const { dueAt } = this;
    return dueAt !== null && dueAt <= isoSeconds(now) && this.parent.figures.totals.outstanding > 0n;
  }
}

export class PaymentScheduleSource extends GraphSource {
  readonly typename = "PaymentSchedule";
  readonly owner: PaymentTermsSource;

  constructor(owner: PaymentTermsSource) {
    super();
    this.owner = owner;
  }

  /** Schedules are in the buyer's currency alone. */
  get outstanding(): MoneySource {
    const { exchange, figures } = this.owner.parent;
    return new MoneyBagSource(figures.totals.outstanding, exchange).presentment;
  }
}

export const paymentTermsTypes = [
  defineType("PaymentTerms", PaymentTermsSource, {
    id: ({ parent }) => gid("PaymentTerms", parent.order.id),
    paymentTermsType: ({ terms }) => terms.type,
    paymentTermsName: ({ terms }) => termsName(terms),
    translatedName: ({ terms }) => termsName(terms),
    dueInDays: ({ terms }) => terms.dueInDays,
    due: (source, _args, { now }) => source.isDue(now),
    overdue: (source, _args, { now }) => source.isDue(now),
    order: ({ parent }) => parent,
    draftOrder: () => null,
    paymentSchedules: (source, args, context, info) =>
      connectionOf(
        sequenceOf([new PaymentScheduleSource(source)], (schedule) => schedule),
        args,
        context,
        info,
      ),
  }),
  defineType("PaymentSchedule", PaymentScheduleSource, {
    id: ({ owner }) => gid("PaymentSchedule", owner.parent.order.id),
    issuedAt: ({ owner }) => owner.terms.issuedAt,
    dueAt: ({ owner }) => owner.dueAt,
    completedAt: ({ owner }) => owner.completedAt,
    due: ({ owner }, _args, { now }) => owner.isDue(now),
    balanceDue: ({ outstanding }) => outstanding,
    totalBalance: ({ outstanding }) => outstanding,
    paymentTerms: ({ owner }) => owner,
  }),
];

/** The terms of an order, if it is sold on some. */
export function paymentTermsOf(order: OrderSource | null): PaymentTermsSource | null {
  return order?.order.terms ? new PaymentTermsSource(order, order.order.terms) : null;
}

export function paymentScheduleOf(order: OrderSource | null): PaymentScheduleSource | null {
  const terms = paymentTermsOf(order);
  return terms && new PaymentScheduleSource(terms);
}

/** Terms as Shopify names them. @example termsName({ type: "NET", dueInDays: 30 }) // "Net 30" */
export function termsName({ type, dueInDays }: Pick<Terms, "type" | "dueInDays">): string {
  switch (type) {
    case "NET":
      return `Net ${dueInDays ?? 0}`;
    case "FIXED":
      return "Fixed";
    case "RECEIPT":
      return "Due on receipt";
    case "FULFILLMENT":
      return "Due on fulfillment";
  }
}

/** Since when the payments have covered what is asked for, if the order is paid now. */
function completedAt(source: OrderSource): string | null {
  const { order, figures } = source;
  if (figures.totals.outstanding > 0n) return null;
  const money = order.transactions.filter(({ kind, status }) => status === "SUCCESS" && kind in SIGNS);
  const edits = agreementsOf(order, figures).filter(({ about }) => about.type === "ORDER_EDIT");
  const changes = [
    { at: order.processedAt, asked: figures.totals.originalTotal, paid: 0n },
    ...edits.map(({ at, sales }) => ({ at, asked: sales.reduce((sum, { total }) => sum + total, 0n), paid: 0n })),
    ...figures.refunds.map(({ refund, total }) => ({ at: refund.createdAt, asked: -total, paid: 0n })),
    ...money.map(({ processedAt: at, kind, amount }) => ({
      at,
      asked: 0n,
      paid: (SIGNS[kind] ?? 0n) * source.minor(amount),
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let open = 0n;
  let since: string | null = null;
  for (const { at, asked, paid } of changes) {
    open += asked - paid;
    since = open > 0n ? null : (since ?? at);
  }
  return since ?? order.processedAt;
}
