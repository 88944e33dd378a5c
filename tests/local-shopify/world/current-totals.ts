import type { OrderFigures } from "./order-figures.ts";

/** An order's totals as they are after edits and returns, in minor units of the shop's currency. */
export interface CurrentTotals {
  /** Lines after discounts, as written (tax in it when inclusive), without what was removed or came back. */
  subtotal: bigint;
  /** All tax that is still charged: of lines, shipping, additional fees and fees kept, less that of adjustments. */
  tax: bigint;
  /** Shipping after its discount and all that was given back of it, as written. */
  shipping: bigint;
  duties: bigint;
  /** What refunds kept beyond what they should have given back (positive), or gave beyond it (negative). */
  refundDiscrepancy: bigint;
}

/** Takes what left an order off what was asked for. */
export function currentTotalsOf({ taxesIncluded, ...figures }: OrderFigures): CurrentTotals {
  const { removals, refunds, shipping, totals } = figures;
  const removed = sum(removals.map(({ net, tax }) => (taxesIncluded ? net + tax : net)));
  const lines = refunds.flatMap((refund) => refund.lines);
  const taxBack = sum(removals.map(({ tax }) => tax)) + sum(lines.map(({ tax }) => tax));
  const taxOfRefunds = sum(refunds.map(({ shippingTax, adjustmentTax }) => shippingTax + adjustmentTax));
  const taxOfFees = sum(refunds.flatMap(({ fees }) => fees.map(({ tax }) => tax)));
  return {
    subtotal: totals.subtotal - removed - sum(lines.map(({ amount }) => amount)),
    tax: totals.tax - taxBack - taxOfRefunds + taxOfFees,
    shipping: sum(shipping.map(({ price, discount }) => price - discount)) - sum(refunds.map((one) => one.shipping)),
    duties: totals.duties - sum(refunds.flatMap(({ duties }) => duties.map(({ amount }) => amount))),
    refundDiscrepancy: -sum(
      refunds.map(({ adjustment, adjustmentTax }) => (taxesIncluded ? adjustment : adjustment + adjustmentTax)),
    ),
  };
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}
