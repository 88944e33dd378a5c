import type { EntryKind, LedgerEntry } from "../ledger/entry.ts";

/** The contribution margins, from net sales to CM4, the customer's profit contribution. Minor units. */
export interface Contribution {
  readonly netSales: bigint;
  readonly cm1: bigint;
  readonly cm2: bigint;
  readonly cm3: bigint;
  readonly cm4: bigint;
}

export const MARGINS = ["netSales", "cm1", "cm2", "cm3", "cm4"] as const satisfies readonly (keyof Contribution)[];

/**
 * The first margin that a kind of entry is part of; it is part of all that follow. This table is the definition of
 * every margin: net sales, then the goods (CM1), then shipping and payment (CM2), then incentives (CM3), then the cost
 * of serving and financing the customer (CM4).
 */
export const FIRST_MARGIN: Readonly<Record<EntryKind, keyof Contribution>> = {
  gross_sale: "netSales",
  discount: "netSales",
  return: "netSales",
  refund_adjustment: "netSales",
  cogs: "cm1",
  cogs_restocked: "cm1",
  shipping_revenue: "cm2",
  payment_fee: "cm2",
};

/** Kinds whose lines are weighed in the cost coverage: the goods sold and what came back of them. */
const COVERED: ReadonlySet<EntryKind> = new Set(["gross_sale", "discount", "return"]);

/** What an order moved on one day. Summing these over a customer's orders and a window gives the customer's profit. */
export interface DayTotals extends Contribution {
  /** 1 on the order's own day, 0 on days when something of it came back. */
  readonly orders: number;
  /** Gross sales, discounts and returns of all lines, and of the lines whose unit cost is known. */
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
  readonly hasUnknownCost: boolean;
  /** CM4 of what refunds did on this day: how much of a loss one refund explains. */
  readonly refunds: bigint;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const emptyDay = (): Mutable<DayTotals> => ({
  orders: 0,
  netSales: 0n,
  cm1: 0n,
  cm2: 0n,
  cm3: 0n,
  cm4: 0n,
  goods: 0n,
  goodsWithKnownCost: 0n,
  hasUnknownCost: false,
  refunds: 0n,
});

/** Lines for which a cost is missing: their sales are outside the coverage, and so are their returns. */
const linesWithoutCost = (entries: readonly LedgerEntry[]): ReadonlySet<bigint | null> =>
  new Set(entries.filter(({ kind, provenance }) => kind === "cogs" && provenance === "unknown").map((e) => e.lineId));

/**
 * An order's entries summed by day, in minor units. An entry belongs to its own day: what comes back in May lowers May.
 *
 * @param orderDay the shop's day of the order, which always has a row, even when all its lines are gift cards
 */
export const totalsByDay = (entries: readonly LedgerEntry[], orderDay: number): Map<number, DayTotals> => {
  const unknown = linesWithoutCost(entries);
  const days = new Map<number, Mutable<DayTotals>>([[orderDay, { ...emptyDay(), orders: 1 }]]);
  for (const { kind, day, amount, lineId, event } of entries) {
    let totals = days.get(day);
    if (!totals) days.set(day, (totals = emptyDay()));
    for (let margin = MARGINS.indexOf(FIRST_MARGIN[kind]); margin < MARGINS.length; margin++) {
      const name = MARGINS[margin];
      if (name) totals[name] += amount;
    }
    if (COVERED.has(kind)) {
      totals.goods += amount;
      if (!unknown.has(lineId)) totals.goodsWithKnownCost += amount;
    }
    if (unknown.has(lineId) && kind === "cogs") totals.hasUnknownCost = true;
    if (event.type === "refund") totals.refunds += amount;
  }
  return days;
};
