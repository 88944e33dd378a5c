import fc from "fast-check";
import { expect, test } from "vitest";
import { creditOwnerOf, movesThatMatch, refundOver } from "#app/core/receivables/rebate.ts";
import { anOrder, at, aTransaction } from "#tests/factories/order.ts";

test("store credit belongs to the company's location, else to the customer, else to nobody", () => {
  expect(creditOwnerOf(anOrder({ companyLocationId: 51n, customerId: 1n }))).toEqual({ kind: "location", id: 51n });
  expect(creditOwnerOf(anOrder({ customerId: 1n }))).toEqual({ kind: "customer", id: 1n });
  expect(creditOwnerOf(anOrder({ customerId: null, email: "guest@example.com" }))).toBeNull();
});

test("a credit may be the one asked for when it has the amount, the currency and the time, and is no other's", () => {
  const asked = at("2025-03-10T12:00:00.700Z");
  const move = (id: bigint, part: object = {}) => ({ id, amount: 60n, currency: "USD", at: asked - 700, ...part });
  const moves = [
    move(1n),
    move(2n, { amount: 61n }),
    move(3n, { currency: "CAD" }),
    move(4n, { at: asked - 1000 }),
    move(5n),
    move(6n, { at: asked + 60_000 }),
  ];
  const wanted = { amount: 60n, currency: "USD", since: asked, claimed: new Set([5n]) };
  expect(movesThatMatch(moves, wanted).map(({ id }) => id)).toEqual([1n, 6n]);
});

const paid = (id: bigint, day: number, amount: bigint, part: object = {}) =>
  aTransaction({ id, processedAt: at(`2025-03-${10 + day}T12:00:00Z`), amount, ...part });

test("a refund goes back over the payments, latest first", () => {
  const order = anOrder({ transactions: [paid(1n, 0, 6000n), paid(2n, 1, 4000n)] });
  expect(refundOver(order, 5000n)).toEqual([
    { id: 2n, gateway: "shopify_payments", amount: 4000n },
    { id: 1n, gateway: "shopify_payments", amount: 1000n },
  ]);
  expect(refundOver(order, 10_001n)).toBeNull();
});

test("what failed, was authorised alone or names no gateway takes no refund", () => {
  const transactions = [
    paid(1n, 0, 6000n, { status: "FAILURE" }),
    paid(2n, 0, 6000n, { kind: "AUTHORIZATION" }),
    paid(3n, 0, 6000n, { gateway: null }),
  ];
  expect(refundOver(anOrder({ transactions }), 1n)).toBeNull();
});

test("the parts of a refund add up, and none is more than its payment", () => {
  const amounts = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { maxLength: 6 });
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 1n, max: 30_000n }), (payments, amount) => {
      const transactions = payments.map((one, index) => paid(BigInt(index), index, one));
      const parts = refundOver({ transactions }, amount);
      const all = payments.reduce((total, one) => total + one, 0n);
      expect(parts === null).toBe(all < amount);
      expect((parts ?? []).reduce((total, part) => total + part.amount, 0n)).toBe(parts === null ? 0n : amount);
      for (const part of parts ?? []) expect(part.amount).toBeLessThanOrEqual(payments[Number(part.id)] ?? 0n);
    }),
  );
});
