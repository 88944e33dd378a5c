import fc from "fast-check";
import type { LoadedFunction } from "#app/checkout/load-function.ts";
import { anyCart } from "./arbitrary.ts";
import {
  equalsReference,
  givesGuestsNothing,
  keepsFloors,
  moreUnitsGiveNoLess,
  reversed,
  runCart,
  splittingChangesNothing,
} from "./checks.ts";

/**
 * Holds every rule against random carts, all rules against each, and returns how many of them got a discount.
 *
 * @throws Error with the smallest cart that breaks a rule
 */
export const checkEveryRule = (discount: LoadedFunction, carts: number, seed: number): number => {
  let discounted = 0;
  fc.assert(
    fc.property(anyCart, fc.nat({ max: 1_000_000 }), (cart, pick) => {
      const outcome = runCart(discount, cart);
      if (outcome.byLine.size > 0) discounted += 1;
      equalsReference(cart, outcome);
      keepsFloors(cart, outcome);
      givesGuestsNothing(cart, outcome);
      moreUnitsGiveNoLess(discount, cart, outcome, pick);
      // Split and turned round at once: one run shows that neither changes anything.
      splittingChangesNothing(discount, reversed(cart), outcome, pick);
    }),
    { numRuns: carts, seed },
  );
  return discounted;
};
