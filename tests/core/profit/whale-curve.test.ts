import fc from "fast-check";
import { expect, test } from "vitest";
import { topShare, whaleCurve } from "#app/core/profit/whale-curve.ts";

const anyValues = fc
  .array(fc.bigInt({ min: -1000n, max: 1000n }), { maxLength: 400 })
  .map((values) => values.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)));

/** The total of the first n values, added up from nothing each time. */
const firstOf = (values: readonly bigint[], n: number): bigint => {
  let total = 0n;
  for (let index = 0; index < n; index++) total += values[index] ?? 0n;
  return total;
};

test("the curve of five customers, by hand", () => {
  // 50, 90, 100, 100, 70: the peak is 100, first reached with three customers; the last takes 30 away.
  const curve = whaleCurve([50n, 40n, 10n, 0n, -30n]);
  expect(curve).toEqual({
    customers: 5,
    total: 70n,
    peak: { value: 100n, customers: 3 },
    destroyed: -30n,
    losses: { customers: 1, total: -30n },
    points: [
      { customers: 0, value: 0n },
      { customers: 1, value: 50n },
      { customers: 2, value: 90n },
      { customers: 3, value: 100n },
      { customers: 4, value: 100n },
      { customers: 5, value: 70n },
    ],
  });
});

test("a shop without customers has a curve of nothing", () => {
  expect(whaleCurve([])).toEqual({
    customers: 0,
    total: 0n,
    peak: { value: 0n, customers: 0 },
    destroyed: 0n,
    losses: { customers: 0, total: 0n },
    points: [{ customers: 0, value: 0n }],
  });
});

test("where everybody makes a loss the peak is at nobody and all of it is destroyed", () => {
  expect(whaleCurve([-1n, -2n])).toMatchObject({
    total: -3n,
    peak: { value: 0n, customers: 0 },
    destroyed: -3n,
    losses: { customers: 2, total: -3n },
  });
});

test("the peak is the best that any number of the best customers make, with the fewest of them", () => {
  fc.assert(
    fc.property(anyValues, (values) => {
      const curve = whaleCurve(values);
      let best = { value: 0n, customers: 0 };
      for (let n = 1; n <= values.length; n++) {
        if (firstOf(values, n) > best.value) best = { value: firstOf(values, n), customers: n };
      }
      expect(curve.peak).toEqual(best);
    }),
    { numRuns: 50 },
  );
});

test("the peak is the sum of the positive values, and what is destroyed after it is the sum of the losses", () => {
  fc.assert(
    fc.property(anyValues, (values) => {
      const curve = whaleCurve(values);
      const positive = values.filter((value) => value > 0n);
      const negative = values.filter((value) => value < 0n);
      expect(curve.peak).toEqual({ value: firstOf(positive, positive.length), customers: positive.length });
      expect(curve.losses).toEqual({ customers: negative.length, total: firstOf(negative, negative.length) });
      expect(curve.destroyed).toBe(curve.losses.total);
      expect(curve.total).toBe(curve.peak.value + curve.destroyed);
    }),
  );
});

test("the points lie on the curve, in order, from nobody to everybody", () => {
  fc.assert(
    fc.property(anyValues, fc.integer({ min: 1, max: 120 }), (values, resolution) => {
      const { points } = whaleCurve(values, resolution);
      const places = points.map(({ customers }) => customers);
      expect(places[0]).toBe(0);
      expect(places.at(-1)).toBe(values.length);
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      for (const { customers, value } of points) expect(value).toBe(firstOf(values, customers));
    }),
    { numRuns: 50 },
  );
});

test("however many customers there are, the curve keeps no more points than asked for, beside its start", () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.integer({ min: 1, max: 120 }), (customers, resolution) => {
      const { points } = whaleCurve(
        Array.from({ length: customers }, () => 1n),
        resolution,
      );
      expect(points.length - 1).toBeLessThanOrEqual(resolution);
    }),
  );
});

test.each([
  [0, 20, 0],
  [1, 20, 1],
  [5, 20, 1],
  [6, 20, 2],
  [10, 20, 2],
  [11, 20, 3],
  [100, 1, 1],
  [101, 1, 2],
  [7, 100, 7],
  [7, 0, 0],
])("of %d customers the top %d percent are %d", (customers, percent, top) => {
  const values = Array.from({ length: customers }, (_, index) => BigInt(1000 - index));
  expect(topShare(values, percent)).toEqual({ customers: top, value: firstOf(values, top) });
});

test("the top share is never short of its percent, and one customer fewer would be", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100 }), (n, percent) => {
      const { customers } = topShare(Array.from<bigint>({ length: n }).fill(1n), percent);
      expect(customers * 100).toBeGreaterThanOrEqual(n * percent);
      expect((customers - 1) * 100).toBeLessThan(n * percent);
    }),
    { numRuns: 40 },
  );
});
