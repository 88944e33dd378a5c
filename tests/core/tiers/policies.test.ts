import { expect, test } from "vitest";
import { assignTiers, type TierInput, type TierRunResult } from "#app/core/tiers/assign-tiers.ts";
import type { Previous } from "#app/core/tiers/hysteresis.ts";
import { DEFAULT_TIER_POLICY, drawsSameBorders, windowDays, type TierPolicy } from "#app/core/tiers/policy.ts";
import { pinHolds } from "#app/core/tiers/pin.ts";
import { scoresOf } from "#app/core/tiers/score.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { aCustomer, NOW, withValues } from "#tests/factories/customer.ts";

const RANK: TierPolicy = { ...DEFAULT_TIER_POLICY, method: "rank" };

const run = (customers: readonly TierInput[], policy: TierPolicy): TierRunResult<TierInput> =>
  assignTiers(customers, policy, NOW);

const letters = (customers: readonly TierInput[], policy: TierPolicy): string =>
  run(customers, policy)
    .standings.map(({ tier }) => tier)
    .join("");

test("by rank a fifth of ten is A, the next three tenths B, and the rest C", () => {
  expect(letters(withValues(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), RANK)).toBe("AABBBCCCCC");
});

test("by rank both parts are rounded up by themselves: of seven, two are A and three B", () => {
  // ceil(1.4) = 2, ceil(2.1) = 3.
  expect(letters(withValues(7, 6, 5, 4, 3, 2, 1), RANK)).toBe("AABBBCC");
});

test("by rank loss-makers are C and leave their place empty", () => {
  // Of ten, places 1 and 2 are A and 3 to 5 B: two customers with a loss stand at places 4 and 5.
  const { counts, borders } = run(withValues(30, 20, 10, -1, -2, -3, -4, -5, -6, -7), RANK);
  expect(counts).toEqual({ A: 2, B: 1, C: 7 });
  expect(borders).toEqual({ a: 20n, b: 10n });
});

test("by rank a customer who makes nothing is no loss-maker", () => {
  expect(letters(withValues(0, 0, -1), RANK)).toBe("ABC");
});

test("by rank the parts are the policy's", () => {
  expect(letters(withValues(4, 3, 2, 1), { ...RANK, rank: { a: 50, b: 50 } })).toBe("AABB");
  expect(letters(withValues(4, 3, 2, 1), { ...RANK, rank: { a: 0, b: 25 } })).toBe("BCCC");
});

const scorePolicy = (profit: number, receivables: number, cooperation: number): TierPolicy => ({
  ...DEFAULT_TIER_POLICY,
  method: "score",
  score: { weights: { profit, receivables, cooperation }, cut: "share" },
});

const sales = (returned: bigint, cancelled = 0n, disputed = 0n): TierInput["cooperation"] => ({
  sold: 100n,
  returned,
  cancelled,
  disputed,
});

/** Ann pays 10 days late, Bob 30, Cid has no invoice; Ann returns 30 of 100, Bob cancels 30 of 100, Cid returns nothing. */
const THREE = [
  aCustomer({
    shopifyId: 1n,
    value: 300n,
    receivables: { amount: 10n, lateAmountDays: 100n },
    cooperation: sales(30n),
  }),
  aCustomer({
    shopifyId: 2n,
    value: 200n,
    receivables: { amount: 2n, lateAmountDays: 60n },
    cooperation: sales(0n, 30n),
  }),
  aCustomer({ shopifyId: 3n, value: 100n, cooperation: sales(0n) }),
];

test("a score weighs the places by profit, by payment and by cooperation", () => {
  const points = scoresOf(THREE, { profit: 50, receivables: 30, cooperation: 20 }).map(({ score }) => score);
  expect(points).toEqual([
    // Profit: 2 below, 1 equal of 3: 100 x 2.5 / 3. Payment: 1 below, 1 equal of 2: 75. Cooperation: 0 below, 2 equal of 3.
    // 0.5 x 83.33 + 0.3 x 75 + 0.2 x 33.33 = 41.67 + 22.5 + 6.67 = 70.83
    { points: 7083, factors: { profit: 8333, receivables: 7500, cooperation: 3333 } },
    // 0.5 x 50 + 0.3 x 25 + 0.2 x 33.33 = 25 + 7.5 + 6.67 = 39.17
    { points: 3917, factors: { profit: 5000, receivables: 2500, cooperation: 3333 } },
    // 0.5 x 16.67 + 0.3 x 50 + 0.2 x 83.33 = 8.33 + 15 + 16.67 = 40
    { points: 4000, factors: { profit: 1667, receivables: 5000, cooperation: 8333 } },
  ]);
});

