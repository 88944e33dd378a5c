import { describe, expect, test } from "vitest";
import type { Order } from "#app/core/orders/order.ts";
import type { EarlyPaymentAfter } from "#app/core/plan/plan.ts";
import { discountOf, earlyPayment, percentFor } from "#app/core/receivables/early-payment.ts";
import { parseDay, shopDays } from "#app/core/time/shop-day.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, aTransaction, changes } from "#tests/factories/order.ts";

const TWO_TEN = { basisPoints: 200, discountDays: 10 };
const dayOf = shopDays("UTC");
const noon = (day: number): number => at(`2025-03-${String(day).padStart(2, "0")}T12:00:00Z`);
const TODAY = parseDay("2025-03-31");

const ISSUED = { issuedAt: noon(1), dueInDays: 30, dueAt: null };
const pay = (day: number, amount = 100_000n, part: object = {}) =>
  aTransaction({ id: BigInt(day), processedAt: noon(day), amount, ...part });
const back = (day: number, amount: bigint) =>
  aRefund({ id: BigInt(100 + day), at: noon(day), lines: [aRefundLine({ amount, quantity: 1 })] });
const payBack = (day: number, amount: bigint) =>
  aTransaction({ id: BigInt(200 + day), kind: "REFUND", processedAt: noon(day), amount });

/** 1,000.00 of goods, ten units of 100.00, issued on 1 March: the last discount day is 11 March. */
const invoice = (part: Partial<Order> = {}): Order =>
  anOrder({
    processedAt: noon(1),
    lines: [anOrderLine({ quantity: 10, unitPrice: 10_000n })],
    terms: ISSUED,
    transactions: [pay(9)],
    ...part,
  });

const resultOf = (
  order: Order,
  { today = TODAY, ownRefund = null }: { today?: number; ownRefund?: bigint | null } = {},
) => earlyPayment({ order, terms: TWO_TEN, dayOf, today, ownRefund });

/** "earned 2000", "waiting 2000 until 2025-03-11", "nothing: late". */
const said = (order: Order, how?: Parameters<typeof resultOf>[1]): string => {
  const result = resultOf(order, how);
  return result.kind === "nothing" ? `nothing: ${result.because}` : `${result.kind} ${result.amount}`;
};

const edit = (id: number, day: number) => ({ type: "edit", id: BigInt(id), at: noon(day) }) as const;
const addedLine = anOrderLine({ id: 2n, variantId: 12n, unitPrice: 50_000n });
const withAdded = (day: number, transactions: Order["transactions"]): Order =>
  invoice({
    lines: [...invoice().lines, addedLine],
    changes: changes({ added: new Map([[2n, edit(7, day)]]) }),
    transactions,
  });

