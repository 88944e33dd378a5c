import { expect, test } from "vitest";
import { isCounted } from "#app/core/orders/order.ts";
import { anOrder, at, aTransaction } from "#tests/factories/order.ts";

const cancelledAt = at("2025-03-11T00:00:00Z");

test("an order counts", () => {
  expect(isCounted(anOrder())).toBe(true);
});

test("an order that is not paid yet counts, as long as it is not cancelled", () => {
  expect(isCounted(anOrder({ transactions: [] }))).toBe(true);
});

test("a test order does not count, even when it was paid", () => {
  expect(isCounted(anOrder({ test: true, transactions: [aTransaction()] }))).toBe(false);
});

test.each(["SALE", "CAPTURE"])("a cancelled order that had a %s counts: its sale, return and fees are real", (kind) => {
  expect(isCounted(anOrder({ cancelledAt, transactions: [aTransaction({ kind })] }))).toBe(true);
});

test("a cancelled order that was never paid does not count", () => {
  expect(isCounted(anOrder({ cancelledAt, transactions: [] }))).toBe(false);
});

test.each(["AUTHORIZATION", "VOID", "REFUND"])(
  "a %s alone does not make a cancelled order one that was paid",
  (kind) => {
    expect(isCounted(anOrder({ cancelledAt, transactions: [aTransaction({ kind })] }))).toBe(false);
  },
);

test("a payment that failed does not make a cancelled order one that was paid", () => {
  const transactions = [aTransaction({ status: "FAILURE" }), aTransaction({ id: 2n, status: "ERROR" })];
  expect(isCounted(anOrder({ cancelledAt, transactions }))).toBe(false);
});
