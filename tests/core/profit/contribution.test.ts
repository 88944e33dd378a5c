import fc from "fast-check";
import { expect, test } from "vitest";
import { ENTRY_KINDS, type EntryKind, type LedgerEntry } from "#app/core/ledger/entry.ts";
import { totalsByDay, type DayTotals } from "#app/core/profit/contribution.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { anyOrder } from "#tests/factories/any-order.ts";
import { costs, daysOf, ledgerOf } from "#tests/factories/ledger.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, aTransaction, changes } from "#tests/factories/order.ts";

const MARCH_10 = parseDay("2025-03-10");
const APRIL_2 = parseDay("2025-04-02");

const context = costs({ 11: 420n, 12: 0n, 13: 99n }, "America/New_York");

/** Which kinds each margin adds up, as the definitions write them out. */
const NET_SALES: readonly EntryKind[] = ["gross_sale", "discount", "return", "refund_adjustment", "other_revenue"];
const CM1: readonly EntryKind[] = [...NET_SALES, "cogs", "cogs_restocked"];
const CM2: readonly EntryKind[] = [
  ...CM1,
  "shipping_revenue",
  "shipping_cost",
  "handling_cost",
  "return_handling",
  "payment_fee",
  "fx_adjustment",
];
const CM3: readonly EntryKind[] = [...CM2, "incentive"];

const entry = (part: Partial<LedgerEntry>): LedgerEntry => ({
  kind: "gross_sale",
  lineId: 1n,
  event: { type: "order", id: 1n },
  occurredAt: at("2025-03-10T12:00:00Z"),
  day: MARCH_10,
  amount: 0n,
  provenance: "actual",
  ruleVersion: null,
  ...part,
});

const addUp = (entries: readonly LedgerEntry[], kinds: readonly EntryKind[]): bigint =>
  entries.filter(({ kind }) => kinds.includes(kind)).reduce((amount, e) => amount + e.amount, 0n);

const overDays = (
  days: ReadonlyMap<number, DayTotals>,
  name: "netSales" | "cm1" | "cm2" | "cm3" | "cm4" | "goods",
): bigint => [...days.values()].reduce((amount, day) => amount + day[name], 0n);

test("the margins of an order, by hand", () => {
  // 3 x 10.00, 3.00 off, cost 3 x 4.20; shipping 5.00; fee 1.23.
  // Net sales 30.00 - 3.00 = 27.00. CM1 27.00 - 12.60 = 14.40. CM2 14.40 + 5.00 - 1.23 = 18.17, and nothing after it.
  const order = anOrder({
    lines: [anOrderLine({ quantity: 3, discount: 300n })],
    shipping: [{ discountedPrice: 500n, tax: 0n }],
    transactions: [aTransaction({ fee: { known: 123n } })],
  });
  expect(daysOf(order, costs({ 11: 420n }))).toEqual(
    new Map([
      [
        MARCH_10,
        {
          orders: 1,
          units: 3,
          netSales: 2700n,
          cm1: 1440n,
          cm2: 1817n,
          cm3: 1817n,
          cm4: 1817n,
          goods: 2700n,
          goodsWithKnownCost: 2700n,
          hasUnknownCost: false,
          refunds: 0n,
          sold: 2700n,
          returned: 0n,
          cancelled: 0n,
          disputed: 0n,
        },
      ],
    ]),
  );
});

test("a refund lowers the day on which it happened, and is no second order", () => {
  // Sold 10 March: 20.00, cost 8.40. Back 2 April: one unit of 10.00 restocked (4.20), shipping 5.00, 1.00 kept.
  // April: net sales -10.00 + 1.00 = -9.00; CM1 -9.00 + 4.20 = -4.80; CM2 -4.80 - 5.00 = -9.80.
  const refund = aRefund({ lines: [aRefundLine()], shipping: { amount: 500n, tax: 0n }, adjustment: 100n });
  const order = anOrder({ lines: [anOrderLine({ quantity: 2 })], changes: changes({ refunds: [refund] }) });
  const days = daysOf(order, costs({ 11: 420n }));
  expect([...days.keys()]).toEqual([MARCH_10, APRIL_2]);
  expect(days.get(MARCH_10)).toMatchObject({ orders: 1, netSales: 2000n, cm1: 1160n, cm4: 1160n, refunds: 0n });
  expect(days.get(APRIL_2)).toMatchObject({ orders: 0, netSales: -900n, cm1: -480n, cm2: -980n, cm4: -980n });
  expect(days.get(APRIL_2)).toMatchObject({ goods: -1000n, goodsWithKnownCost: -1000n, refunds: -980n });
});

