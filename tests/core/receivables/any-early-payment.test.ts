import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entriesOfOrder } from "#app/core/ledger/entries-of-order.ts";
import type { Order, OrderChanges } from "#app/core/orders/order.ts";
import { openAmount } from "#app/core/receivables/balance.ts";
import { earlyPayment, earnedBy } from "#app/core/receivables/early-payment.ts";
import { parseDay, shopDays } from "#app/core/time/shop-day.ts";
import { anyChangedOrder } from "#tests/factories/any-changed-order.ts";
import { costs } from "#tests/factories/ledger.ts";
import { aRefund, aTransaction, changes } from "#tests/factories/order.ts";

const TWO_TEN = { basisPoints: 200, discountDays: 10 };
const dayOf = shopDays("UTC");
const LATER = parseDay("2050-01-01");

/** The order as it stood at an instant: what happened later is cut off. */
const asOf = (order: Order, until: number): Order => {
  const all: OrderChanges = order.changes ?? changes({});
  const isThere = (id: bigint): boolean => (all.added.get(id)?.at ?? 0) <= until;
  return {
    ...order,
    lines: order.lines.filter(({ id }) => isThere(id)),
    transactions: order.transactions.filter(({ processedAt }) => processedAt <= until),
    changes: {
      ...all,
      removals: all.removals.filter(({ event }) => event.at <= until),
      returnFees: all.returnFees.filter(({ event }) => event.at <= until),
      refunds: all.refunds.filter((refund) => refund.at <= until),
    },
  };
};

const instantsOf = (order: Order): number[] => {
  const all: OrderChanges = order.changes ?? changes({});
  return [
    order.processedAt,
    ...order.transactions.map(({ processedAt }) => processedAt),
    ...[...all.added.values()].map((event) => event.at),
    ...all.removals.map(({ event }) => event.at),
    ...all.returnFees.map(({ event }) => event.at),
    ...all.refunds.map((refund) => refund.at),
  ].toSorted((a, b) => a - b);
};

/** What is left of the goods by the ledger: sold, off, returned and given back, of the lines that were there. */
const goodsLeft = (order: Order, until: number): bigint => {
  const { added } = order.changes ?? changes({});
  const { entries } = entriesOfOrder(order, costs({}));
  let left = 0n;
  for (const { kind, lineId, amount } of entries) {
    const isOfLine = ["gross_sale", "discount", "return"].includes(kind) && lineId !== null;
    if (isOfLine && (added.get(lineId)?.at ?? 0) <= until) left += amount;
    if (kind === "refund_adjustment" && amount < 0n) left += amount;
  }
  return left > 0n ? left : 0n;
};

/** The slow way: the day-by-day books of the order tell when nothing was open, its ledger what goods are left. */
const expected = (order: Order, today: number): string => {
  const issuedAt = order.terms?.issuedAt ?? null;
  if (order.test || order.cancelledAt !== null || order.changes === null || issuedAt === null) return "nothing";
  const settled = instantsOf(order).find((instant) => openAmount(asOf(order, instant)) <= 0n);
  if (dayOf(settled ?? today * 86_400_000) > dayOf(issuedAt) + 10) return "nothing";
  // Twice the share and one half, rounded down: half up.
  const amount = (goodsLeft(order, settled ?? Infinity) * 4n + 100n) / 200n;
  if (amount === 0n) return "nothing";
  return `${settled === undefined ? "waiting" : "earned"} ${amount}`;
};

/** Nothing leaves an order before it was added to it. */
const possible = (order: Order): Order => {
  if (order.changes === null) return order;
  const { added, removals, refunds } = order.changes;
  const isThere = (lineId: bigint, instant: number): boolean => (added.get(lineId)?.at ?? 0) <= instant;
  return {
    ...order,
    changes: {
      ...order.changes,
      removals: removals.filter(({ lineId, event }) => isThere(lineId, event.at)),
      refunds: refunds.map((refund) => ({
        ...refund,
        lines: refund.lines.filter(({ lineId, leftAt = refund.at }) => isThere(lineId, Math.min(leftAt, refund.at))),
      })),
    },
  };
};

const withoutDisputes = anyChangedOrder.map((order): Order => possible({ ...order, disputes: [] }));
const paidSoon = fc
  .tuple(withoutDisputes, fc.integer({ min: 0, max: 15 }), fc.bigInt({ min: 0n, max: 100_000n }), fc.boolean())
  .map(([order, days, amount, isWhole]): Order => {
    const processedAt = order.processedAt + days * 86_400_000;
    const open = openAmount(asOf({ ...order, cancelledAt: null }, processedAt));
    const paid = isWhole && open > 0n ? open : amount;
    const terms = { issuedAt: order.processedAt, dueInDays: 30, dueAt: null };
    return {
      ...order,
      terms,
      transactions: [...order.transactions, aTransaction({ id: 999n, processedAt, amount: paid })],
    };
  });

describe("any order", () => {
  test("comes to what its books and its ledger say", () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(withoutDisputes, paidSoon), fc.integer({ min: 0, max: 300 }), (order, days) => {
        const today = dayOf(order.processedAt) + days;
        const result = earlyPayment({ order, terms: TWO_TEN, dayOf, today, ownRefund: null });
        kinds.set(result.kind, (kinds.get(result.kind) ?? 0) + 1);
        expect(result.kind === "nothing" ? "nothing" : `${result.kind} ${result.amount}`).toBe(expected(order, today));
      }),
      { numRuns: 2000 },
    );
    expect([...kinds.keys()].toSorted()).toEqual(["earned", "nothing", "waiting"]);
  });

  test("earns no more by coming back, and never more than its percentage of the goods sold", () => {
    fc.assert(
      fc.property(paidSoon, fc.bigInt({ min: 1n, max: 50_000n }), (order, amount) => {
        const ask = { order, terms: TWO_TEN, dayOf, today: LATER, ownRefund: null };
        const later = aRefund({ id: 77n, at: order.processedAt + 400 * 86_400_000, adjustment: -amount });
        const refunded = {
          ...order,
          changes: { ...(order.changes ?? changes({})), refunds: [...(order.changes?.refunds ?? []), later] },
        };
        expect(earnedBy({ ...ask, order: refunded })).toBeLessThanOrEqual(earnedBy(ask));
        expect(earnedBy({ ...ask, order: refunded, ownRefund: 77n })).toBe(earnedBy(ask));
      }),
    );
  });

  test("earns as much the later it is looked at, and nothing by a shorter time", () => {
    fc.assert(
      fc.property(paidSoon, fc.integer({ min: 0, max: 20 }), (order, days) => {
        const by = (discountDays: number, today: number): bigint =>
          earnedBy({ order, terms: { basisPoints: 200, discountDays }, dayOf, today, ownRefund: null });
        expect(by(days, LATER)).toBe(by(days, LATER + 5000));
        expect(by(days, LATER)).toBeLessThanOrEqual(by(days + 1, LATER));
      }),
    );
  });
});
