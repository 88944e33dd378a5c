import fc from "fast-check";
import type { ChangeEvent, Order, OrderChanges } from "#app/core/orders/order.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, aTransaction, changes } from "./order.ts";

const HOUR = 3_600_000;

const STEPS = ["pay", "payBack", "takeOff", "add", "refund", "keepFee", "cancel", "dispute", "changeOwner"] as const;
type Step = (typeof STEPS)[number];

/** What an order becomes by its nth step. */
type Take = (order: Order, nth: number, at: number) => Partial<Order>;

const idOf = ({ id }: Order, nth: number): bigint => id * 100n + BigInt(nth);

const withChanges = (order: Order, part: Partial<OrderChanges>): Partial<Order> => ({
  changes: { ...(order.changes ?? changes({})), ...part },
});

const event = (order: Order, nth: number, at: number): ChangeEvent => ({ type: "edit", id: idOf(order, nth), at });

const TAKE: Readonly<Record<Step, Take>> = {
  pay: ({ transactions, ...order }, nth, at) => {
    const paid = aTransaction({ id: order.id * 100n + BigInt(nth), processedAt: at, amount: 1701n });
    return { transactions: [...transactions, { ...paid, fee: nth % 2 === 0 ? "none" : { known: 59n } }] };
  },
  payBack: ({ transactions, ...order }, nth, at) => {
    const id = order.id * 100n + BigInt(nth);
    const back = aTransaction({ id, kind: "REFUND", processedAt: at, amount: 500n, exchangeAdjustment: -7n });
    return { transactions: [...transactions, back] };
  },
  takeOff: (order, nth, at) =>
    withChanges(order, {
      removals: [...(order.changes?.removals ?? []), { event: event(order, nth, at), lineId: order.id, quantity: 1 }],
    }),
  add: (order, nth, at) => {
    const line = anOrderLine({ id: idOf(order, nth), variantId: 12n, quantity: 2, unitPrice: 1999n });
    return {
      lines: [...order.lines, line],
      ...withChanges(order, { added: new Map(order.changes?.added).set(line.id, event(order, nth, at)) }),
    };
  },
  refund: (order, nth, at) => {
    const restockType = nth % 2 === 0 ? "RETURN" : "NO_RESTOCK";
    const lines = [aRefundLine({ lineId: order.id, amount: 333n, tax: 27n, restockType })];
    const refund = aRefund({ id: idOf(order, nth), at, lines, adjustment: -5n });
    return withChanges(order, { refunds: [...(order.changes?.refunds ?? []), refund] });
  },
  keepFee: (order, nth, at) => {
    const fee = { event: { ...event(order, nth, at), type: "return" as const }, amount: 150n, tax: 12n };
    return withChanges(order, { returnFees: [...(order.changes?.returnFees ?? []), fee] });
  },
  cancel: (_order, _nth, at) => ({ cancelledAt: at }),
  dispute: ({ disputes, ...order }, nth) => ({
    disputes: [...disputes, { id: order.id * 100n + BigInt(nth), status: "UNDER_REVIEW" }],
  }),
  changeOwner: (_order, nth) =>
    nth % 3 === 0 ? { customerId: null, email: `guest${nth}@example.com` } : { customerId: BigInt(1 + (nth % 2)) },
};

/** Every state of an order, from the moment when it was placed; each is an hour and a bit after the one before. */
const statesOf = (id: bigint, steps: readonly Step[]): Order[] => {
  const lines = [anOrderLine({ id, quantity: 9, discount: 1n, tax: 701n })];
  const processedAt = Date.UTC(2025, 2, 10, 12);
  const terms = id === 2n ? { issuedAt: processedAt, dueInDays: 30, dueAt: null } : null;
  let order = anOrder({ id, name: `#${id}`, lines, processedAt, updatedAt: processedAt, terms, country: "GB" });
  const states = [order];
  for (const [index, step] of steps.entries()) {
    const at = processedAt + (index + 1) * 29 * HOUR;
    order = { ...order, ...TAKE[step](order, index + 1, at), updatedAt: at };
    states.push(order);
  }
  return states;
};

/** Lives of three orders, each as all the states that it went through. */
export const anyLives: fc.Arbitrary<readonly (readonly Order[])[]> = fc
  .array(fc.array(fc.constantFrom(...STEPS), { maxLength: 6 }), { minLength: 3, maxLength: 3 })
  .map((lives) => lives.map((steps, index) => statesOf(BigInt(index + 1), steps)));
