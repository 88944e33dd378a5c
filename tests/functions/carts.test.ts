import fc from "fast-check";
import { expect, test } from "vitest";
import { builtFunction } from "./built-function.ts";
import { anyCart, anyLargeCart } from "./carts/arbitrary.ts";
import {
  equalsReference,
  givesGuestsNothing,
  keepsFloors,
  moreUnitsGiveNoLess,
  orderIsIrrelevant,
  runCart,
  splittingChangesNothing,
} from "./carts/checks.ts";

const discount = builtFunction();

/** A fiftieth of the million that `npm run carts` works through. Faults are looked for with fewer. */
const CARTS = Number(process.env.PARETO_CARTS ?? 20_000);
/** About one in twenty shows a fault in how percentages are rounded. */
const LARGE_CARTS = 400;

/** Several carts a run share the 20,000: each rule that runs a cart twice has carts of its own. */
const share = CARTS / 4;
const pick = fc.nat({ max: 1_000_000 });

test("every line gets what the reference says, to the minor unit, and at least 60 % of carts get a discount", () => {
  let discounted = 0;
  fc.assert(
    fc.property(anyCart, (cart) => {
      const outcome = runCart(discount, cart);
      if (outcome.byLine.size > 0) discounted += 1;
      equalsReference(cart, outcome);
    }),
    { numRuns: CARTS },
  );
  expect(discounted / CARTS).toBeGreaterThan(0.6);
});

test("no line costs less than its floor, in any currency, at the currency's exponent", () => {
  fc.assert(
    fc.property(anyCart, (cart) => keepsFloors(cart, runCart(discount, cart))),
    { numRuns: share },
  );
});

test("a guest gets nothing of a plan that is for customers", () => {
  fc.assert(
    fc.property(anyCart, (cart) => {
      const guest = { ...cart, buyer: { ...cart.buyer, is: "typed" as const } };
      givesGuestsNothing(guest, runCart(discount, guest));
    }),
    { numRuns: share },
  );
});

test("more units never give a lower percentage, unless the merchant's own steps fall", () => {
  fc.assert(
    fc.property(anyCart, pick, (cart, at) => moreUnitsGiveNoLess(discount, cart, runCart(discount, cart), at)),
    { numRuns: share },
  );
});

test("the result does not depend on the order of lines or parts", () => {
  fc.assert(
    fc.property(anyCart, (cart) => orderIsIrrelevant(discount, cart, runCart(discount, cart))),
    { numRuns: share },
  );
});

test("a line that is split in two gets the same percentage", () => {
  fc.assert(
    fc.property(anyCart, pick, (cart, at) => splittingChangesNothing(discount, cart, runCart(discount, cart), at)),
    { numRuns: share },
  );
});

test("carts of more different lines than discounts fit the output equal the reference and keep every rule", () => {
  fc.assert(
    fc.property(anyLargeCart, pick, (cart, at) => {
      const outcome = runCart(discount, cart);
      equalsReference(cart, outcome);
      keepsFloors(cart, outcome);
      moreUnitsGiveNoLess(discount, cart, outcome, at);
      orderIsIrrelevant(discount, cart, outcome);
      const values = new Set([...outcome.byLine.values()].map(({ value }) => String(Object.entries(value))));
      expect(values.size).toBeLessThanOrEqual(60);
    }),
    { numRuns: LARGE_CARTS, endOnFailure: true },
  );
});
