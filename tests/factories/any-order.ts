import fc from "fast-check";
import type { Order, OrderLine, Refund, RestockType } from "#app/core/orders/order.ts";
import { anOrder, anOrderLine, aRefund, at, aTransaction, changes } from "./order.ts";

const FROM = at("2024-11-01T00:00:00Z");
const HOUR = 3_600_000;

const anyLine = fc.record({
  variantId: fc.option(fc.bigInt({ min: 10n, max: 14n })),
  quantity: fc.integer({ min: 1, max: 60 }),
  unitPrice: fc.bigInt({ min: 0n, max: 50_000n }),
  perMilleOff: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 1000n })),
  perMilleTax: fc.constantFrom(0n, 50n, 77n, 190n),
  giftCard: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

const anyRefund = fc.record({
  hours: fc.integer({ min: 1, max: 5000 }),
  lines: fc.array(fc.record({ at: fc.nat(7), part: fc.nat(1000), restocked: fc.boolean() }), { maxLength: 4 }),
  shipping: fc.bigInt({ min: 0n, max: 2000n }),
  adjustment: fc.bigInt({ min: -3000n, max: 3000n }),
});

const anyFee = fc.oneof(
  fc.bigInt({ min: 0n, max: 500n }).map((known) => ({ known })),
  fc.constantFrom("none" as const, "unknown" as const),
);

const toLine = (
  {
    perMilleOff,
    perMilleTax,
    ...line
  }: { [K in keyof OrderLine]?: OrderLine[K] } & Record<"perMilleOff" | "perMilleTax", bigint>,
  index: number,
  taxesIncluded: boolean,
): OrderLine => {
  const whole = anOrderLine({ ...line, id: BigInt(index + 1) });
  const full = whole.unitPrice * BigInt(whole.quantity);
  const discount = (full * perMilleOff) / 1000n;
  const paid = full - discount;
  return { ...whole, discount, tax: (paid * perMilleTax) / (taxesIncluded ? 1000n + perMilleTax : 1000n) };
};

/** Any order that Shopify could hold: lines, discounts, tax on top or inside, gift cards, refunds in parts, fees. */
export const anyOrder: fc.Arbitrary<Order> = fc
  .record({
    taxesIncluded: fc.boolean(),
    hours: fc.integer({ min: 0, max: 5000 }),
    lines: fc.array(anyLine, { minLength: 1, maxLength: 8 }),
    shipping: fc.option(fc.bigInt({ min: 0n, max: 3000n })),
    refunds: fc.array(anyRefund, { maxLength: 3 }),
    fees: fc.array(anyFee, { maxLength: 3 }),
  })
  .map(({ taxesIncluded, hours, shipping, ...any }) => {
    const processedAt = FROM + hours * HOUR;
    const lines = any.lines.map((line, index) => toLine(line, index, taxesIncluded));
    const refunds = any.refunds.map((refund, index): Refund => {
      const refunded = refund.lines.flatMap(({ at: place, part, restocked }) => {
        const line = lines[place % lines.length];
        if (!line) return [];
        const paid = line.unitPrice * BigInt(line.quantity) - line.discount;
        const restockType: RestockType = restocked ? "RETURN" : "NO_RESTOCK";
        const share = (amount: bigint): bigint => (amount * BigInt(part)) / 4000n;
        const quantity = 1 + (part % line.quantity);
        return [{ lineId: line.id, quantity, restockType, amount: share(paid), tax: share(line.tax) }];
      });
      return aRefund({
        id: BigInt(index + 1),
        at: processedAt + refund.hours * HOUR,
        lines: refunded,
        shipping: { amount: refund.shipping, tax: refund.shipping / 7n },
        adjustment: refund.adjustment,
      });
    });
    return anOrder({
      taxesIncluded,
      processedAt,
      lines,
      shipping: shipping === null ? [] : [{ discountedPrice: shipping, tax: shipping / 6n }],
      changes: changes({ refunds }),
      transactions: any.fees.map((fee, index) => aTransaction({ id: BigInt(index + 1), processedAt, fee })),
    });
  });