test("a refund on the day of the order is in the same row as the order, and told apart", () => {
  const refund = aRefund({ at: at("2025-03-10T18:00:00Z"), lines: [aRefundLine()] });
  const days = daysOf(anOrder({ changes: changes({ refunds: [refund] }) }), costs({ 11: 420n }));
  expect(days.size).toBe(1);
  expect(days.get(MARCH_10)).toMatchObject({ orders: 1, netSales: 0n, cm4: 0n, refunds: -580n });
});

test("goods and returns of a line without a cost are outside the coverage, on every day", () => {
  // Line 1 costs 4.20, line 2 nobody knows: 10.00 + 20.00 sold, 10.00 of them covered; both come back in April.
  const lines = [anOrderLine(), anOrderLine({ id: 2n, variantId: 12n, unitPrice: 2000n })];
  const refund = aRefund({ lines: [aRefundLine(), aRefundLine({ lineId: 2n, amount: 2000n })] });
  const days = daysOf(anOrder({ lines, changes: changes({ refunds: [refund] }) }), costs({ 11: 420n }));
  expect(days.get(MARCH_10)).toMatchObject({ goods: 3000n, goodsWithKnownCost: 1000n, hasUnknownCost: true });
  expect(days.get(APRIL_2)).toMatchObject({ goods: -3000n, goodsWithKnownCost: -1000n });
});

test("shipping, fees and adjustments are no goods: the coverage does not weigh them", () => {
  const order = anOrder({
    shipping: [{ discountedPrice: 500n, tax: 0n }],
    transactions: [aTransaction({ fee: { known: 59n } })],
    changes: changes({ refunds: [aRefund({ at: at("2025-03-10T18:00:00Z"), adjustment: -100n })] }),
  });
  const day = daysOf(order, costs({ 11: 420n })).get(MARCH_10);
  expect(day).toMatchObject({ goods: 1000n, goodsWithKnownCost: 1000n, netSales: 900n, hasUnknownCost: false });
});

test("a fee that is unknown does not make the cost of the goods unknown", () => {
  const order = anOrder({ transactions: [aTransaction({ fee: "unknown" })] });
  const day = daysOf(order, costs({ 11: 420n })).get(MARCH_10);
  expect(day).toMatchObject({ hasUnknownCost: false, goodsWithKnownCost: 1000n });
});

test("what was sold, came back, was cancelled and was disputed: the shares of a customer's cooperation", () => {
  // 20.00 sold on 10 March, one unit of 10.00 back on 2 April.
  const part = {
    lines: [anOrderLine({ quantity: 2 })],
    changes: changes({ refunds: [aRefund({ lines: [aRefundLine()] })] }),
  };
  const plain = daysOf(anOrder(part), costs({ 11: 420n }));
  expect(plain.get(MARCH_10)).toMatchObject({ sold: 2000n, returned: 0n, cancelled: 0n, disputed: 0n });
  expect(plain.get(APRIL_2)).toMatchObject({ sold: 0n, returned: 1000n, cancelled: 0n, disputed: 0n });
  // Cancelled: all of its sales, on the day they were made; what came back of it is its cancellation.
  const cancelled = daysOf(anOrder({ ...part, cancelledAt: at("2025-04-02T09:00:00Z") }), costs({ 11: 420n }));
  expect(cancelled.get(MARCH_10)).toMatchObject({ sold: 2000n, cancelled: 2000n });
  expect(cancelled.get(APRIL_2)).toMatchObject({ returned: 0n, cancelled: 0n });
  const disputed = daysOf(anOrder({ ...part, disputes: [{ id: 1n, status: "WON" }] }), costs({ 11: 420n }));
  expect(disputed.get(MARCH_10)).toMatchObject({ disputed: 2000n });
});

