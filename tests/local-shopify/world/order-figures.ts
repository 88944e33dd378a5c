import { toMinor } from "./money.ts";
import type { World, WorldEdit, WorldLine, WorldOrder, WorldRefund, WorldShipping } from "./shape.ts";

// All amounts are minor units of the shop's currency. "Gross of tax" means: as the order's amounts are written, so with
// the tax in a tax-inclusive order and without it otherwise.

/** A line as it was sold, before anything was removed or returned. */
export interface LineFigures {
  line: WorldLine;
  /** The edit that added the line, or null when it was there from the start. */
  addedBy: WorldEdit | null;
  unitPrice: bigint;
  originalTotal: bigint;
  lineDiscount: bigint;
  /** originalTotal - lineDiscount */
  discountedTotal: bigint;
  /** The line's share of the order's discount. */
  orderDiscount: bigint;
  tax: bigint;
  duties: bigint;
  /** What the line was sold for after all discounts, without tax. */
  net: bigint;
}

/** Units taken off the order by an edit; they are worth their share of the line, and were never sent. */
export interface RemovalFigures {
  edit: WorldEdit;
  line: WorldLine;
  quantity: number;
  net: bigint;
  tax: bigint;
}

export interface RefundLineFigures {
  line: WorldLine;
  quantity: number;
  restockType: "RETURN" | "NO_RESTOCK" | "CANCEL" | "LEGACY_RESTOCK";
  /** As written in the world: with the tax in a tax-inclusive order, without it otherwise. */
  amount: bigint;
  tax: bigint;
}

export interface RefundFigures {
  refund: WorldRefund;
  lines: RefundLineFigures[];
  shipping: bigint;
  shippingTax: bigint;
  adjustment: bigint;
  adjustmentTax: bigint;
  /** All that the refund gives back, tax included; the sum of its REFUND transactions when the order was paid in full. */
  total: bigint;
}

export interface ShippingFigures {
  shipping: WorldShipping;
  price: bigint;
  discount: bigint;
  tax: bigint;
}

export interface OrderTotals {
  /** Lines after all their discounts, as written (tax in it when inclusive), edit-added lines too, before returns. */
  subtotal: bigint;
  /** Line, order and shipping discounts. */
  discounts: bigint;
  /** Shipping before its discount. */
  shipping: bigint;
  /** Tax of lines and shipping. */
  tax: bigint;
  duties: bigint;
  /** What was asked for in all: lines, shipping, tax, duties and tip, before removals and returns. */
  total: bigint;
  /** `total` as it was when the order was placed, before any edit. */
  originalTotal: bigint;
  /** `total` less removals and refunds: what is still to be paid or was kept. */
  currentTotal: bigint;
  /** Successful SALE and CAPTURE transactions. */
  received: bigint;
  /** Successful REFUND transactions. */
  refunded: bigint;
  /** currentTotal - received + refunded; 0 on cancelled orders. */
  outstanding: bigint;
}

export interface OrderFigures {
  taxesIncluded: boolean;
  lines: LineFigures[];
  shipping: ShippingFigures[];
  tip: bigint;
  removals: RemovalFigures[];
  refunds: RefundFigures[];
  totals: OrderTotals;
}

/**
 * Spreads an order's discount as Shopify does: by line value, each share rounded down, what is left over one unit at a
 * time from the first line. Lines of value 0 get none.
 *
 * @example allocateOrderDiscount(100n, [1000n, 0n, 1000n, 1000n]) // [34n, 0n, 33n, 33n]
 */
export function allocateOrderDiscount(discount: bigint, values: readonly bigint[]): bigint[] {
  const whole = sum(values);
  if (discount === 0n || whole === 0n) return values.map(() => 0n);
  const shares = values.map((value) => (discount * value) / whole);
  let left = discount - sum(shares);
  return shares.map((share, index) => {
    if (left === 0n || values[index] === 0n) return share;
    left -= 1n;
    return share + 1n;
  });
}

/**
 * What units `from + 1` to `from + quantity` of a line are worth, so that all its units add up to the line.
 *
 * @example unitsWorth(1000n, { of: 3, from: 0, quantity: 1 }) // 333n
 * @example unitsWorth(1000n, { of: 3, from: 1, quantity: 2 }) // 667n
 */
export function unitsWorth(total: bigint, units: { of: number; from: number; quantity: number }): bigint {
  const upTo = (count: number) => (total * BigInt(count)) / BigInt(units.of);
  return upTo(units.from + units.quantity) - upTo(units.from);
}

/** Whether an order's amounts carry their tax. */
export function isTaxInclusive(world: Pick<World, "shop">, order: WorldOrder): boolean {
  return order.taxesIncluded ?? world.shop.taxesIncluded;
}

/**
 * Works out an order's amounts from what the world says of it: allocation of the order's discount, units removed by
 * edits, refunds, and the totals that Shopify prints on the order.
 *
 * @throws RangeError when an amount has more decimals than the shop's currency (a validated order never has)
 */
export function figuresOf(world: Pick<World, "shop">, order: WorldOrder): OrderFigures {
  const minor = (decimal: string) => toMinor(decimal, world.shop.currency);
  const taxesIncluded = isTaxInclusive(world, order);
  const lines = lineFigures(order, { minor, taxesIncluded });
  const shipping = (order.shippingLines ?? [order.shipping]).map((line) => ({
    shipping: line,
    price: minor(line.price),
    discount: minor(line.discount),
    tax: minor(line.tax),
  }));
  const removals = removalFigures(order, lines);
  const byId = new Map(lines.map((figures) => [figures.line.id, figures.line]));
  const refunds = order.refunds.map((refund) => refundFigures(refund, { byId, minor, taxesIncluded }));
  const parts = { taxesIncluded, lines, shipping, tip: minor(order.tip), removals, refunds };
  return { ...parts, totals: totalsOf(order, parts, minor) };
}

