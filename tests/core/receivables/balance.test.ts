import fc from "fast-check";
import { expect, test } from "vitest";
import type { Order } from "#app/core/orders/order.ts";
import { balanceSteps, openAmount } from "#app/core/receivables/balance.ts";
import { anyChangedOrder } from "#tests/factories/any-changed-order.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, aTransaction, changes } from "#tests/factories/order.ts";

const noon = (day: string): number => at(`${day}T12:00:00Z`);

/** "day amount by" of each step. */
const steps = (order: Order): string[] =>
  balanceSteps(order).map(({ at: when, amount, by }) => `${new Date(when).toISOString().slice(5, 10)} ${amount} ${by}`);

test("what is asked for, added, taken off, kept, given back, paid and paid back, in the order of time", () => {
  // Asked: 3 x 10.00 + 2.47 tax + 3.00 duties + 5.41 shipping + 1.62 fee + 2.50 tip = 45.00. Added: 20.00.
  // Taken off: a third of 30.00 and of 2.47. Kept: 1.00 + 0.08. Given back: 10.00 + 0.82 + 1.50 duties - (0.50 + 0.04) kept.
  const order = anOrder({
    lines: [
      anOrderLine({ quantity: 3, tax: 247n, duties: 300n }),
      anOrderLine({ id: 2n, variantId: 12n, unitPrice: 2000n }),
    ],
    shipping: [{ discountedPrice: 500n, tax: 41n }],
    additionalFees: [{ id: 1n, amount: 150n, tax: 12n }],
    tip: 250n,
    transactions: [
      aTransaction({ id: 1n, amount: 4500n, processedAt: noon("2025-03-11") }),
      aTransaction({ id: 2n, kind: "REFUND", amount: 900n, processedAt: noon("2025-04-02") }),
      aTransaction({ id: 3n, amount: 9999n, status: "FAILURE" }),
      aTransaction({ id: 4n, kind: "AUTHORIZATION", amount: 9999n }),
    ],
    changes: changes({
      added: new Map([[2n, { type: "edit", id: 7n, at: noon("2025-03-12") }]]),
      removals: [{ event: { type: "edit", id: 8n, at: noon("2025-03-13") }, lineId: 1n, quantity: 1 }],
      returnFees: [{ event: { type: "return", id: 9n, at: noon("2025-03-20") }, amount: 100n, tax: 8n }],
      refunds: [
        aRefund({
          at: noon("2025-04-01"),
          lines: [aRefundLine({ tax: 82n })],
          duties: 150n,
          adjustment: 50n,
          adjustmentTax: 4n,
        }),
      ],
    }),
  });
  expect(steps(order)).toEqual([
    "03-10 4500 sale",
    "03-11 -4500 payment",
    "03-12 2000 sale",
    "03-13 -1082 removal",
    "03-20 108 sale",
    "04-01 -1178 refund",
    "04-02 900 refund",
  ]);
  expect(openAmount(order)).toBe(748n);
});

test("where prices include tax nothing is added for it", () => {
  const order = anOrder({
    taxesIncluded: true,
    lines: [anOrderLine({ unitPrice: 1190n, tax: 190n })],
    shipping: [{ discountedPrice: 595n, tax: 95n }],
    additionalFees: [{ id: 1n, amount: 119n, tax: 19n }],
  });
  expect(steps(order)).toEqual(["03-10 1904 sale"]);
});

test("a refund's adjustment carries its own tax in both kinds of shop", () => {
  const refund = aRefund({ lines: [aRefundLine({ tax: 80n })], adjustment: -100n, adjustmentTax: -8n });
  const refunded = (taxesIncluded: boolean) =>
    steps(anOrder({ taxesIncluded, changes: changes({ refunds: [refund] }) }));
  expect(refunded(false)).toContain("04-02 -1188 refund");
  expect(refunded(true)).toContain("04-02 -1108 refund");
});

/** Charged, given back and paid, as a till adds them up. */
const tillOf = (order: Order): bigint => {
  const net = (amount: bigint, tax: bigint): bigint => (order.taxesIncluded ? amount : amount + tax);
  let open = order.tip;
  for (const line of order.lines) {
    open += net(line.unitPrice * BigInt(line.quantity) - line.discount, line.tax) + line.duties;
  }
  for (const { discountedPrice, tax } of order.shipping) open += net(discountedPrice, tax);
  for (const { amount, tax } of [...order.additionalFees, ...(order.changes?.returnFees ?? [])])
    open += net(amount, tax);
  for (const refund of order.changes?.refunds ?? []) {
    for (const { amount, tax } of refund.lines) open -= net(amount, tax);
    open -= net(refund.shipping.amount, refund.shipping.tax) + refund.duties;
    open += refund.adjustment + refund.adjustmentTax;
  }
  for (const { kind, status, amount } of order.transactions) {
    if (status !== "SUCCESS") continue;
    if (kind === "SALE" || kind === "CAPTURE") open -= amount;
    if (kind === "REFUND") open += amount;
  }
  return open;
};

const withoutRemovals = (order: Order): Order =>
  order.changes === null ? order : { ...order, changes: { ...order.changes, removals: [] } };

test("the steps add up to what is open, and nothing is open on a cancelled order", () => {
  fc.assert(
    fc.property(anyChangedOrder, (order) => {
      const removed = balanceSteps(order).filter(({ by }) => by === "removal");
      const off = removed.reduce((sum, { amount }) => sum + amount, 0n);
      const expected = order.cancelledAt === null ? tillOf(withoutRemovals(order)) + off : 0n;
      expect(openAmount(order)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test("steps come in the order of time, the sale's first", () => {
  fc.assert(
    fc.property(anyChangedOrder, (order) => {
      const times = balanceSteps(order).map((step) => step.at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(balanceSteps(order)[0]).toMatchObject({ by: "sale", at: order.processedAt });
    }),
  );
});

test("taking a line off unit by unit leaves nothing of it to be paid", () => {
  const sold = fc.record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPrice: fc.bigInt({ min: 0n, max: 9999n }),
    tax: fc.bigInt({ min: 0n, max: 99n }),
  });
  fc.assert(
    fc.property(sold, (line) => {
      const removals = Array.from({ length: line.quantity }, (_, index) => ({
        event: { type: "edit", id: BigInt(index), at: noon("2025-03-11") + index } as const,
        lineId: 1n,
        quantity: 1,
      }));
      expect(openAmount(anOrder({ lines: [anOrderLine(line)], changes: changes({ removals }) }))).toBe(0n);
    }),
  );
});
