import { describe, expect, test } from "vitest";
import type { Order } from "#app/core/orders/order.ts";
import { balanceByDay, invoiceOf } from "#app/core/receivables/invoice.ts";
import { daysToPay } from "#app/core/receivables/receivables.ts";
import { formatDay, parseDay, shopDays } from "#app/core/time/shop-day.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, aTransaction, changes } from "#tests/factories/order.ts";

const dayOf = shopDays("America/New_York");
const noon = (day: string): number => at(`${day}T12:00:00Z`);

const ISSUED = { issuedAt: noon("2025-03-10"), dueInDays: 30, dueAt: null };
const sold = (part: Partial<Order> = {}): Order => anOrder({ terms: ISSUED, ...part });
const paid = (day: string, amount: bigint) => aTransaction({ amount, processedAt: noon(day) });

const day = (of: number | null | undefined): string | null => (of === null || of === undefined ? null : formatDay(of));

describe("an invoice", () => {
  test("is an order on terms that have begun", () => {
    expect(invoiceOf(sold(), dayOf)).not.toBeNull();
    expect(invoiceOf(anOrder(), dayOf)).toBeNull();
    expect(invoiceOf(sold({ terms: { ...ISSUED, issuedAt: null } }), dayOf)).toBeNull();
  });

  test("falls due so many days after it was issued, or on its date, on the shop's day", () => {
    // In New York 03:00 in London is the day before.
    const late = { ...ISSUED, issuedAt: at("2025-03-11T03:00:00Z") };
    expect(day(invoiceOf(sold({ terms: late }), dayOf)?.issuedDay)).toBe("2025-03-10");
    expect(day(invoiceOf(sold({ terms: late }), dayOf)?.dueDay)).toBe("2025-04-09");
    const fixed = { ...ISSUED, dueInDays: null, dueAt: at("2025-05-01T02:00:00Z") };
    expect(day(invoiceOf(sold({ terms: fixed }), dayOf)?.dueDay)).toBe("2025-04-30");
    const onReceipt = { ...ISSUED, dueInDays: null };
    expect(day(invoiceOf(sold({ terms: onReceipt }), dayOf)?.dueDay)).toBeNull();
  });

  test("is paid on the day on which the balance comes to zero for good", () => {
    const parts = [paid("2025-03-20", 600n), paid("2025-04-05", 400n)];
    expect(day(invoiceOf(sold({ transactions: parts }), dayOf)?.paidDay)).toBe("2025-04-05");
    expect(invoiceOf(sold({ transactions: parts.slice(0, 1) }), dayOf)).toMatchObject({ paidDay: null, open: 400n });
  });

  test("is open again when a line is added after it was paid", () => {
    const order = sold({
      lines: [anOrderLine(), anOrderLine({ id: 2n, unitPrice: 500n })],
      transactions: [paid("2025-03-20", 1000n)],
      changes: changes({ added: new Map([[2n, { type: "edit", id: 7n, at: noon("2025-03-25") }]]) }),
    });
    expect(invoiceOf(order, dayOf)).toMatchObject({ paidDay: null, open: 500n, amount: 1500n });
    const settled = { ...order, transactions: [...order.transactions, paid("2025-03-30", 500n)] };
    expect(day(invoiceOf(settled, dayOf)?.paidDay)).toBe("2025-03-30");
  });

  test("is for what was asked for, as edits left it; a refund pays what it takes off", () => {
    const order = sold({
      lines: [anOrderLine({ quantity: 4, tax: 330n })],
      transactions: [paid("2025-03-20", 2165n)],
      changes: changes({
        removals: [{ event: { type: "edit", id: 7n, at: noon("2025-03-11") }, lineId: 1n, quantity: 1 }],
        refunds: [aRefund({ at: noon("2025-04-02"), lines: [aRefundLine({ tax: 82n })] })],
      }),
    });
    // 43.30 - 10.82 taken off; 21.65 paid and 10.82 refunded leave a cent.
    expect(invoiceOf(order, dayOf)).toMatchObject({ amount: 3248n, open: 1n, eligible: 3000n });
  });

  test("gives an early-payment discount of its goods alone: no tax, shipping, tip or gift card", () => {
    const order = sold({
      taxesIncluded: true,
      lines: [anOrderLine({ unitPrice: 1190n, discount: 119n, tax: 171n }), anOrderLine({ id: 2n, giftCard: true })],
      shipping: [{ discountedPrice: 595n, tax: 95n }],
      tip: 200n,
    });
    expect(invoiceOf(order, dayOf)?.eligible).toBe(900n);
  });

  test("is settled by a cancellation", () => {
    const cancelled = invoiceOf(sold({ cancelledAt: noon("2025-03-15") }), dayOf);
    expect(cancelled).toMatchObject({ open: 0n });
    expect(day(cancelled?.paidDay)).toBe("2025-03-15");
  });
});

test("days to pay run from issue to payment, or to today", () => {
  expect(daysToPay({ issuedDay: 100, paidDay: 130 }, 200)).toBe(30);
  expect(daysToPay({ issuedDay: 100, paidDay: null }, 200)).toBe(100);
});

test("balances stand at the ends of days: what comes and goes on one day is not seen", () => {
  const order = sold({
    lines: [anOrderLine({ quantity: 3 })],
    transactions: [paid("2025-03-12", 1000n), paid("2025-03-12", 500n), paid("2025-03-15", 1500n)],
  });
  const from = parseDay("2025-03-09");
  const stretches = balanceByDay(order, dayOf, { from, until: parseDay("2025-03-20") });
  expect(stretches.map((one) => `${formatDay(one.from)} ${formatDay(one.until)} ${one.balance}`)).toEqual([
    "2025-03-10 2025-03-12 3000",
    "2025-03-12 2025-03-15 1500",
  ]);
});
