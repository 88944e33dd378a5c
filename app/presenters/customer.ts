import { ENTRY_KINDS, type EntryKind } from "#app/core/ledger/entry.ts";
import { FIRST_MARGIN, MARGINS, type Contribution } from "#app/core/profit/contribution.ts";
import type { Flag, KeptReason, Tier } from "#app/core/tiers/tier.ts";
import type { CustomerFigures } from "./customers.ts";
import { customerKind, customerName } from "./customer-name.ts";
import { KIND_LABELS } from "./entry-kinds.ts";
import { FLAG_LABELS, keptReason } from "./flags.ts";
import { count, date, money, percentOf } from "./format.ts";
import { whyTier, type TierDetail, type TierRunDetail } from "./tier-standing.ts";

export interface WaterfallStep {
  readonly label: string;
  readonly amount: string;
  readonly kind: "movement" | "subtotal" | "total";
  /** Where the bar begins and ends, from 0 to 1 of the drawing's width. */
  readonly from: number;
  readonly to: number;
  readonly isNegative: boolean;
}

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

interface Detail extends CustomerFigures, TierDetail {
  readonly firstOrderAt: Date;
  readonly keptBecause: KeptReason | null;
}

interface Shop {
  readonly currency: string;
  readonly timeZone: string;
}

export interface CustomerView {
  readonly name: string;
  readonly subtitle: string;
  readonly tier: Tier;
  readonly isProvisional: boolean;
  readonly flags: readonly { readonly flag: Flag; readonly meaning: string }[];
  readonly why: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** A customer for people: where it stands and why. */
export const presentCustomer = (customer: Detail, run: TierRunDetail, shop: Shop): CustomerView => {
  const { currency, timeZone } = shop;
  const coverage = percentOf(customer.goodsWithKnownCost, customer.goods);
  const email = customer.name === null ? null : customer.email;
  return {
    name: customerName(customer),
    subtitle: [customerKind(customer.kind), ...(email === null ? [] : [email])].join(", "),
    tier: customer.tier,
    isProvisional: customer.isProvisional,
    flags: customer.flags.map((flag) => ({ flag, meaning: FLAG_LABELS[flag].meaning })),
    why: [
      ...whyTier(customer, run, currency),
      ...(customer.keptBecause === null ? [] : [keptReason(customer.keptBecause, run.policy)]),
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
  readonly disputed: boolean;
  readonly hasUnknownSale: boolean;
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
    ...(order.disputed ? ["Disputed"] : []),
    ...(order.hasUnknownCost ? ["Cost unknown"] : []),
    ...(order.hasUnknownSale ? ["Open question: a sale that Shopify calls unknown"] : []),
  ],
});
