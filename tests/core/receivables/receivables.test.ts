import fc from "fast-check";
import { expect, test } from "vitest";
import type { Order } from "#app/core/orders/order.ts";
import { balanceSteps } from "#app/core/receivables/balance.ts";
import { invoiceOf } from "#app/core/receivables/invoice.ts";
import { receivablesOf } from "#app/core/receivables/receivables.ts";
import { parseDay, shopDays } from "#app/core/time/shop-day.ts";
import { anyChangedOrder } from "#tests/factories/any-changed-order.ts";
import { anOrder, anOrderLine, at, aTransaction } from "#tests/factories/order.ts";

const dayOf = shopDays("UTC");
const noon = (day: string): number => at(`${day}T12:00:00Z`);

const invoice = (issued: string, amount: bigint, paid: string | null): Order =>
  anOrder({
    processedAt: noon(issued),
    lines: [anOrderLine({ unitPrice: amount })],
    terms: { issuedAt: noon(issued), dueInDays: 30, dueAt: null },
    transactions: paid === null ? [] : [aTransaction({ amount, processedAt: noon(paid) })],
  });

const YEAR = { from: parseDay("2025-01-01"), to: parseDay("2025-12-31") };

test("how a customer pays: means weighted by amount, turnover and days sales outstanding", () => {
  // 100.00 paid after 20 days; 300.00 after 50, 20 beyond terms; 200.00 open since 1 December, 30 days.
  // Days to pay (100 x 20 + 300 x 50 + 200 x 30) / 600 = 38.33; beyond terms 300 x 20 / 600 = 10.
  // Open at day's end: 100 x 20 + 300 x 50 + 200 x 31 (today's end too) = 23,200.00; / 365 = 63.56.
  // Turnover 600 / 63.56 = 9.44; outstanding 365 / 9.44 = 38.67.
  const orders = [
    invoice("2025-02-01", 10_000n, "2025-02-21"),
    invoice("2025-03-01", 30_000n, "2025-04-20"),
    invoice("2025-12-01", 20_000n, null),
  ];
  expect(receivablesOf(orders, YEAR, dayOf)).toEqual({
    invoices: 3,
    open: 20_000n,
    overdue: 0n,
    daysToPay: 383,
    daysBeyondTerms: 100,
    creditSales: 60_000n,
    average: 6356n,
    turnover: 944,
    daysSalesOutstanding: 387,
  });
});

test("36,500.00 sold on credit with 3,000.00 open on average are 30.0 days", () => {
  // 36,500.00 for 30 of 365 days.
  expect(receivablesOf([invoice("2025-03-01", 3_650_000n, "2025-03-31")], YEAR, dayOf)).toMatchObject({
    average: 300_000n,
    turnover: 1217,
    daysSalesOutstanding: 300,
  });
});

test("an invoice is overdue on the day after it fell due", () => {
  const open = [invoice("2025-03-01", 10_000n, null)];
  const until = (to: string) => receivablesOf(open, { ...YEAR, to: parseDay(to) }, dayOf)?.overdue;
  expect(until("2025-03-31")).toBe(0n);
  expect(until("2025-04-01")).toBe(10_000n);
});

test("all time begins with the first invoice", () => {
  // 100.00 for 10 of 20 days.
  const all = { from: 0, to: parseDay("2025-03-20") };
  expect(receivablesOf([invoice("2025-03-01", 10_000n, "2025-03-11")], all, dayOf)).toMatchObject({ average: 5000n });
});

test("a customer without invoices has no receivables", () => {
  expect(receivablesOf([anOrder()], YEAR, dayOf)).toBeNull();
});

test("average receivables are the mean of the balances of all days, one by one", () => {
  fc.assert(
    fc.property(fc.array(anyChangedOrder, { minLength: 1, maxLength: 4 }), (orders) => {
      const found = receivablesOf(orders, YEAR, dayOf);
      let amountDays = 0n;
      for (const order of orders) {
        const sold = invoiceOf(order, dayOf);
        if (!sold) continue;
        for (let day = Math.max(YEAR.from, sold.issuedDay); day <= YEAR.to; day += 1) {
          if (sold.paidDay !== null && day >= sold.paidDay) break;
          let balance = 0n;
          for (const step of balanceSteps(order)) if (dayOf(step.at) <= day) balance += step.amount;
          if (balance > 0n) amountDays += balance;
        }
      }
      const isAny = orders.some((order) => invoiceOf(order, dayOf) !== null);
      expect(found?.average ?? null).toBe(isAny ? (amountDays * 2n + 365n) / 730n : null);
    }),
    { numRuns: 60 },
  );
});
