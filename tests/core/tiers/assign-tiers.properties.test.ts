import fc from "fast-check";
import { expect, test } from "vitest";
import { assignTiers, type TierInput } from "#app/core/tiers/assign-tiers.ts";
import { DEFAULT_TIER_POLICY } from "#app/core/tiers/policy.ts";
import { aCustomer, anyCustomers, NOW } from "#tests/factories/customer.ts";
import { referenceTiers } from "./tiers-reference.ts";

const run = (customers: readonly TierInput[]): ReturnType<typeof assignTiers<TierInput>> =>
  assignTiers(customers, DEFAULT_TIER_POLICY, NOW);

test("tiers and flags are those of a plain reference written from the definitions", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      const standings = run(customers).standings.map(({ customer, tier, flags }) => ({ customer, tier, flags }));
      expect(standings).toEqual(referenceTiers(customers, NOW));
    }),
    { numRuns: 600 },
  );
});

test("the order in which customers are given does not matter", () => {
  const shuffled = anyCustomers.chain((customers) =>
    fc.tuple(
      fc.constant(customers),
      fc.shuffledSubarray(customers, { minLength: customers.length, maxLength: customers.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([customers, other]) => {
      expect(run(other)).toEqual(run(customers));
    }),
  );
});

test("every customer is in exactly one tier: all of A stand before all of B, and all of B before all of C", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      const { standings, counts } = run(customers);
      expect(new Set(standings.map(({ customer }) => customer))).toEqual(new Set(customers));
      expect(standings.map(({ tier }) => tier).join("")).toBe(
        "A".repeat(counts.A) + "B".repeat(counts.B) + "C".repeat(counts.C),
      );
      expect(standings.map(({ rank }) => rank)).toEqual(customers.map((_, index) => index + 1));
    }),
  );
});

test("nobody without a profit is A or B, and somebody is A as soon as anybody makes one", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      const { standings, counts } = run(customers);
      for (const { customer, tier } of standings) if (customer.value <= 0n) expect(tier).toBe("C");
      expect(counts.A > 0).toBe(customers.some(({ value }) => value > 0n));
    }),
  );
});

test("A alone makes at least 80 percent, and without its last customer it would make less", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      const { standings, counts, positiveTotal } = run(customers);
      fc.pre(positiveTotal > 0n);
      const made = (n: number): bigint => standings.slice(0, n).reduce((all, { customer }) => all + customer.value, 0n);
      expect(made(counts.A) * 100n).toBeGreaterThanOrEqual(80n * positiveTotal);
      expect(made(counts.A - 1) * 100n).toBeLessThan(80n * positiveTotal);
      expect(made(counts.A + counts.B) * 100n).toBeGreaterThanOrEqual(95n * positiveTotal);
      if (counts.B > 0) expect(made(counts.A + counts.B - 1) * 100n).toBeLessThan(95n * positiveTotal);
    }),
  );
});

test("the currency's minor unit does not matter: a hundred times the values are the same tiers", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      const bigger = customers.map((customer) => ({
        ...customer,
        value: customer.value * 100n,
        largestRefund: customer.largestRefund * 100n,
      }));
      const tiersAndFlags = ({ standings }: ReturnType<typeof run>): unknown =>
        standings.map(({ tier, flags, keptBecause }) => [tier, flags, keptBecause]);
      expect(tiersAndFlags(run(bigger))).toEqual(tiersAndFlags(run(customers)));
    }),
  );
});

test("one more loss-maker changes nobody else's tier", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      const loser = aCustomer({ value: -(10n ** 15n), shopifyId: 10n ** 9n });
      const before = new Map(run(customers).standings.map(({ customer, tier }) => [customer, tier]));
      const after = run([...customers, loser]).standings;
      for (const { customer, tier } of after) expect(tier).toBe(customer === loser ? "C" : before.get(customer));
    }),
  );
});

test("a loss-maker is either proposed for pruning or has a reason why not, and nobody else has either", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      for (const { customer, flags, keptBecause } of run(customers).standings) {
        const isLoss = customer.value < 0n;
        expect(flags.includes("loss")).toBe(isLoss);
        expect(flags.includes("prune")).toBe(isLoss && keptBecause === null);
        if (!isLoss) expect(keptBecause).toBeNull();
      }
    }),
  );
});
