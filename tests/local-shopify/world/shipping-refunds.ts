import type { OrderFigures } from "./order-figures.ts";

/** Of one shipping line, what a refund gives back; as written in the world. */
export interface ShippingRefund {
  index: number;
  amount: bigint;
  tax: bigint;
}

/**
 * The world says how much shipping each refund gives back, not of which line: it is taken from the first line that has
 * any left, and what is too much for it from the next. One list for each refund.
 */
export function spreadOverShipping({ shipping, refunds }: OrderFigures): ShippingRefund[][] {
  const left = shipping.map(({ price, discount, tax }) => ({ amount: price - discount, tax }));
  return refunds.map((refund) => {
    let amount = refund.shipping;
    let tax = refund.shippingTax;
    return left.flatMap((line, index) => {
      const part = { index, amount: smaller(amount, line.amount), tax: smaller(tax, line.tax) };
      if (part.amount === 0n && part.tax === 0n) return [];
      amount -= part.amount;
      line.amount -= part.amount;
      tax -= part.tax;
      line.tax -= part.tax;
      return [part];
    });
  });
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
