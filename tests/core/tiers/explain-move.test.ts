import fc from "fast-check";
import { expect, test } from "vitest";
import { assignTiers, type Standing, type TierInput } from "#app/core/tiers/assign-tiers.ts";
import { explainMove, type Moved, type RunFrame, type StoodBefore } from "#app/core/tiers/explain-move.ts";
import { isBeyond } from "#app/core/tiers/hysteresis.ts";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";
import { movesBetween } from "#app/core/tiers/preview.ts";
import { smallestCrossing } from "#app/core/tiers/smallest-change.ts";
import type { EntryKind } from "#app/core/ledger/entry.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { aCustomer, NOW, withValues } from "#tests/factories/customer.ts";

const RULE = { fallBelow: 90, riseAbove: 110, runs: 2 };
const PROFIT = { by: "profit", unit: 1n } as const;
const RANK: TierPolicy = { ...DEFAULT_TIER_POLICY, method: "rank" };

test("to rise over a border of 1000 a customer with 950 needs 151 more at once, or 51 more for two runs", () => {
  const at = { measure: 950n, border: 1000n, isAbove: false, runsOnOtherSide: 0 };
  expect(smallestCrossing(at, PROFIT, RULE)).toEqual({
    by: "profit",
    atOnce: 151n,
    lasting: { change: 51n, runs: 2 },
  });
});

test("to fall under a border of 1000 a customer with 1200 has to lose 301 at once, or 201 for two runs", () => {
  // 899 is the most that is under 0.9 x 1000, and 999 the most that is under 1000.
  const at = { measure: 1200n, border: 1000n, isAbove: true, runsOnOtherSide: 0 };
  expect(smallestCrossing(at, PROFIT, RULE)).toEqual({
    by: "profit",
    atOnce: -301n,
    lasting: { change: -201n, runs: 2 },
  });
});

test("who is across already needs nothing but the runs that are missing", () => {
  const at = { measure: 1050n, border: 1000n, isAbove: false, runsOnOtherSide: 1 };
  expect(smallestCrossing(at, PROFIT, RULE)).toEqual({ by: "profit", atOnce: 51n, lasting: { change: 0n, runs: 1 } });
});

test("without hysteresis it takes one minor unit more than the border", () => {
  const at = { measure: 950n, border: 1000n, isAbove: false, runsOnOtherSide: 0 };
  expect(smallestCrossing(at, PROFIT, null)).toEqual({ by: "profit", atOnce: 51n, lasting: null });
});

test("a change of a score is given in hundredths of a point, rounded up so that it is enough", () => {
  // One point is 6 units: from 100 to 111 units are 11 / 6 = 1.833 points.
  const at = { measure: 100n, border: 100n, isAbove: false, runsOnOtherSide: 0 };
  const { atOnce } = smallestCrossing(at, { by: "score", unit: 6n }, RULE);
  expect(atOnce).toBe(184n);
});

test("the change that is named crosses the border at once, and one minor unit less does not", () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
  const rule = fc.record({
    fallBelow: fc.integer({ min: 1, max: 100 }),
    riseAbove: fc.integer({ min: 100, max: 300 }),
    runs: fc.integer({ min: 2, max: 5 }),
  });
  fc.assert(
    fc.property(amount, amount, fc.boolean(), rule, (measure, border, isAbove, hysteresis) => {
      const { atOnce } = smallestCrossing({ measure, border, isAbove, runsOnOtherSide: 0 }, PROFIT, hysteresis);
      expect(isBeyond(measure + atOnce, border, isAbove, hysteresis)).toBe(true);
      if (atOnce !== 0n) {
        const less = atOnce + (isAbove ? 1n : -1n);
        expect(isBeyond(measure + less, border, isAbove, hysteresis)).toBe(false);
      }
    }),
  );
});

const before = (part: Partial<StoodBefore> = {}): StoodBefore => ({
  tier: "A",
  isPinned: false,
  rank: 2,
  value: 200n,
  score: null,
  ...part,
});

/** By rank, of ten customers: the border of A is at 100, that of B at 70. */
const frame = (policy: TierPolicy): RunFrame => ({ policy, borders: { a: 100n, b: 70n }, ranking: PROFIT });

const standing = (customer: Partial<TierInput>, policy = RANK): Standing<TierInput> => {
  const one = aCustomer({ shopifyId: 99n, ...customer });
  const { standings } = assignTiers([...withValues(200, 100, 90, 80, 70, 60, 50, 40, 30), one], policy, NOW);
  return standings.find((each) => each.customer === one) ?? expect.unreachable();
};

const explain = (
  moved: Partial<Moved> & Pick<Moved, "after">,
  policy = RANK,
  changes: readonly (readonly [EntryKind, bigint])[] = [],
): ReturnType<typeof explainMove> =>
  explainMove(
    { before: before(), underFormerPolicy: null, ...moved },
    { before: frame(policy), after: frame(policy) },
    new Map(changes),
  );

