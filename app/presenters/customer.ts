import { ENTRY_KINDS, type EntryKind } from "#app/core/ledger/entry.ts";
import { FIRST_MARGIN, MARGINS, type Contribution } from "#app/core/profit/contribution.ts";
import type { Flag, KeptReason, Tier } from "#app/core/tiers/tier.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import type { CustomerFigures } from "./customers.ts";
import { customerKind, customerName } from "./customer-name.ts";
import { FLAG_LABELS, KEPT_REASONS } from "./flags.ts";
import { count, date, money, percentOf } from "./format.ts";

export interface WaterfallStep {
  readonly label: string;
  readonly amount: string;
  readonly kind: "movement" | "subtotal" | "total";
  /** Where the bar begins and ends, from 0 to 1 of the drawing's width. */
  readonly from: number;
  readonly to: number;
  readonly isNegative: boolean;
}

const KIND_LABELS: Readonly<Record<EntryKind, string>> = {
  gross_sale: "Gross sales",
  discount: "Discounts",
  return: "Returns",
  refund_adjustment: "Refund adjustments",
  cogs: "Cost of goods",
  cogs_restocked: "Cost of goods restocked",
  shipping_revenue: "Shipping charged",
  payment_fee: "Payment fees",
};

const MARGIN_LABELS: Readonly<Record<keyof Contribution, string>> = {
  netSales: "Net sales",
  cm1: "CM1, after cost of goods",
  cm2: "CM2, after shipping and payment",
  cm3: "CM3, after incentives",
  cm4: "CM4, profit contribution",
};

interface Bar {
  readonly label: string;
  readonly amount: bigint;
  readonly start: bigint;
  readonly end: bigint;
  readonly kind: WaterfallStep["kind"];
}

const barsOf = (amounts: ReadonlyMap<EntryKind, bigint>): Bar[] => {
  const bars: Bar[] = [];
  let running = 0n;
  for (const margin of MARGINS) {
    for (const kind of ENTRY_KINDS) {
      const amount = amounts.get(kind) ?? 0n;
      if (FIRST_MARGIN[kind] !== margin || amount === 0n) continue;
      bars.push({ label: KIND_LABELS[kind], amount, start: running, end: running + amount, kind: "movement" });
      running += amount;
    }
    const kind = margin === "cm4" ? "total" : "subtotal";
    bars.push({ label: MARGIN_LABELS[margin], amount: running, start: 0n, end: running, kind });
  }
  return bars;
};

/** From gross sales to CM4: each kind of entry as a step, each margin as a subtotal. */
export const presentWaterfall = (amounts: ReadonlyMap<EntryKind, bigint>, currency: string): WaterfallStep[] => {
  const bars = barsOf(amounts);
  const ends = bars.flatMap(({ start, end }) => [start, end]);
  const low = ends.reduce((a, b) => (b < a ? b : a), 0n);
  const high = ends.reduce((a, b) => (b > a ? b : a), 0n);
  const span = high - low;
  const place = (value: bigint): number => (span === 0n ? 0 : Number(((value - low) * 10_000n) / span) / 10_000);
  return bars.map(({ label, amount, start, end, kind }) => ({
    label,
    amount: money(amount, currency),
    kind,
    from: Math.min(place(start), place(end)),
    to: Math.max(place(start), place(end)),
    isNegative: amount < 0n,
  }));
};

interface Detail extends CustomerFigures {
  readonly firstOrderAt: Date;
  readonly cumulativeBefore: bigint;
  readonly keptBecause: KeptReason | null;
}

interface Shop {
  readonly currency: string;
  readonly timeZone: string;
}

