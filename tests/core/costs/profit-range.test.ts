import fc from "fast-check";
import { expect, test } from "vitest";
import { profitRange } from "#app/core/costs/profit-range.ts";

test("without unknown costs profit is no range", () => {
  expect(profitRange({ cm4: 500n, goods: 1000n, goodsWithKnownCost: 1000n }, null)).toEqual({
    unknown: 0n,
    lowest: 500n,
    assumed: null,
    highest: 500n,
  });
});

test("without an assumed margin the ledger has unknown goods cost nothing", () => {
  // Profit 500.00; goods of 200.00 without a cost: between 300.00, if they cost all of it, and 500.00.
  expect(profitRange({ cm4: 500_00n, goods: 1000_00n, goodsWithKnownCost: 800_00n }, null)).toEqual({
    unknown: 200_00n,
    lowest: 300_00n,
    assumed: null,
    highest: 500_00n,
  });
});

test("with an assumed margin the profit that counts lies within the range", () => {
  // 40 % of 200.00: they count as having cost 120.00, so without that 620.00, and with all of it 420.00.
  expect(profitRange({ cm4: 500_00n, goods: 1000_00n, goodsWithKnownCost: 800_00n }, 4000)).toEqual({
    unknown: 200_00n,
    lowest: 420_00n,
    assumed: 500_00n,
    highest: 620_00n,
  });
});

test("the range is as wide as the unknown goods and never the wrong way round, whatever came back", () => {
  const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
  fc.assert(
    fc.property(amount, amount, amount, fc.option(fc.nat(10_000)), (cm4, goods, goodsWithKnownCost, fallback) => {
      const { unknown, lowest, highest } = profitRange({ cm4, goods, goodsWithKnownCost }, fallback);
      expect(highest - lowest).toBe(unknown < 0n ? -unknown : unknown);
      expect(lowest <= cm4 && cm4 <= highest).toBe(true);
    }),
  );
});
