import fc from "fast-check";
import { expect, test } from "vitest";
import { annualCost } from "#app/core/receivables/annual-cost.ts";

/** In hundredths of a percent, as a page prints it. */
const hundredths = (basisPoints: number, discountDays: number, netDays: number) => {
  const cost = annualCost(basisPoints, { discountDays, netDays });
  return cost && { nominal: Math.round(cost.nominal * 10_000), effective: Math.round(cost.effective * 10_000) };
};

test("2/10 net 30 costs 37.24 % a year, 44.59 % with what is saved put to work again", () => {
  // 2/98 x 365/20 = 0.37245; (1 + 2/98)^18.25 - 1 = 0.44585.
  expect(hundredths(200, 10, 30)).toEqual({ nominal: 3724, effective: 4459 });
});

test("1/10 net 30 and 3/7 net 60, worked out by hand", () => {
  // 1/99 x 18.25 = 0.18434; 1.010101^18.25 - 1 = 0.20129. 3/97 x 365/53 = 0.21299; 1.030928^6.8868 - 1 = 0.23340.
  expect(hundredths(100, 10, 30)).toEqual({ nominal: 1843, effective: 2013 });
  expect(hundredths(300, 7, 60)).toEqual({ nominal: 2130, effective: 2334 });
});

test("nothing is sooner where the discount's days are the net days, and nothing is left where all is given", () => {
  expect(annualCost(200, { discountDays: 30, netDays: 30 })).toBeNull();
  expect(annualCost(200, { discountDays: 40, netDays: 30 })).toBeNull();
  expect(annualCost(0, { discountDays: 10, netDays: 30 })).toBeNull();
  expect(annualCost(10_000, { discountDays: 10, netDays: 30 })).toBeNull();
});

test("compounding costs more than not where there is more than one time a year, and the price of a year is its own", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 364 }), (basisPoints, days) => {
      const cost = annualCost(basisPoints, { discountDays: 0, netDays: days });
      expect(cost?.effective).toBeGreaterThan(cost?.nominal ?? Infinity);
      const year = annualCost(basisPoints, { discountDays: 0, netDays: 365 });
      // d / (1 - d), once.
      expect(year?.nominal).toBeCloseTo(basisPoints / (10_000 - basisPoints), 12);
      expect(year?.effective).toBeCloseTo(year?.nominal ?? 0, 12);
    }),
  );
});