test("by score customers are ranked and cut by their scores", () => {
  // 70.83 of 150 is short of 80 percent, with 40 it is 73.9 percent, and the third crosses it.
  const { standings, ranking } = run(THREE, scorePolicy(50, 30, 20));
  expect(standings.map(({ customer, tier }) => [customer.shopifyId, tier])).toEqual([
    [1n, "A"],
    [3n, "A"],
    [2n, "A"],
  ]);
  expect(ranking.by).toBe("score");
  expect(ranking.total).toBe(150n * ranking.unit);
});

test("by score then rank the parts are parts of the customers", () => {
  const policy = scorePolicy(50, 30, 20);
  const byRank = { ...policy, score: { ...policy.score, cut: "rank" as const } };
  expect(letters(THREE, byRank)).toBe("ABC");
});

test("a loss-maker with the best score is C, and its score still counts", () => {
  const nice = aCustomer({ shopifyId: 9n, value: -1n, cooperation: sales(0n) });
  const { standings } = run([...THREE, nice], scorePolicy(0, 0, 100));
  expect(standings.find(({ customer }) => customer === nice)).toMatchObject({ tier: "C", rawTier: "C", rank: 2 });
});

test("who sold nothing has nothing against it, and who returned more than it bought has everything", () => {
  const nothing = { sold: 0n, returned: 5n, cancelled: 0n, disputed: 0n };
  const tooMuch = { sold: 10n, returned: 50n, cancelled: 0n, disputed: 0n };
  const all = { sold: 10n, returned: 10n, cancelled: 0n, disputed: 0n };
  const customers = [nothing, tooMuch, all].map((cooperation) => aCustomer({ cooperation }));
  const factors = scoresOf(customers, { profit: 0, receivables: 0, cooperation: 100 }).map(({ score }) => score.points);
  expect(factors).toEqual([8333, 3333, 3333]);
});

const held = (tier: Tier, a = 0, b = 0): Previous => ({ tier, runsOnOtherSide: { a, b } });

/** Ten customers by rank: A ends at 100 (two), B ends at 70 (three); the one at `place` was somewhere before. */
const inRun = (value: number, previous: Previous | null, policy = RANK): { tier: Tier; a: number; b: number } => {
  const others = withValues(200, 100, 90, 80, 70, 60, 50, 40, 30);
  const one = aCustomer({ shopifyId: 99n, value: BigInt(value), previous });
  const { standings } = run([...others, one], policy);
  const own = standings.find(({ customer }) => customer === one) ?? expect.unreachable();
  return { tier: own.tier, ...own.runsOnOtherSide };
};

test("a customer a little under the border stays where it was, and falls in the second run", () => {
  // With 95 it is the third of ten, and the border of A is 100.
  expect(inRun(95, null)).toEqual({ tier: "B", a: 0, b: 0 });
  expect(inRun(95, held("A"))).toEqual({ tier: "A", a: 1, b: 0 });
  expect(inRun(95, held("A", 1))).toEqual({ tier: "B", a: 0, b: 0 });
});

test("a customer at exactly nine tenths of the border stays, and one with a unit less falls at once", () => {
  expect(inRun(90, held("A"))).toEqual({ tier: "A", a: 1, b: 0 });
  expect(inRun(89, held("A"))).toEqual({ tier: "B", a: 0, b: 0 });
});

test("a customer who is above a border by itself rises over it in the second run", () => {
  // With 105 it is the second and last of A, so that the border is its own value.
  expect(inRun(105, held("B"))).toEqual({ tier: "B", a: 1, b: 0 });
  expect(inRun(105, held("B", 1))).toEqual({ tier: "A", a: 0, b: 0 });
});

test("a customer with over eleven tenths of the border rises at once", () => {
  // First of ten: the last of A is the one with 200.
  expect(inRun(220, held("B"))).toEqual({ tier: "B", a: 1, b: 0 });
  expect(inRun(221, held("B"))).toEqual({ tier: "A", a: 0, b: 0 });
});

