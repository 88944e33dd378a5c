import type { World, WorldLine, WorldOrder } from "#tests/local-shopify/world/world.ts";
import { halfUp, minorIn, total } from "./money.ts";

/** A line of an order as it was sold; amounts in minor units of the shop's currency. */
export interface SoldLine {
  readonly line: WorldLine;
  /** When it was sold: with the order, or by the edit that added it. */
  readonly at: string;
  /** Which edit of the order added it; null when it was there from the start. */
  readonly edit: number | null;
  /** Unit price x quantity less all discounts, as written: with the tax where prices include it. */
  readonly asked: bigint;
  readonly tax: bigint;
  /** What is left of it without tax. */
  readonly net: bigint;
  /** All its discounts without the tax in them. */
  readonly discount: bigint;
}

export const includesTax = (world: World, order: WorldOrder): boolean =>
  order.taxesIncluded ?? world.shop.taxesIncluded;

/** The order's discount in shares by what the lines are worth; single units left over go to the first lines. */
const shareOut = (discount: bigint, worth: readonly bigint[]): bigint[] => {
  const whole = total(worth);
  if (whole === 0n) return worth.map(() => 0n);
  const shares = worth.map((one) => (one * discount) / whole);
  let left = discount - total(shares);
  return shares.map((share, index) => {
    if (left === 0n || worth[index] === 0n) return share;
    left -= 1n;
    return share + 1n;
  });
};

/** All lines that were ever sold with an order, those added later too. */
export const soldLines = (world: World, order: WorldOrder): SoldLine[] => {
  const minor = minorIn(world.shop.currency);
  const inside = includesTax(world, order);
  const full = (line: WorldLine): bigint => minor(line.unitPrice) * BigInt(line.quantity);
  // Lines that are added later have no part in the order's discount, and gift cards have none at all.
  const shares = shareOut(
    minor(order.orderDiscount),
    order.lines.map((line) => (line.giftCard ? 0n : full(line) - minor(line.discount))),
  );
  const sold = (line: WorldLine, share: bigint, at: string, edit: number | null): SoldLine => {
    const off = minor(line.discount) + share;
    const tax = minor(line.tax);
    const asked = full(line) - off;
    const taxOfDiscount = inside && asked > 0n ? halfUp(off * tax, asked) : 0n;
    return { line, at, edit, asked, tax, net: inside ? asked - tax : asked, discount: off - taxOfDiscount };
  };
  return [
    ...order.lines.map((line, index) => sold(line, shares[index] ?? 0n, order.processedAt, null)),
    ...order.edits.flatMap((edit, index) => edit.add.map((line) => sold(line, 0n, edit.at, index))),
  ];
};

export interface Removal {
  readonly edit: number;
  readonly at: string;
  readonly sold: SoldLine;
  readonly quantity: number;
  readonly net: bigint;
  readonly tax: bigint;
}

/**
 * Units that edits took off. Each takes the units of its line that come next after all that went before, be it taken off or
 * sent back; the first k of n units are worth k/n of the line, rounded down.
 */
export const removals = (order: WorldOrder, lines: readonly SoldLine[]): Removal[] => {
  const leaving = [
    ...order.edits.flatMap(({ at, remove }, edit) => remove.map((part) => ({ ...part, at, edit }))),
    ...order.refunds.flatMap((refund) =>
      refund.lines.map(({ lineId, quantity }) => ({
        lineId,
        quantity,
        at: refund.returnedAt ?? refund.createdAt,
        edit: -1,
      })),
    ),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const gone = new Map<number, number>();
  const found: Removal[] = [];
  for (const { lineId, quantity, at, edit } of leaving) {
    const before = gone.get(lineId) ?? 0;
    gone.set(lineId, before + quantity);
    const sold = lines.find(({ line }) => line.id === lineId);
    if (edit < 0 || !sold) continue;
    const first = (whole: bigint, units: number): bigint => (whole * BigInt(units)) / BigInt(sold.line.quantity);
    const worth = (whole: bigint): bigint => first(whole, before + quantity) - first(whole, before);
    found.push({ edit, at, sold, quantity, net: worth(sold.net), tax: worth(sold.tax) });
  }
  return found;
};