type ToMinor = (decimal: string) => bigint;

function lineFigures(order: WorldOrder, how: { minor: ToMinor; taxesIncluded: boolean }): LineFigures[] {
  const first = order.lines.map((line) => unallocated(line, null, how.minor));
  const added = order.edits.flatMap((edit) => edit.add.map((line) => unallocated(line, edit, how.minor)));
  const weights = first.map(({ line, discountedTotal }) => (line.giftCard ? 0n : discountedTotal));
  const shares = allocateOrderDiscount(how.minor(order.orderDiscount), weights);
  return [...first, ...added].map((figures, index) => {
    const orderDiscount = shares[index] ?? 0n;
    const sold = figures.discountedTotal - orderDiscount;
    return { ...figures, orderDiscount, net: how.taxesIncluded ? sold - figures.tax : sold };
  });
}

function unallocated(line: WorldLine, addedBy: WorldEdit | null, minor: ToMinor) {
  const unitPrice = minor(line.unitPrice);
  const originalTotal = unitPrice * BigInt(line.quantity);
  const lineDiscount = minor(line.discount);
  const discountedTotal = originalTotal - lineDiscount;
  const tax = minor(line.tax);
  const duties = minor(line.duties ?? "0");
  return { line, addedBy, unitPrice, originalTotal, lineDiscount, discountedTotal, tax, duties };
}

function removalFigures(order: WorldOrder, lines: LineFigures[]): RemovalFigures[] {
  const byId = new Map(lines.map((figures) => [figures.line.id, figures]));
  const gone = new Map<number, number>();
  const removals: RemovalFigures[] = [];
  for (const step of goneInOrder(order)) {
    const figures = byId.get(step.lineId);
    if (!figures) continue;
    const from = gone.get(step.lineId) ?? 0;
    gone.set(step.lineId, from + step.quantity);
    if (!step.edit) continue;
    const { line, net, tax } = figures;
    const units = { of: line.quantity, from, quantity: step.quantity };
    removals.push({
      edit: step.edit,
      line,
      quantity: step.quantity,
      net: unitsWorth(net, units),
      tax: unitsWorth(tax, units),
    });
  }
  return removals;
}

/** Removals and refunds draw on the same units of a line, from the first, in the order in which they happened. */
function goneInOrder(order: WorldOrder): { at: string; lineId: number; quantity: number; edit: WorldEdit | null }[] {
  const removed = order.edits.flatMap((edit) => edit.remove.map((part) => ({ at: edit.at, ...part, edit })));
  const returned = order.refunds.flatMap((refund) =>
    refund.lines.map(({ lineId, quantity }) => ({ at: refund.createdAt, lineId, quantity, edit: null })),
  );
  return [...removed, ...returned].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function refundFigures(
  refund: WorldRefund,
  how: { byId: Map<number, WorldLine>; minor: ToMinor; taxesIncluded: boolean },
): RefundFigures {
  const { minor } = how;
  const lines = refund.lines.flatMap(({ lineId, quantity, restockType, amount, tax }) => {
    const line = how.byId.get(lineId);
    return line ? [{ line, quantity, restockType, amount: minor(amount), tax: minor(tax) }] : [];
  });
  const shipping = minor(refund.shipping);
  const shippingTax = minor(refund.shippingTax);
  const adjustment = minor(refund.adjustment);
  const adjustmentTax = minor(refund.adjustmentTax);
  const written = sum(lines.map((line) => line.amount)) + shipping + adjustment;
  const tax = sum(lines.map((line) => line.tax)) + shippingTax + adjustmentTax;
  const total = how.taxesIncluded ? written : written + tax;
  return { refund, lines, shipping, shippingTax, adjustment, adjustmentTax, total };
}

function totalsOf(order: WorldOrder, figures: Omit<OrderFigures, "totals">, minor: ToMinor): OrderTotals {
  const { lines, shipping, removals, refunds, tip, taxesIncluded } = figures;
  const sold = (line: LineFigures) => line.discountedTotal - line.orderDiscount;
  const asked = (line: LineFigures) => sold(line) + line.duties + (taxesIncluded ? 0n : line.tax);
  const shippingTax = sum(shipping.map((line) => line.tax));
  const shippingTotal = sum(shipping.map((line) => line.price - line.discount)) + (taxesIncluded ? 0n : shippingTax);
  const rest = shippingTotal + tip;
  const total = sum(lines.map(asked)) + rest;
  const takenBack = sum(removals.map(({ net, tax }) => net + tax)) + sum(refunds.map((refund) => refund.total));
  const received = transacted(order, ["SALE", "CAPTURE"], minor);
  const refunded = transacted(order, ["REFUND"], minor);
  const currentTotal = total - takenBack;
  return {
    subtotal: sum(lines.map(sold)),
    discounts:
      sum(lines.map((line) => line.lineDiscount + line.orderDiscount)) + sum(shipping.map((line) => line.discount)),
    shipping: sum(shipping.map((line) => line.price)),
    tax: sum(lines.map((line) => line.tax)) + shippingTax,
    duties: sum(lines.map((line) => line.duties)),
    total,
    originalTotal: sum(lines.filter((line) => line.addedBy === null).map(asked)) + rest,
    currentTotal,
    received,
    refunded,
    outstanding: order.cancelledAt === null ? currentTotal - received + refunded : 0n,
  };
}

function transacted(order: WorldOrder, kinds: readonly string[], minor: ToMinor): bigint {
  const counting = order.transactions.filter(({ kind, status }) => status === "SUCCESS" && kinds.includes(kind));
  return sum(counting.map(({ amount }) => minor(amount)));
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}
