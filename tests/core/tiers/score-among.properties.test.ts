import fc from "fast-check";
import { expect, test } from "vitest";
import { scoresAmong, scoresOf } from "#app/core/tiers/score.ts";
import { anyCustomers, anyPolicy, withPasts } from "#tests/factories/customer.ts";

test("whoever is scored among the others has the score that scoring everybody gives", () => {
  fc.assert(
    fc.property(withPasts(anyCustomers), anyPolicy, fc.nat(), (customers, { score }, at) => {
      const some = at % (customers.length + 1);
      const all = scoresOf(customers, score.weights);
      expect(scoresAmong(customers.slice(0, some), customers.slice(some), score.weights)).toEqual(all.slice(0, some));
    }),
    { numRuns: 500 },
  );
});