test("both borders are held by themselves: from A to C by way of B", () => {
  // 65 is C by itself; it is under 0.9 x 100 and not under 0.9 x 70.
  expect(inRun(65, held("A"))).toEqual({ tier: "B", a: 0, b: 1 });
  expect(inRun(65, held("B", 0, 1))).toEqual({ tier: "C", a: 0, b: 0 });
});

test("who comes back to its side starts counting anew", () => {
  expect(inRun(150, held("A", 1))).toEqual({ tier: "A", a: 0, b: 0 });
});

test("without a profit a customer falls at once, however near the border is", () => {
  expect(inRun(0, held("B"))).toEqual({ tier: "C", a: 0, b: 0 });
  expect(letters([aCustomer({ value: -1n, previous: held("A") })], DEFAULT_TIER_POLICY)).toBe("C");
});

test("without hysteresis everybody is where the policy says", () => {
  expect(inRun(95, held("A"), { ...RANK, hysteresis: null })).toEqual({ tier: "B", a: 0, b: 0 });
});

test("the border between B and C is the last A where nobody is B", () => {
  // 96 of 100 passes both borders at once; the other, who was B, is far under 0.9 x 96.
  const [rich, poor] = withValues(96, 4).map((customer, index) => ({
    ...customer,
    previous: held(index === 0 ? "A" : "B"),
  }));
  expect(
    letters(
      [rich, poor].filter((one) => one !== undefined),
      DEFAULT_TIER_POLICY,
    ),
  ).toBe("AC");
});

test("a pinned customer is in its tier with the flag, a loss-maker above C is not proposed for pruning", () => {
  const loser = aCustomer({ shopifyId: 7n, value: -50n, pinnedTo: "A" });
  const { standings, counts } = run([...withValues(80, 20), loser], DEFAULT_TIER_POLICY);
  expect(counts).toEqual({ A: 2, B: 1, C: 0 });
  expect(standings[2]).toMatchObject({
    tier: "A",
    rawTier: "C",
    flags: ["loss", "pinned"],
    keptBecause: "pinned",
    isPinned: true,
  });
});

test("key accounts and customers to grow are counted where the pins put them", () => {
  // By themselves five are A: four make 80 of 120, which is short of 96; then 115 is over 114. The first is pinned to B.
  const [first, ...others] = withValues(20, 20, 20, 20, 20, 15, 5);
  const { standings } = run(
    [{ ...(first ?? expect.unreachable()), pinnedTo: "B" as const }, ...others],
    DEFAULT_TIER_POLICY,
  );
  const flagged = (flag: "key" | "grow") =>
    standings.filter(({ flags }) => flags.includes(flag)).map(({ rank }) => rank);
  expect(standings.map(({ tier }) => tier).join("")).toBe("BAAAABC");
  expect(flagged("key")).toEqual([2]);
  expect(flagged("grow")).toEqual([1]);
});

test("a pin holds on its last day and not on the next one", () => {
  expect([99, 100, 101].map((today) => pinHolds({ until: 100 }, today))).toEqual([true, true, false]);
  expect(pinHolds({ until: null }, 10 ** 6)).toBe(true);
});

test("a window of seven days ends today and begins six days before", () => {
  expect(windowDays({ kind: "days", days: 7 }, 100)).toEqual({ from: 94, to: 100 });
  expect(windowDays({ kind: "all" }, 100)).toEqual({ from: 0, to: 100 });
});

test("another method, window, share or weight draws other borders; weights without scoring draw the same", () => {
  const others: Partial<TierPolicy>[] = [
    { method: "rank" },
    { window: { kind: "all" } },
    { shares: { a: 70, b: 95 } },
    scorePolicy(90, 10, 0),
  ];
  for (const part of others) {
    expect(drawsSameBorders(DEFAULT_TIER_POLICY, { ...DEFAULT_TIER_POLICY, ...part })).toBe(false);
  }
  const { score } = scorePolicy(1, 1, 98);
  expect(drawsSameBorders(DEFAULT_TIER_POLICY, { ...DEFAULT_TIER_POLICY, score, rank: { a: 1, b: 1 } })).toBe(true);
  expect(drawsSameBorders(scorePolicy(90, 10, 0), scorePolicy(90, 0, 10))).toBe(false);
});