/** Every case that has a rule: the order, and what paying it early comes to. 2 % of 1,000.00 are 20.00. */
const CASES: readonly (readonly [string, Order, string])[] = [
  ["paid on the ninth", invoice(), "earned 2000"],
  ["paid at the end of the last discount day", invoice({ transactions: [pay(11)] }), "earned 2000"],
  ["paid on the day after", invoice({ transactions: [pay(12)] }), "nothing: late"],
  [
    "paid before it was issued",
    invoice({ terms: { ...ISSUED, issuedAt: noon(5) }, transactions: [pay(2)] }),
    "earned 2000",
  ],
  [
    "paid in two parts, the second in time",
    invoice({ transactions: [pay(3, 40_000n), pay(11, 60_000n)] }),
    "earned 2000",
  ],
  [
    "paid in two parts, the second late",
    invoice({ transactions: [pay(3, 40_000n), pay(12, 60_000n)] }),
    "nothing: late",
  ],
  ["paid all but a cent", invoice({ transactions: [pay(3, 99_999n)] }), "nothing: late"],
  ["never paid", invoice({ transactions: [] }), "nothing: late"],
  [
    "a deposit was processed seconds before the order, and the rest never",
    invoice({ transactions: [pay(1, 10_000n, { processedAt: noon(1) - 2000 })] }),
    "nothing: late",
  ],
  [
    "all was paid seconds before the order",
    invoice({ transactions: [pay(1, 100_000n, { processedAt: noon(1) - 2000 })] }),
    "earned 2000",
  ],
  ["authorised alone", invoice({ transactions: [pay(3, 100_000n, { kind: "AUTHORIZATION" })] }), "nothing: late"],
  [
    "paid by a payment that failed",
    invoice({ transactions: [pay(3, 100_000n, { status: "FAILURE" })] }),
    "nothing: late",
  ],
  ["given up", invoice({ transactions: [pay(3, 0n, { kind: "VOID" })] }), "nothing: late"],
  [
    "a quarter came back before it was paid, and the rest was paid",
    invoice({ changes: changes({ refunds: [back(4, 25_000n)] }), transactions: [pay(9, 75_000n)] }),
    "earned 1500",
  ],
  [
    "a quarter came back after it was paid",
    invoice({ changes: changes({ refunds: [back(20, 25_000n)] }), transactions: [pay(9), payBack(20, 25_000n)] }),
    "earned 1500",
  ],
  [
    "a quarter came back in time and covers what was missing",
    invoice({ changes: changes({ refunds: [back(8, 25_000n)] }), transactions: [pay(3, 75_000n)] }),
    "earned 1500",
  ],
  [
    "a quarter came back too late to cover what was missing",
    invoice({ changes: changes({ refunds: [back(15, 25_000n)] }), transactions: [pay(3, 75_000n)] }),
    "nothing: late",
  ],
  [
    "all of it came back",
    invoice({ changes: changes({ refunds: [back(20, 100_000n)] }), transactions: [pay(9), payBack(20, 100_000n)] }),
    "nothing: no-merchandise",
  ],
  [
    "100.00 were given back beyond the goods",
    invoice({ changes: changes({ refunds: [aRefund({ at: noon(20), adjustment: -10_000n })] }) }),
    "earned 1800",
  ],
  [
    "a fee of 10.00 was kept of what came back",
    invoice({ changes: changes({ refunds: [{ ...back(20, 10_000n), adjustment: 1000n }] }) }),
    "earned 1800",
  ],
  [
    "two units were taken off by an edit after it was paid",
    invoice({ changes: changes({ removals: [{ event: edit(8, 20), lineId: 1n, quantity: 2 }] }) }),
    "earned 1600",
  ],
  ["a line was added before it was paid, and paid with it", withAdded(3, [pay(9, 150_000n)]), "earned 3000"],
  ["a line was added after it was paid, and not paid", withAdded(10, [pay(9)]), "earned 2000"],
  ["a line was added after it was paid, and paid too", withAdded(15, [pay(9), pay(16, 50_000n)]), "earned 2000"],
  ["a line was added before it was paid, and not paid with it", withAdded(3, [pay(9)]), "nothing: late"],
  ["contested", invoice({ disputes: [{ id: 1n, status: "NEEDS_RESPONSE" }] }), "disputed 2000"],
  ["under review", invoice({ disputes: [{ id: 1n, status: "UNDER_REVIEW" }] }), "disputed 2000"],
  ["contested and won", invoice({ disputes: [{ id: 1n, status: "WON" }] }), "earned 2000"],
  ["contested and lost", invoice({ disputes: [{ id: 1n, status: "LOST" }] }), "nothing: dispute-lost"],
  ["contested and accepted", invoice({ disputes: [{ id: 1n, status: "ACCEPTED" }] }), "nothing: dispute-lost"],
  ["cancelled", invoice({ cancelledAt: noon(20) }), "nothing: cancelled"],
  ["a test", invoice({ test: true }), "nothing: test"],
  ["without terms", invoice({ terms: null }), "nothing: not-an-invoice"],
  ["with terms that have not begun", invoice({ terms: { ...ISSUED, issuedAt: null } }), "nothing: not-an-invoice"],
  [
    "asked to pay now",
    invoice({ origin: { source: "web", asksToPayNow: true, usedCodes: false } }),
    "nothing: asked-to-pay-now",
  ],
  ["not read whole", invoice({ changes: null }), "nothing: not-read"],
  [
    "of gift cards alone",
    invoice({ lines: [anOrderLine({ unitPrice: 100_000n, giftCard: true })] }),
    "nothing: no-merchandise",
  ],
  [
    "with tax, shipping and a tip, of which nothing is given",
    invoice({
      lines: [anOrderLine({ quantity: 10, unitPrice: 10_000n, tax: 8000n })],
      shipping: [{ discountedPrice: 1000n, tax: 80n }],
      tip: 500n,
      transactions: [pay(9, 109_580n)],
    }),
    "earned 2000",
  ],
  [
    "with the tax inside the price",
    invoice({
      taxesIncluded: true,
      lines: [anOrderLine({ quantity: 10, unitPrice: 11_900n, tax: 19_000n })],
      transactions: [pay(9, 119_000n)],
    }),
    "earned 2000",
  ],
  [
    "with a discount of 10 %",
    invoice({
      lines: [anOrderLine({ quantity: 10, unitPrice: 10_000n, discount: 10_000n })],
      transactions: [pay(9, 90_000n)],
    }),
    "earned 1800",
  ],
];

