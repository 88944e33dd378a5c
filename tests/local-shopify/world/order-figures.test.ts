import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocateOrderDiscount, figuresOf } from "./order-figures.ts";
import { SAMPLE_NOW, type Sample, readSample, sample, sampleLine } from "./sample-world.ts";
import { unitsWorth } from "./units-worth.ts";
import { validateOrder } from "./world.ts";

const shopOf = (taxesIncluded: boolean) => readSample({ ...sample(), shop: { ...sample().shop, taxesIncluded } });

/** The figures of the sample's order with something changed, under the id 2. */
function figures(change: Partial<Sample["order"]>, taxesIncluded = false) {
  const world = shopOf(taxesIncluded);
  const order = { ...sample().order, id: 2, lines: [sampleLine(2)], transactions: [], refunds: [], ...change };
  return figuresOf(world, validateOrder(world, order, SAMPLE_NOW));
}

describe("an order's discount", () => {
  test("goes by value, rounded down, and what is left goes from the first line", () => {
    expect(allocateOrderDiscount(100n, [1000n, 0n, 1000n, 1000n])).toEqual([34n, 0n, 33n, 33n]);
    expect(allocateOrderDiscount(1n, [1n, 999n])).toEqual([1n, 0n]);
    expect(allocateOrderDiscount(0n, [5n])).toEqual([0n]);
  });

  test("is given away whole, and never more than a line is worth", () => {
    const values = fc.array(fc.bigInt({ min: 0n, max: 100_000n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, fc.nat({ max: 1000 }), (worth, part) => {
        const sum = worth.reduce((a, b) => a + b, 0n);
        const discount = (sum * BigInt(part)) / 1000n;
        const shares = allocateOrderDiscount(discount, worth);
        expect(shares.reduce((a, b) => a + b, 0n)).toBe(discount);
        shares.forEach((share, index) => expect(share <= (worth[index] ?? 0n) && share >= 0n).toBe(true));
      }),
    );
  });

  test("does not reach gift cards nor lines that an edit added", () => {
    const gift = { ...sampleLine(3), giftCard: true };
    const { lines } = figures({
      lines: [gift, sampleLine(4)],
      orderDiscount: "1.00",
      edits: [{ at: "2025-02-03T00:00:00Z", add: [sampleLine(5)] }],
    });
    expect(lines.map(({ orderDiscount }) => orderDiscount)).toEqual([0n, 100n, 0n]);
  });
});

test("the units of a line add up to the line, whatever way they are taken", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 9n }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat({ max: 60 }),
      (total, of, cut) => {
        const first = Math.min(cut, of);
        const parts =
          unitsWorth(total, { of, from: 0, quantity: first }) +
          unitsWorth(total, { of, from: first, quantity: of - first });
        expect(parts).toBe(total);
      },
    ),
  );
});

test("without tax in the prices, tax comes on top", () => {
  const { lines, totals } = figures({
    lines: [{ ...sampleLine(2), tax: "2.16" }],
    orderDiscount: "1.00",
    shipping: { price: "5.00", discount: "1.00", tax: "0.32" },
    tip: "2.00",
  });
  expect(lines[0]).toMatchObject({
    originalTotal: 3000n,
    lineDiscount: 300n,
    discountedTotal: 2700n,
    orderDiscount: 100n,
    net: 2600n,
  });
  expect(totals).toMatchObject({
    subtotal: 2600n,
    discounts: 500n,
    shipping: 500n,
    tax: 248n,
    total: 3448n,
    outstanding: 3448n,
  });
});

test("with tax in the prices, the net sale is what is left without it and the total holds it once", () => {
  const shipping = { price: "5.00", discount: "0", tax: "0.83" };
  const { lines, totals } = figures({ lines: [{ ...sampleLine(2), tax: "4.50" }], shipping }, true);
  expect(lines[0]?.net).toBe(2250n);
  expect(totals).toMatchObject({ subtotal: 2700n, tax: 533n, total: 3200n });
});

test("a removal takes units from the first, refunds before it count", () => {
  const { removals, totals } = figures({
    lines: [{ ...sampleLine(2), discount: "2.00", tax: "1.00" }],
    refunds: [
      {
        id: 2,
        createdAt: "2025-02-02T00:00:00Z",
        lines: [{ lineId: 2, quantity: 1, restockType: "RETURN", amount: "9.33", tax: "0.33" }],
        shipping: "0",
        adjustment: "0",
      },
    ],
    edits: [{ at: "2025-02-03T00:00:00Z", remove: [{ lineId: 2, quantity: 1 }] }],
  });
  // 28.00 over three units: 9.33, 9.33, 9.34; the second is removed.
  expect(removals).toMatchObject([{ quantity: 1, net: 933n, tax: 33n }]);
  expect(totals).toMatchObject({ total: 3400n, currentTotal: 3400n - 966n - 966n });
});

test("a refund's total is its lines, shipping and adjustment, with tax on top where prices have none", () => {
  const refund = {
    id: 2,
    createdAt: "2025-02-02T00:00:00Z",
    lines: [{ lineId: 2, quantity: 3, restockType: "NO_RESTOCK" as const, amount: "27.00", tax: "2.00" }],
    shipping: "5.00",
    shippingTax: "0.40",
    adjustment: "-4.00",
  };
  const order = {
    lines: [{ ...sampleLine(2), tax: "2.00" }],
    shipping: { price: "5.00", discount: "0", tax: "0.40" },
    refunds: [refund],
  };
  expect(figures(order).refunds[0]?.total).toBe(3040n);
  expect(figures(order, true).refunds[0]?.total).toBe(2800n);
});

test("only what succeeded is money, and a cancelled order owes nothing", () => {
  const transaction = (kind: "SALE" | "AUTHORIZATION", amount: string, status: "SUCCESS" | "FAILURE") => ({
    kind,
    status,
    amount,
    gateway: "manual",
    processedAt: "2025-02-01T12:00:00Z",
    fee: null,
  });
  const transactions = [
    transaction("AUTHORIZATION", "32.00", "SUCCESS"),
    transaction("SALE", "32.00", "FAILURE"),
    transaction("SALE", "10.00", "SUCCESS"),
  ];
  expect(figures({ transactions }).totals).toMatchObject({ received: 1000n, outstanding: 2200n });
  expect(figures({ transactions, cancelledAt: "2025-02-02T00:00:00Z" }).totals.outstanding).toBe(0n);
});