const since = (tier: Tier, a = 0, b = 0): Partial<TierInput> => ({ previous: { tier, runsOnOtherSide: { a, b } } });

test("a fall far below the border is put down to the figures, with what each kind of entry did", () => {
  const after = standing({ value: 85n, ...since("A") });
  const why = explain({ after }, RANK, [
    ["return", -90n],
    ["cogs_restocked", 40n],
    ["cogs", 0n],
    ["discount", -60n],
  ]);
  expect(after.tier).toBe("B");
  expect(why).toEqual({
    cause: "figures",
    value: { before: 200n, after: 85n },
    rank: { before: 2, after: 4 },
    borders: { before: { by: "profit", a: 100n, b: 70n }, after: { by: "profit", a: 100n, b: 70n } },
    score: { before: null, after: null },
    entries: [
      { kind: "return", change: -90n },
      { kind: "discount", change: -60n },
      { kind: "cogs_restocked", change: 40n },
    ],
    // -115 in all, of which the entries tell -110.
    otherEntries: -5n,
    // 111 is over 1.1 x 100, and 101 over 100.
    undo: { kind: "cross", by: "profit", atOnce: 26n, lasting: { change: 16n, runs: 2 }, profit: 0n },
  });
});

test("a fall after two runs a little below the border is put down to the runs", () => {
  expect(explain({ after: standing({ value: 95n, ...since("A", 1) }) }).cause).toBe("runs");
});

test("a pin and the end of a pin are said to be what they are", () => {
  const pinned = explain({ after: standing({ value: 95n, pinnedTo: "C" }) });
  expect(pinned).toMatchObject({ cause: "pin", undo: { kind: "unpin" } });
  const unpinned = explain({ before: before({ isPinned: true }), after: standing({ value: 95n }) });
  expect(unpinned).toMatchObject({ cause: "unpin", undo: { kind: "cross" } });
});

test("a move that the policy before would not have made is put down to the policy, another one is not", () => {
  const after = standing({ value: 85n });
  expect(explain({ after, underFormerPolicy: "A" }).cause).toBe("policy");
  expect(explain({ after, underFormerPolicy: "B" }).cause).toBe("figures");
});

test("a customer who rose is told what it can lose before it falls back", () => {
  const after = standing({ value: 130n, ...since("B", 1) });
  expect(after.tier).toBe("A");
  // Back in B under 90: 41 less; under 100 for two runs: 31 less.
  expect(explain({ before: before({ tier: "B", value: 90n }), after }).undo).toEqual({
    kind: "cross",
    by: "profit",
    atOnce: -41n,
    lasting: { change: -31n, runs: 2 },
    profit: 0n,
  });
});

test("who fell two tiers is told the way back over both borders", () => {
  const after = standing({ value: 10n, ...since("A") });
  expect(after.tier).toBe("C");
  expect(explain({ after }).undo).toMatchObject({ atOnce: 101n });
});

test("where nobody is above the border there is no way back", () => {
  const after = standing({ value: -10n, ...since("A") });
  const empty: RunFrame = { ...frame(RANK), borders: { a: null, b: null } };
  const why = explainMove(
    { before: before(), after, underFormerPolicy: null },
    { before: empty, after: empty },
    new Map(),
  );
  expect(why.undo).toEqual({ kind: "none" });
});

test("by score a loss-maker is told what profit is missing too", () => {
  const policy: TierPolicy = { ...DEFAULT_TIER_POLICY, method: "score" };
  const after = standing({ value: -10n }, policy);
  const scored: RunFrame = { policy, borders: { a: 60n, b: 40n }, ranking: { by: "score", unit: 2n } };
  const why = explainMove(
    { before: before(), after, underFormerPolicy: null },
    { before: scored, after: scored },
    new Map(),
  );
  expect(why.undo).toMatchObject({ kind: "cross", by: "score", profit: 11n });
  expect(why.borders.after).toEqual({ by: "score", a: 3000n, b: 2000n });
});

test("a preview counts who goes where and lists them by value, and whoever is new goes nowhere", () => {
  const customers = withValues(50, 30, 10, 5, 4, 1);
  const { standings } = assignTiers(customers, DEFAULT_TIER_POLICY, NOW);
  const [, second, third, , , sixth] = customers;
  const now = new Map<TierInput | undefined, Tier>([
    [second, "B"],
    [third, "A"],
    [sixth, "B"],
  ]);
  const { counts, movers } = movesBetween(standings, (customer) => now.get(customer) ?? null);
  expect(counts).toEqual([
    { from: "A", to: "B", customers: 1, value: 10n },
    { from: "B", to: "A", customers: 1, value: 30n },
    { from: "B", to: "C", customers: 1, value: 1n },
  ]);
  expect(movers.map(({ standing: { customer }, from }) => [customer.value, from])).toEqual([
    [30n, "B"],
    [10n, "A"],
    [1n, "B"],
  ]);
});