describe("an invoice", () => {
  test.each(CASES)("%s", (_name, order, expected) => {
    expect(said(order)).toBe(expected);
  });

  test("that is open can be earned to the end of its last discount day", () => {
    const open = invoice({ transactions: [pay(3, 40_000n)] });
    const lastDay = parseDay("2025-03-11");
    expect(resultOf(open, { today: lastDay })).toEqual({ kind: "waiting", lastDay, eligible: 100_000n, amount: 2000n });
    expect(said(open, { today: lastDay + 1 })).toBe("nothing: late");
  });

  test("counts days by the shop's clock", () => {
    // 02:00 UTC of 12 March is 22:00 of the 11th in New York.
    const order = invoice({ transactions: [pay(1, 100_000n, { processedAt: at("2025-03-12T02:00:00Z") })] });
    const newYork = shopDays("America/New_York");
    const ask = { order, terms: TWO_TEN, today: TODAY, ownRefund: null };
    expect(earlyPayment({ ...ask, dayOf: newYork }).kind).toBe("earned");
    expect(earlyPayment({ ...ask, dayOf }).kind).toBe("nothing");
  });

  test("is not lowered by the refund by which its own discount was given", () => {
    const given = aRefund({ id: 9n, at: noon(10), adjustment: -2000n });
    const order = invoice({ changes: changes({ refunds: [given] }), transactions: [pay(9), payBack(10, 2000n)] });
    expect(said(order, { ownRefund: 9n })).toBe("earned 2000");
    expect(said(order)).toBe("earned 1960");
  });
});

test("a half of a minor unit is rounded up", () => {
  // 2 % of 1.25 are 2.5 cents, of 1.24 are 2.48.
  expect(discountOf(200, 125n)).toBe(3n);
  expect(discountOf(200, 124n)).toBe(2n);
});

test("the percentage is that of the key account, else of the tier, else of everybody else", () => {
  const part = (percents: EarlyPaymentAfter["percents"]): EarlyPaymentAfter => ({
    kind: "early-payment-after",
    percents,
    discountDays: 10,
    netDays: 30,
    paidAs: "store-credit",
    creditDays: 365,
  });
  const all = part({ key: 400, A: 300, other: 100 });
  expect(percentFor(all, { tier: "A", isKey: true })).toBe(400);
  expect(percentFor(all, { tier: "A", isKey: false })).toBe(300);
  expect(percentFor(all, { tier: "B", isKey: false })).toBe(100);
  expect(percentFor(all, { tier: null, isKey: false })).toBe(100);
  expect(percentFor(part({ A: 300 }), { tier: "A", isKey: true })).toBe(300);
  expect(percentFor(part({ A: 300 }), { tier: "C", isKey: false })).toBe(0);
});
