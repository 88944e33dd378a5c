import fc from "fast-check";
import { expect, test } from "vitest";
import { assignTiers, type Standing, type TierInput } from "#app/core/tiers/assign-tiers.ts";
import { DEFAULT_TIER_POLICY, drawsSameBorders } from "#app/core/tiers/policy.ts";
import { scoresOf } from "#app/core/tiers/score.ts";
import { anyCustomers, anyPolicy, NOW, withPasts } from "#tests/factories/customer.ts";
import { Fraction, referenceFactors, referenceScore, referenceStandings } from "./policy-reference.ts";

const anyone = withPasts(anyCustomers);
const OF_THE_TIER = ["key", "grow", "pinned"];

const plain = ({ customer, rawTier, tier, runsOnOtherSide, flags }: Standing<TierInput>): unknown => ({
  customer,
  raw: rawTier,
  tier,
  runs: runsOnOtherSide,
  marks: flags.filter((flag) => OF_THE_TIER.includes(flag)),
});

test("by any policy tiers, runs on the other side and flags are those of a plain reference", () => {
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      expect(assignTiers(customers, policy, NOW).standings.map(plain)).toEqual(referenceStandings(customers, policy));
    }),
    { numRuns: 600 },
  );
});

test("a score and its factors are those of a plain reference, rounded half up to hundredths", () => {
  const hundredths = ({ top, bottom }: Fraction): number => Number((200n * top + bottom) / (2n * bottom));
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      const scores = scoresOf(customers, policy.score.weights);
      for (const [index, customer] of customers.entries()) {
        const [profit, receivables, cooperation] = referenceFactors(customer, customers).map(hundredths);
        const exact = scores[index] ?? expect.unreachable();
        expect(exact.score.factors).toEqual({ profit, receivables, cooperation });
        const reference = referenceScore(customer, customers, policy);
        expect(exact.score.points).toBe(hundredths(reference));
        expect(reference.compare(new Fraction(exact.measure, exact.unit))).toBe(0);
      }
    }),
    { numRuns: 200 },
  );
});

test("by any policy nobody who loses money is above C without a pin", () => {
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      for (const { customer, tier } of assignTiers(customers, policy, NOW).standings) {
        if (customer.value < 0n) expect(tier).toBe(customer.pinnedTo ?? "C");
      }
    }),
  );
});

test("who is pinned is in that tier and says so, and nobody else says so", () => {
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      for (const { customer, tier, flags } of assignTiers(customers, policy, NOW).standings) {
        expect(flags.includes("pinned")).toBe(customer.pinnedTo !== null);
        if (customer.pinnedTo !== null) expect(tier).toBe(customer.pinnedTo);
      }
    }),
  );
});

test("a pin moves nobody else", () => {
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      const unpinned = customers.map((customer) => ({ ...customer, pinnedTo: null }));
      const before = assignTiers(unpinned, policy, NOW);
      const after = assignTiers(customers, policy, NOW);
      expect(after.borders).toEqual(before.borders);
      for (const [index, { tier, rank, isPinned }] of after.standings.entries()) {
        const own = before.standings[index];
        expect(rank).toBe(own?.rank);
        if (!isPinned) expect(tier).toBe(own?.tier);
      }
    }),
  );
});

test("who stays on its side of both borders stays in its tier, whatever the hysteresis", () => {
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      const free = assignTiers(
        customers.map((customer) => ({ ...customer, pinnedTo: null, previous: null })),
        policy,
        NOW,
      );
      const again = free.standings.map(({ customer, tier, runsOnOtherSide }) => ({
        ...customer,
        previous: { tier, runsOnOtherSide },
      }));
      const tiers = (standings: readonly Standing<TierInput>[]) => standings.map(({ tier }) => tier);
      expect(tiers(assignTiers(again, policy, NOW).standings)).toEqual(tiers(free.standings));
    }),
  );
});

test("on the same figures everybody is where the policy alone says after as many runs as it takes", () => {
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      let result = assignTiers(customers, policy, NOW);
      for (let run = 1; run < (policy.hysteresis?.runs ?? 1); run += 1) {
        const next = result.standings.map(({ customer, tier, runsOnOtherSide }) => ({
          ...customer,
          previous: { tier, runsOnOtherSide },
        }));
        result = assignTiers(next, policy, NOW);
      }
      for (const { tier, rawTier, isPinned } of result.standings) if (!isPinned) expect(tier).toBe(rawTier);
    }),
  );
});

test("the currency's minor unit does not matter to any policy", () => {
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      const times = (n: bigint) => n * 100n;
      const bigger = customers.map((customer) => {
        const { sold, returned, cancelled, disputed } = customer.cooperation;
        return {
          ...customer,
          value: times(customer.value),
          largestRefund: times(customer.largestRefund),
          receivables: customer.receivables && {
            amount: times(customer.receivables.amount),
            lateAmountDays: times(customer.receivables.lateAmountDays),
          },
          cooperation: {
            sold: times(sold),
            returned: times(returned),
            cancelled: times(cancelled),
            disputed: times(disputed),
          },
        };
      });
      const shown = (some: readonly TierInput[]): unknown =>
        assignTiers(some, policy, NOW).standings.map(({ tier, flags, score }) => [tier, flags, score]);
      expect(shown(bigger)).toEqual(shown(customers));
    }),
  );
});

test("by profit alone the scores rank as the profits do", () => {
  fc.assert(
    fc.property(anyone, (customers) => {
      const ranks = (method: "rank" | "score"): unknown =>
        assignTiers(customers, { ...DEFAULT_TIER_POLICY, method }, NOW).standings.map(({ customer }) => customer);
      expect(ranks("score")).toEqual(ranks("rank"));
    }),
  );
});

test("what does not draw borders leaves them the same: key accounts, pruning, newness and hysteresis", () => {
  const changed = { topPercent: 5, newDays: 1, prune: { minOrders: 9, minDays: 1 }, hysteresis: null };
  expect(drawsSameBorders(DEFAULT_TIER_POLICY, { ...DEFAULT_TIER_POLICY, ...changed })).toBe(true);
  fc.assert(
    fc.property(anyone, anyPolicy, (customers, policy) => {
      const borders = assignTiers(customers, policy, NOW).borders;
      const other = assignTiers(customers, { ...policy, ...changed }, NOW).borders;
      expect(other).toEqual(borders);
      expect(drawsSameBorders(policy, { ...policy, ...changed })).toBe(true);
    }),
  );
});
