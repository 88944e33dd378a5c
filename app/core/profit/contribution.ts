import type { OrderLedger } from "../ledger/entries-of-order.ts";
import type { EntryKind } from "../ledger/entry.ts";
import type { Order } from "../orders/order.ts";
import type { ShopDay } from "../time/shop-day.ts";

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
  other_revenue: "netSales",
  cogs: "cm1",
  cogs_restocked: "cm1",
  shipping_revenue: "cm2",
  shipping_cost: "cm2",
  handling_cost: "cm2",
  return_handling: "cm2",
  payment_fee: "cm2",
  fx_adjustment: "cm2",
  incentive: "cm3",
  cost_to_serve: "cm4",
  credit_cost: "cm4",
  chargeback: "cm4",
  write_off: "cm4",
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
  /** Goods sold after discounts. */
  readonly sold: bigint;
  /** What came back of them, as a positive amount; of cancelled orders nothing. */
  readonly returned: bigint;
  /** Units sold, less those that came back or were taken off: gift cards and tips are none. */
  readonly units: number;
  /** Goods sold in an order that was cancelled, and in one whose payment was disputed. */
  readonly cancelled: bigint;
  readonly disputed: bigint;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const emptyDay = (): Mutable<DayTotals> => ({
  orders: 0,
  units: 0,
  netSales: 0n,
  cm1: 0n,
  cm2: 0n,
  cm3: 0n,
  cm4: 0n,
  goods: 0n,
  goodsWithKnownCost: 0n,
  hasUnknownCost: false,
  refunds: 0n,
  sold: 0n,
  returned: 0n,
  cancelled: 0n,
  disputed: 0n,
});

/** Each margin with those that follow it, which all have it in them. */
const MARGINS_FROM: Readonly<Record<keyof Contribution, readonly (keyof Contribution)[]>> = {
  netSales: MARGINS,
  cm1: MARGINS.slice(1),
  cm2: MARGINS.slice(2),
  cm3: MARGINS.slice(3),
  cm4: MARGINS.slice(4),
};

/**
 * An order's ledger summed by day, in minor units. An entry belongs to its own day: what comes back in May lowers May. The
 * order's own day always has a row, even when all its lines are gift cards.
 */
export const totalsByDay = (
  order: Order,
  { entries, linesWithoutCost }: OrderLedger,
  dayOf: (instant: number) => ShopDay,
): Map<ShopDay, DayTotals> => {
  const orderDay = dayOf(order.processedAt);
  const days = new Map<ShopDay, Mutable<DayTotals>>([[orderDay, { ...emptyDay(), orders: 1 }]]);
  for (const { kind, day, amount, lineId, event } of entries) {
    let totals = days.get(day);
    if (!totals) days.set(day, (totals = emptyDay()));
    for (const margin of MARGINS_FROM[FIRST_MARGIN[kind]]) totals[margin] += amount;
    const isUncosted = lineId !== null && linesWithoutCost.has(lineId);
    if (COVERED.has(kind)) addGoods(totals, { amount, isUncosted, isReturn: kind === "return" });
    if (isUncosted && kind === "cogs") totals.hasUnknownCost = true;
    if (event.type === "refund") totals.refunds += amount;
  }
  addUnits(days, unitsByDay(order, dayOf));
  if (order.cancelledAt !== null) cancel(days);
  if (order.disputes.length > 0) for (const totals of days.values()) totals.disputed = totals.sold;
  return days;
};

const addUnits = (days: Map<ShopDay, Mutable<DayTotals>>, units: ReadonlyMap<ShopDay, number>): void => {
  for (const [day, quantity] of units) {
    const totals = days.get(day) ?? emptyDay();
    totals.units += quantity;
    days.set(day, totals);
  }
};

/** When units were sold, and when they went again. */
const unitsByDay = (order: Order, dayOf: (instant: number) => ShopDay): Map<ShopDay, number> => {
  const goods = new Map(order.lines.filter(({ giftCard }) => !giftCard).map((line) => [line.id, line]));
  const units = new Map<ShopDay, number>();
  const add = (at: number, lineId: bigint, quantity: number): void => {
    if (goods.has(lineId)) units.set(dayOf(at), (units.get(dayOf(at)) ?? 0) + quantity);
  };
  const { added, removals, refunds } = order.changes ?? { added: new Map(), removals: [], refunds: [] };
  for (const { id, quantity } of goods.values()) add(added.get(id)?.at ?? order.processedAt, id, quantity);
  for (const { event, lineId, quantity } of removals) add(event.at, lineId, -quantity);
  for (const { at, lines } of refunds) for (const { lineId, quantity } of lines) add(at, lineId, -quantity);
  return units;
};

const addGoods = (
  totals: Mutable<DayTotals>,
  { amount, isUncosted, isReturn }: { amount: bigint; isUncosted: boolean; isReturn: boolean },
): void => {
  totals.goods += amount;
  if (!isUncosted) totals.goodsWithKnownCost += amount;
  if (isReturn) totals.returned -= amount;
  else totals.sold += amount;
};

/** What came back of a cancelled order is its cancellation, and not counted as returned too. */
const cancel = (days: ReadonlyMap<ShopDay, Mutable<DayTotals>>): void => {
  for (const totals of days.values()) {
    totals.cancelled = totals.sold;
    totals.returned = 0n;
  }
};
