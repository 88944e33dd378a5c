import { allocateOrderDiscount } from "#tests/local-shopify/world/order-figures.ts";
import { fractionOf, halfUp } from "./arithmetic.ts";
import type { PricedCart } from "./cart.ts";

/** The tax on an amount: the part contained where prices include it, else what comes on top. Half up. */
export function taxOn(amount: bigint, { rate, taxesIncluded }: { rate: string; taxesIncluded: boolean }): bigint {
  const [part, whole] = fractionOf(rate);
  return halfUp(amount * part, taxesIncluded ? whole + part : whole);
}

/** A line's share of the order's discount, by what the lines come to. Gift cards get none. */
export function sharesOf(discount: bigint, { lines }: PricedCart, totals: readonly bigint[]): bigint[] {
  return allocateOrderDiscount(
    discount,
    totals.map((total, index) => (lines[index]?.product.giftCard ? 0n : total)),
  );
}
