import { toMinor } from "./money.ts";
import { type RefundFigures, refundFigures, type RemovalFigures, removalFigures } from "./refund-figures.ts";
import type { World, WorldEdit, WorldLine, WorldOrder, WorldShipping } from "./shape.ts";

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

export interface ShippingFigures {
  shipping: WorldShipping;
  price: bigint;
  discount: bigint;
  tax: bigint;
}

export interface AdditionalFeeFigures {
  name: string;
  /** As written in the world: with the tax in a tax-inclusive order, without it otherwise. */
  price: bigint;
  tax: bigint;
}

export interface OrderTotals {
  /** Lines after all their discounts, as written (tax in it when inclusive), edit-added lines too, before returns. */
  subtotal: bigint;
  /** Line, order and shipping discounts. */
  discounts: bigint;
  /** Shipping before its discount. */
  shipping: bigint;
  /** Tax of lines, shipping and additional fees. */
  tax: bigint;
  duties: bigint;
  /** Duties charged when the order was placed, before any edit. */
  originalDuties: bigint;
  additionalFees: bigint;
  /** What was asked for in all: lines, shipping, tax, duties, additional fees and tip, before removals and returns. */
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
  additionalFees: AdditionalFeeFigures[];
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
  const shipping = shippingFigures(order, minor);
  const additionalFees = (order.additionalFees ?? []).map(({ name, price, tax }) => ({
    name,
    price: minor(price),
    tax: minor(tax),
  }));
  const removals = removalFigures(order, lines);
  const refunds = refundFigures(order, lines, { minor, taxesIncluded });
  const parts = { taxesIncluded, lines, shipping, additionalFees, tip: minor(order.tip), removals, refunds };
  return { ...parts, totals: totalsOf(order, parts, minor) };
}

type ToMinor = (decimal: string) => bigint;

/** None when nothing was shipped and nothing says that shipping was free. */
function shippingFigures(order: WorldOrder, minor: ToMinor): ShippingFigures[] {
  const lines = (order.shippingLines ?? [order.shipping]).map((line) => ({
    shipping: line,
    price: minor(line.price),
    discount: minor(line.discount),
    tax: minor(line.tax),
  }));
  if (order.shippingLines) return lines;
  return lines.filter(({ shipping, price, tax }) => shipping.title !== undefined || price > 0n || tax > 0n);
}

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

function totalsOf(order: WorldOrder, figures: Omit<OrderFigures, "totals">, minor: ToMinor): OrderTotals {
  const { lines, shipping, additionalFees, removals, refunds, tip, taxesIncluded } = figures;
  const sold = (line: LineFigures) => line.discountedTotal - line.orderDiscount;
  const asked = (line: LineFigures) => sold(line) + line.duties + (taxesIncluded ? 0n : line.tax);
  const shippingTax = sum(shipping.map((line) => line.tax));
  const shippingTotal = sum(shipping.map((line) => line.price - line.discount)) + (taxesIncluded ? 0n : shippingTax);
  const feesTax = sum(additionalFees.map((fee) => fee.tax));
  const fees = sum(additionalFees.map((fee) => fee.price));
  const rest = shippingTotal + fees + (taxesIncluded ? 0n : feesTax) + tip;
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
    tax: sum(lines.map((line) => line.tax)) + shippingTax + feesTax,
    duties: sum(lines.map((line) => line.duties)),
    originalDuties: sum(lines.filter(({ addedBy }) => addedBy === null).map((line) => line.duties)),
    additionalFees: fees,
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