const whyTier = (customer: Detail, { borders, positiveTotal, tiers }: TierRunSummary, currency: string): string[] => {
  const all = tiers.A.customers + tiers.B.customers + tiers.C.customers;
  const place = `Rank ${count(customer.rank)} of ${count(all)} by profit contribution.`;
  if (customer.cm4 <= 0n) {
    const word = customer.cm4 === 0n ? "made neither profit nor loss" : `lost ${money(-customer.cm4, currency)}`;
    return [place, `It ${word} in the window, and only customers with a profit can be A or B.`];
  }
  const before = percentOf(customer.cumulativeBefore, positiveTotal) ?? "0.0 %";
  const after = percentOf(customer.cumulativeBefore + customer.cm4, positiveTotal) ?? "0.0 %";
  const reach =
    customer.rank === 1
      ? `It is the best one and makes ${after} of all profit made.`
      : `The better ones make ${before} of all profit made; with this one it is ${after}.`;
  const rules: Readonly<Record<Tier, string>> = {
    A: "Tier A goes to customers from the top until 80 % is reached.",
    B: "80 % was reached already, and tier B goes on until 95 %.",
    C: "95 % was reached already: the rest is tier C.",
  };
  const gap = customer.tier === "B" ? borders.a : customer.tier === "C" ? borders.b : null;
  const upper = customer.tier === "B" ? "A" : "B";
  const more =
    gap === null
      ? []
      : [
          `The last customer of tier ${upper} made ${money(gap, currency)}: ${money(gap - customer.cm4, currency)} more than this one.`,
        ];
  return [place, `${reach} ${rules[customer.tier]}`, ...more];
};

export interface CustomerView {
  readonly name: string;
  readonly subtitle: string;
  readonly tier: Tier;
  readonly flags: readonly { readonly flag: Flag; readonly meaning: string }[];
  readonly why: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** A customer for people: where it stands and why. */
export const presentCustomer = (customer: Detail, summary: TierRunSummary, shop: Shop): CustomerView => {
  const { currency, timeZone } = shop;
  const coverage = percentOf(customer.goodsWithKnownCost, customer.goods);
  const email = customer.name === null ? null : customer.email;
  return {
    name: customerName(customer),
    subtitle: [customerKind(customer.kind), ...(email === null ? [] : [email])].join(", "),
    tier: customer.tier,
    flags: customer.flags.map((flag) => ({ flag, meaning: FLAG_LABELS[flag].meaning })),
    why: [
      ...whyTier(customer, summary, currency),
      ...(customer.keptBecause === null ? [] : [KEPT_REASONS[customer.keptBecause]]),
    ],
    facts: [
      { label: "Profit contribution", value: money(customer.cm4, currency) },
      { label: "Margin on net sales", value: percentOf(customer.cm4, customer.netSales) ?? "–" },
      { label: "Orders in the window", value: count(customer.orders) },
      { label: "First order", value: date(customer.firstOrderAt, timeZone) },
      { label: "Cost coverage", value: coverage ?? "–" },
    ],
  };
};

interface Order {
  readonly id: bigint;
  readonly name: string;
  readonly processedAt: Date;
  readonly counted: boolean;
  readonly test: boolean;
  readonly cancelled: boolean;
  readonly presentmentCurrency: string;
  readonly presentmentTotal: bigint;
  readonly netSales: bigint | null;
  readonly cm4: bigint | null;
  readonly hasUnknownCost: boolean;
}

export interface OrderView {
  readonly id: string;
  readonly name: string;
  readonly date: string;
  readonly paid: string;
  readonly netSales: string;
  readonly profit: string;
  readonly isLoss: boolean;
  readonly notes: readonly string[];
}

export const presentOrder = (order: Order, shop: Shop): OrderView => ({
  id: order.id.toString(),
  name: order.name,
  date: date(order.processedAt, shop.timeZone),
  paid: money(order.presentmentTotal, order.presentmentCurrency),
  netSales: order.netSales === null ? "–" : money(order.netSales, shop.currency),
  profit: order.cm4 === null ? "–" : money(order.cm4, shop.currency),
  isLoss: order.cm4 !== null && order.cm4 < 0n,
  notes: [
    ...(order.test ? ["Test"] : []),
    ...(order.cancelled ? ["Cancelled"] : []),
    ...(order.counted ? [] : ["Not counted"]),
    ...(order.hasUnknownCost ? ["Cost unknown"] : []),
  ],
});