test("an order of nothing but gift cards has a row with one order and no amounts", () => {
  expect([...daysOf(anOrder({ lines: [anOrderLine({ giftCard: true })] }), costs({}))]).toMatchObject([
    [MARCH_10, { orders: 1, netSales: 0n, cm4: 0n, goods: 0n }],
  ]);
});

test.each(ENTRY_KINDS)("an entry of the kind %s is in the margins that the definitions put it in", (kind) => {
  const day = totalsByDay(
    anOrder(),
    { entries: [entry({ kind, amount: 100n })], linesWithoutCost: new Set() },
    context.dayOf,
  ).get(MARCH_10);
  expect(day).toMatchObject({
    netSales: NET_SALES.includes(kind) ? 100n : 0n,
    cm1: CM1.includes(kind) ? 100n : 0n,
    cm2: CM2.includes(kind) ? 100n : 0n,
    cm3: CM3.includes(kind) ? 100n : 0n,
    cm4: 100n,
  });
});

test("over its days an order's CM4 is the sum of all its entries, and each margin the sum of its kinds", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const entries = ledgerOf(order, context);
      const days = daysOf(order, context);
      expect(overDays(days, "cm4")).toBe(addUp(entries, ENTRY_KINDS));
      expect(overDays(days, "netSales")).toBe(addUp(entries, NET_SALES));
      expect(overDays(days, "cm1")).toBe(addUp(entries, CM1));
      expect(overDays(days, "cm2")).toBe(addUp(entries, CM2));
      expect(overDays(days, "goods")).toBe(addUp(entries, ["gross_sale", "discount", "return"]));
    }),
    { numRuns: 500 },
  );
});

test("each day holds its own entries and no other day's, and the order is counted once", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const entries = ledgerOf(order, context);
      const days = daysOf(order, context);
      expect([...days.values()].map(({ orders }) => orders).filter((n) => n !== 0)).toEqual([1]);
      expect(days.get(context.dayOf(order.processedAt))?.orders).toBe(1);
      for (const [day, totals] of days) {
        const ofDay = entries.filter((e) => e.day === day);
        expect(totals.cm4).toBe(addUp(ofDay, ENTRY_KINDS));
        expect(totals.refunds).toBe(
          addUp(
            ofDay.filter(({ event }) => event.type === "refund"),
            ENTRY_KINDS,
          ),
        );
      }
    }),
  );
});

test("when every cost is known all goods are covered, and when none is, none are", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const lines = order.lines.map((line) => ({ ...line, variantId: 11n }));
      for (const totals of daysOf({ ...order, lines }, context).values()) {
        expect(totals.goodsWithKnownCost).toBe(totals.goods);
        expect(totals.hasUnknownCost).toBe(false);
      }
      const nobodyKnows = costs({}, "America/New_York");
      for (const totals of daysOf({ ...order, lines }, nobodyKnows).values()) {
        expect(totals.goodsWithKnownCost).toBe(0n);
      }
    }),
  );
});

test("units count on the day on which they were sold, added, taken off or refunded; gift cards are none", () => {
  const added = { type: "edit" as const, id: 5n, at: at("2025-04-02T12:00:00Z") };
  const order = anOrder({
    lines: [
      anOrderLine({ id: 1n, quantity: 5 }),
      anOrderLine({ id: 2n, quantity: 2 }),
      anOrderLine({ id: 3n, quantity: 9, giftCard: true }),
    ],
    changes: changes({
      added: new Map([[2n, added]]),
      removals: [{ event: added, lineId: 1n, quantity: 1 }],
      refunds: [aRefund({ at: at("2025-04-03T12:00:00Z"), lines: [aRefundLine({ lineId: 1n, quantity: 3 })] })],
    }),
  });
  const days = daysOf(order, context);
  expect([...days].map(([day, { units }]) => [day, units])).toEqual([
    [MARCH_10, 5],
    [APRIL_2, 1],
    [APRIL_2 + 1, -3],
  ]);
});
