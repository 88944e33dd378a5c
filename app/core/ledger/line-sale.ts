import { divideHalfUp } from "../money/money.ts";
import type { OrderLine } from "../orders/order.ts";

export interface LineSale {
  /** What the line was sold for before discounts, tax taken out. */
  readonly gross: bigint;
  /** The line's discounts, tax taken out; zero or negative. */
  readonly discount: bigint;
}

/**
 * A line's gross sale and discount, net of tax, in minor units; together they are its net sale.
 *
 * Where prices include tax, a discount takes tax with it: D - round(D x tax / discounted total) is its net part, and all
 * of D when nothing is left to pay. Where tax comes on top, prices and discounts are net as they stand.
 *
 * @example 3 x 12.00 with 20 % tax inside, 6.00 off, 5.00 tax in the 30.00 paid: gross 30.00, discount -5.00
 */
export const lineSale = (line: OrderLine, taxesIncluded: boolean): LineSale => {
  const discounted = line.unitPrice * BigInt(line.quantity) - line.discount;
  if (!taxesIncluded) return { gross: discounted + line.discount, discount: -line.discount };
  const taxOfDiscount = discounted === 0n ? 0n : divideHalfUp(line.discount * line.tax, discounted);
  const netDiscount = line.discount - taxOfDiscount;
  return { gross: discounted - line.tax + netDiscount, discount: -netDiscount };
};

/** A line's net sale: what it was sold for after all discounts, tax taken out. */
export const netSaleOf = (line: OrderLine, taxesIncluded: boolean): bigint =>
  line.unitPrice * BigInt(line.quantity) - line.discount - (taxesIncluded ? line.tax : 0n);

/**
 * What units `from + 1` to `from + quantity` of a line of `of` units are worth. Shopify rounds each running total down, so
 * that all units together are worth the line.
 *
 * @example unitsWorth(1000n, { of: 3, from: 0, quantity: 1 }) // 333n
 * @example unitsWorth(1000n, { of: 3, from: 1, quantity: 2 }) // 667n
 */
export const unitsWorth = (
  total: bigint,
  units: { readonly of: number; readonly from: number; readonly quantity: number },
): bigint => {
  const upTo = (count: number): bigint => (total * BigInt(count)) / BigInt(units.of);
  return upTo(units.from + units.quantity) - upTo(units.from);
};
