import fc from "fast-check";
import type { ChangeEvent, Order, OrderLine, Transaction } from "#app/core/orders/order.ts";
import { anyOrder } from "./any-order.ts";
import { aTransaction, changes } from "./order.ts";

const HOUR = 3_600_000;

const hours = fc.integer({ min: 1, max: 5000 });
const amount = fc.bigInt({ min: 0n, max: 20_000n });
const taxed = fc.bigInt({ min: 0n, max: 900n }).map((net) => ({ amount: net, tax: net / 6n }));

const anyMovement = fc.record({
  kind: fc.constantFrom("SALE", "CAPTURE", "REFUND", "AUTHORIZATION", "VOID"),
  status: fc.constantFrom("SUCCESS", "SUCCESS", "SUCCESS", "FAILURE", "PENDING"),
  gateway: fc.constantFrom("shopify_payments", "manual", "gift_card", null),
  hours,
  amount,
  rounding: fc.constantFrom(0n, 2n, -1n),
  exchangeAdjustment: fc.constantFrom(0n, 0n, 13n, -17n),
});

const anyExtras = fc.record({
  isLastAdded: fc.boolean(),
  editedAfter: hours,
  removals: fc.array(fc.record({ place: fc.nat(7), part: fc.nat(100), hours, isReturn: fc.boolean() }), {
    maxLength: 3,
  }),
  returnFees: fc.array(fc.record({ hours, fee: taxed }), { maxLength: 2 }),
  duties: fc.array(amount, { maxLength: 8 }),
  refundDuties: amount,
  adjustmentTax: fc.bigInt({ min: -90n, max: 90n }),
  tip: amount,
  additionalFees: fc.array(taxed, { maxLength: 2 }),
  secondShipping: fc.option(taxed),
  movements: fc.array(anyMovement, { maxLength: 5 }),
  terms: fc.option(fc.record({ issuedAfter: fc.integer({ min: 0, max: 100 }), dueInDays: fc.option(fc.nat(90)) })),
  cancelledAfter: fc.option(hours, { freq: 5 }),
  country: fc.option(fc.constantFrom("GB", "US")),
});
type Extras = typeof anyExtras extends fc.Arbitrary<infer T> ? T : never;

const removalsOf = (order: Order, { removals }: Extras) =>
  removals.flatMap(({ place, part, hours: after, isReturn }, index) => {
    const line = order.lines[place % order.lines.length];
    if (!line) return [];
    const type = isReturn ? "return" : "edit";
    const event: ChangeEvent = { type, id: BigInt(900 + index), at: order.processedAt + after * HOUR };
    return [{ event, lineId: line.id, quantity: 1 + (part % line.quantity) }];
  });

const addedOf = ({ lines, processedAt }: Order, { isLastAdded, editedAfter }: Extras): Map<bigint, ChangeEvent> => {
  const last = lines.at(-1);
  if (!isLastAdded || !last || lines.length < 2) return new Map();
  return new Map([[last.id, { type: "edit", id: 800n, at: processedAt + editedAfter * HOUR }]]);
};

const movementsOf = (order: Order, { movements }: Extras): Transaction[] =>
  movements.map(({ hours: after, ...movement }, index) =>
    aTransaction({ ...movement, id: BigInt(100 + index), processedAt: order.processedAt + after * HOUR }),
  );

const changed = (order: Order, extras: Extras): Order => {
  const lines = order.lines.map((line, index): OrderLine => ({ ...line, duties: extras.duties[index] ?? 0n }));
  const { secondShipping, terms, cancelledAfter } = extras;
  const second = secondShipping ? [{ discountedPrice: secondShipping.amount, tax: secondShipping.tax }] : [];
  return {
    ...order,
    lines,
    shipping: [...order.shipping, ...second],
    tip: extras.tip,
    additionalFees: extras.additionalFees.map((fee, index) => ({ ...fee, id: BigInt(index + 1) })),
    country: extras.country,
    transactions: [...order.transactions, ...movementsOf(order, extras)],
    cancelledAt: cancelledAfter === null ? null : order.processedAt + cancelledAfter * HOUR,
    terms: terms && {
      issuedAt: order.processedAt + terms.issuedAfter * HOUR,
      dueInDays: terms.dueInDays,
      dueAt: null,
    },
    changes: changes({
      added: addedOf(order, extras),
      removals: removalsOf(order, extras),
      returnFees: extras.returnFees.map(({ hours: after, fee }, index) => ({
        ...fee,
        event: { type: "return", id: BigInt(700 + index), at: order.processedAt + after * HOUR },
      })),
      refunds: (order.changes?.refunds ?? []).map((refund) => ({
        ...refund,
        duties: extras.refundDuties,
        adjustmentTax: extras.adjustmentTax,
      })),
    }),
  };
};

/** Any order to which anything happened after it was placed: edits, returns, fees, payments on terms, cancellation. */
export const anyChangedOrder: fc.Arbitrary<Order> = fc
  .tuple(anyOrder, anyExtras)
  .map(([order, extras]) => changed(order, extras));
