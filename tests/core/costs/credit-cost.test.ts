import fc from "fast-check";
import { expect, test } from "vitest";
import type { CostRule } from "#app/core/costs/cost-rules.ts";
import { creditCost } from "#app/core/costs/credit-cost.ts";
import type { LedgerContext } from "#app/core/ledger/context.ts";
import type { Order } from "#app/core/orders/order.ts";
import { balanceSteps } from "#app/core/receivables/balance.ts";
import { invoiceOf } from "#app/core/receivables/invoice.ts";
import { formatDay, parseDay } from "#app/core/time/shop-day.ts";
import { anyChangedOrder } from "#tests/factories/any-changed-order.ts";
import { costs } from "#tests/factories/ledger.ts";
import { anOrder, anOrderLine, at, aTransaction } from "#tests/factories/order.ts";

const NINE: CostRule = { kind: "credit_cost", percent: 900, from: null };

const context = (...rules: CostRule[]): LedgerContext => ({
  ...costs({ 11: 420n }, "America/New_York"),
  now: at("2025-06-01T12:00:00Z"),
  rules: { version: 2, rules },
});

const issued = (iso: string, part: Partial<Order> = {}): Order =>
  anOrder({
    processedAt: at(iso),
    lines: [anOrderLine({ unitPrice: 100_000n })],
    currentTotal: 100_000n,
    terms: { issuedAt: at(iso), dueInDays: 30, dueAt: null },
    ...part,
  });

const paid = (iso: string, amount: bigint) => aTransaction({ amount, processedAt: at(iso) });

const cost = (order: Order, ...rules: CostRule[]): string[] =>
  creditCost(order, context(...rules)).map(({ amount, day }) => `${amount} ${formatDay(day)}`);

test("1,000.00 open for 73 days at 9 % a year cost 18.00, on the day they were paid", () => {
  const order = issued("2025-01-10T12:00:00Z", { transactions: [paid("2025-03-24T12:00:00Z", 100_000n)] });
  expect(cost(order, NINE)).toEqual(["-1800 2025-03-24"]);
});

test("days are counted from the day of issue, whenever it falls due", () => {
  const order = issued("2025-01-10T12:00:00Z", {
    terms: { issuedAt: at("2025-01-10T12:00:00Z"), dueInDays: 60, dueAt: null },
    transactions: [paid("2025-02-10T12:00:00Z", 100_000n)],
  });
  // 31 days: 7.6438.
  expect(cost(order, NINE)).toEqual(["-764 2025-02-10"]);
});

test("part payments lower what is waited for", () => {
  // 1,000.00 for 10 days, 400.00 for 20: 18,000.00 x 0.09 / 365 = 4.438.
  const transactions = [paid("2025-01-20T12:00:00Z", 60_000n), paid("2025-02-09T12:00:00Z", 40_000n)];
  expect(cost(issued("2025-01-10T12:00:00Z", { transactions }), NINE)).toEqual(["-444 2025-02-09"]);
});

test("an open invoice has cost what it cost until now", () => {
  // 22 May to 1 June, 10 days: 2.4658.
  expect(cost(issued("2025-05-22T12:00:00Z"), NINE)).toEqual(["-247 2025-06-01"]);
});

test("what was given up is waited for no longer", () => {
  const voided = aTransaction({ kind: "VOID", processedAt: at("2025-01-20T12:00:00Z") });
  expect(cost(issued("2025-01-10T12:00:00Z", { transactions: [voided] }), NINE)).toEqual(["-247 2025-01-20"]);
});

test("the rate is that of the day of issue", () => {
  const dearer: CostRule = { kind: "credit_cost", percent: 1800, from: parseDay("2025-05-22") };
  expect(cost(issued("2025-05-21T12:00:00Z"), NINE, dearer)).toEqual(["-271 2025-06-01"]);
  expect(cost(issued("2025-05-22T12:00:00Z"), NINE, dearer)).toEqual(["-493 2025-06-01"]);
});

test("what is paid on its day, or is no invoice, or has no rule, costs nothing", () => {
  expect(
    cost(issued("2025-05-22T12:00:00Z", { transactions: [paid("2025-05-22T13:00:00Z", 100_000n)] }), NINE),
  ).toEqual([]);
  expect(cost(issued("2025-05-22T12:00:00Z", { terms: null }), NINE)).toEqual([]);
  expect(cost(issued("2025-05-22T12:00:00Z"))).toEqual([]);
});

/** The balance at the end of each day, day after day. */
const dayByDay = (order: Order, { dayOf, now }: LedgerContext): bigint => {
  const invoice = invoiceOf(order, dayOf);
  if (!invoice) return 0n;
  const given = order.transactions.filter(({ kind, status }) => kind === "VOID" && status === "SUCCESS").slice(0, 1);
  const end = Math.min(invoice.paidAt ?? now, ...given.map(({ processedAt }) => processedAt));
  let amountDays = 0n;
  for (let day = invoice.issuedDay; day < dayOf(end); day += 1) {
    let balance = 0n;
    for (const step of balanceSteps(order)) if (dayOf(step.at) <= day) balance += step.amount;
    if (balance > 0n) amountDays += balance;
  }
  const exact = amountDays * 900n;
  return (exact * 2n + 3_650_000n) / 7_300_000n;
};

test("whatever happens to an invoice, it costs the balances of its days", () => {
  fc.assert(
    fc.property(anyChangedOrder, (order) => {
      const asked = context(NINE);
      const found = creditCost(order, asked).reduce((sum, { amount }) => sum + amount, 0n);
      expect(found).toBe(-dayByDay(order, asked));
    }),
    { numRuns: 300 },
  );
});
