import { describe, expect, test } from "vitest";
import type { Transaction } from "#app/core/orders/order.ts";
import { isPaidOrAuthorised, owesPayNow } from "#app/core/receivables/pay-now.ts";
import { anOrder, anOrderLine, at } from "#tests/factories/order.ts";

const transaction = (kind: string, amount: bigint, status = "SUCCESS"): Transaction => ({
  id: 1n,
  kind,
  status,
  gateway: "any",
  processedAt: at("2025-03-10T12:00:00Z"),
  amount,
  fee: "none",
  exchangeAdjustment: 0n,
  rounding: 0n,
});

/** An order over 10.00. */
const paidBy = (...transactions: readonly Transaction[]) => anOrder({ transactions });

describe("what an order over 10.00 asks for is paid or authorised", () => {
  test.each([
    ["by a sale", [transaction("SALE", 1000n)]],
    ["by an authorisation", [transaction("AUTHORIZATION", 1000n)]],
    ["by an authorisation that was captured", [transaction("AUTHORIZATION", 1000n), transaction("CAPTURE", 1000n)]],
    ["by a gift card and the rest by card", [transaction("SALE", 400n), transaction("SALE", 600n)]],
    ["by a part captured, and the rest held", [transaction("AUTHORIZATION", 1000n), transaction("CAPTURE", 300n)]],
  ])("%s", (_how, transactions) => {
    expect(isPaidOrAuthorised(paidBy(...transactions))).toBe(true);
  });

  test.each([
    ["without a payment", []],
    ["by a payment that is only announced", [transaction("SALE", 1000n, "PENDING")]],
    ["by a payment that failed", [transaction("SALE", 1000n, "FAILURE")]],
    ["by a deposit", [transaction("SALE", 300n)]],
    ["by an authorisation that was voided", [transaction("AUTHORIZATION", 1000n), transaction("VOID", 1000n)]],
    ["by a sale that was given back while the goods stay", [transaction("SALE", 1000n), transaction("REFUND", 1000n)]],
  ])("but not %s", (_how, transactions) => {
    expect(isPaidOrAuthorised(paidBy(...transactions))).toBe(false);
  });

  test("also once goods have come back for what was refunded", () => {
    const order = anOrder({
      currentTotal: 600n,
      transactions: [transaction("SALE", 1000n), transaction("REFUND", 400n)],
    });
    expect(isPaidOrAuthorised(order)).toBe(true);
  });
});

describe("an order owes its pay-now discount", () => {
  const asked = anOrder({
    origin: { source: "web", asksToPayNow: true, usedCodes: false },
    lines: [anOrderLine({ discount: 20n })],
  });

  test("where it asked, got a discount and was not paid", () => {
    expect(owesPayNow(asked)).toBe(true);
  });

  test.each([
    ["it did not ask", { origin: { ...asked.origin, asksToPayNow: false } }],
    ["it got no discount", { lines: [anOrderLine()] }],
    ["it was paid", { transactions: [transaction("SALE", 1000n)] }],
    ["it was cancelled", { cancelledAt: at("2025-03-11T12:00:00Z") }],
    ["it is a test", { test: true }],
  ])("but not where %s", (_why, changes) => {
    expect(owesPayNow({ ...asked, ...changes })).toBe(false);
  });
});
