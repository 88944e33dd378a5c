import { expect, test } from "vitest";
import { assignTiers, type TierInput } from "#app/core/tiers/assign-tiers.ts";
import { DEFAULT_TIER_POLICY } from "#app/core/tiers/policy.ts";
import type { Flag } from "#app/core/tiers/tier.ts";
import { aCustomer, DAY, NOW, withValues } from "#tests/factories/customer.ts";

const run = (customers: readonly TierInput[]): ReturnType<typeof assignTiers<TierInput>> =>
  assignTiers(customers, DEFAULT_TIER_POLICY, NOW);

const letters = (...values: readonly number[]): string =>
  run(withValues(...values))
    .standings.map(({ tier }) => tier)
    .join("");

const only = (part: Partial<TierInput>): { flags: readonly Flag[]; keptBecause: string | null } => {
  // Beside a customer who makes all the profit, so that the one in question is not the best.
  const { standings } = run([aCustomer({ value: 10n ** 9n, shopifyId: 99n }), aCustomer(part)]);
  const { flags, keptBecause } = standings[1] ?? expect.unreachable();
  return { flags, keptBecause };
};

test("the default policy is the one of the definitions", () => {
  expect(DEFAULT_TIER_POLICY).toEqual({
    method: "share",
    window: { kind: "days", days: 365 },
    shares: { a: 80, b: 95 },
    rank: { a: 20, b: 30 },
    score: { weights: { profit: 100, receivables: 0, cooperation: 0 }, cut: "share" },
    hysteresis: { fallBelow: 90, riseAbove: 110, runs: 2 },
    topPercent: 20,
    prune: { minOrders: 2, minDays: 90 },
    newDays: 30,
  });
});

test("who reaches exactly 80 percent is the last A, and who reaches exactly 95 percent the last B", () => {
  // Cumulative of 100: 50, 80 | 90, 95 | 99, 100.
  expect(letters(50, 30, 10, 5, 4, 1)).toBe("AABBCC");
});

test("who crosses 80 percent is in A, and who crosses 95 percent is in B", () => {
  // Cumulative of 100: 50, 79, 89 | 94, 98 | 100.
  expect(letters(50, 29, 10, 5, 4, 2)).toBe("AAABBC");
});

test("one minor unit short of the border takes one customer more", () => {
  // 80 of 100 is reached by the first alone; 79 of 100 is not; 800 of 1001 is short by 0.8.
  expect(letters(80, 20)).toBe("AB");
  expect(letters(79, 21)).toBe("AA");
  expect(letters(800, 201)).toBe("AA");
});

test("one customer who makes everything is A", () => {
  expect(letters(1)).toBe("A");
});

test("a customer can be A alone and leave nobody for B", () => {
  // 96 of 100 passes both borders at once.
  expect(letters(96, 4)).toBe("AC");
});

test("losses do not lower the sum that the shares are taken of", () => {
  // Positive sum 100, so 80 is reached by the first. Of the total of 10 everybody would have been past it at once.
  expect(letters(80, 20, -90)).toBe("ABC");
});

test("zero is C and no loss", () => {
  const { standings } = run(withValues(10, 0, -1));
  expect(standings.map(({ tier, flags }) => [tier, flags.includes("loss")])).toEqual([
    ["A", false],
    ["C", false],
    ["C", true],
  ]);
});

test.each([[[]], [[0, 0]], [[0, -5]], [[-5, -1]]])("with no positive value among %j nobody is A or B", (values) => {
  const { counts, borders, positiveTotal } = run(withValues(...values));
  expect(counts).toEqual({ A: 0, B: 0, C: values.length });
  expect(borders).toEqual({ a: null, b: null });
  expect(positiveTotal).toBe(0n);
});

test("customers of equal value at the border are told apart by net sales", () => {
  const [more, less] = [
    aCustomer({ value: 50n, netSales: 9n, shopifyId: 2n }),
    aCustomer({ value: 50n, netSales: 8n }),
  ];
  // 50 of 125 and 100 of 125 = 80 percent: both in A; the third, who is last by net sales, in B.
  const third = aCustomer({ value: 25n, netSales: 99n, shopifyId: 3n });
  const { standings } = run([third, less, more]);
  expect(standings.map(({ customer, tier }) => [customer, tier])).toEqual([
    [more, "A"],
    [less, "A"],
    [third, "B"],
  ]);
});

test("a standing says its rank and what all before it made", () => {
  const { standings } = run(withValues(5, -3, 50));
  expect(standings.map(({ rank, cumulativeBefore, customer }) => [rank, cumulativeBefore, customer.value])).toEqual([
    [1, 0n, 50n],
    [2, 50n, 5n],
    [3, 55n, -3n],
  ]);
});

test("the borders are the values of the last A and the last B", () => {
  expect(run(withValues(50, 30, 10, 5, 4, 1)).borders).toEqual({ a: 30n, b: 5n });
});

test("key accounts are the first fifth of A, rounded up, and customers to grow the first fifth of B", () => {
  // 40 customers of 2 make 80, 10 of 1.5 make 95, 5 of 1 make 100 (in tenths, to have whole numbers).
  const values = [...Array<number>(40).fill(20), ...Array<number>(10).fill(15), ...Array<number>(5).fill(10)];
  const { standings, counts } = run(withValues(...values));
  expect(counts).toEqual({ A: 40, B: 10, C: 5 });
  const ranks = (flag: Flag): number[] => standings.filter(({ flags }) => flags.includes(flag)).map(({ rank }) => rank);
  expect(ranks("key")).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(ranks("grow")).toEqual([41, 42]);
});

test.each([
  [1, 1],
  [5, 1],
  [6, 2],
])("of %d A customers %d are key accounts", (size, key) => {
  // All equal, and with a share of 100 percent all of them A.
  const policy = { ...DEFAULT_TIER_POLICY, shares: { a: 100, b: 100 } };
  const { standings } = assignTiers(withValues(...Array<number>(size).fill(7)), policy, NOW);
  expect(standings.filter(({ flags }) => flags.includes("key"))).toHaveLength(key);
});

test("a loss-maker with two orders and ninety days of history is proposed for pruning", () => {
  const customer = { value: -1n, orders: 2, firstOrderAt: NOW - 90 * DAY };
  expect(only(customer)).toEqual({ flags: ["prune", "loss"], keptBecause: null });
});

test("a loss-maker with one order is kept, and why is said", () => {
  expect(only({ value: -1n, orders: 1 })).toEqual({ flags: ["loss"], keptBecause: "few-orders" });
});

test("a loss-maker with a millisecond less than ninety days of history is kept, and why is said", () => {
  const firstOrderAt = NOW - 90 * DAY + 1;
  expect(only({ value: -1n, firstOrderAt })).toEqual({ flags: ["loss"], keptBecause: "short-history" });
});

test("a loss that one refund explains is said so and not pruned", () => {
  // Without the refund of 30 a loss of 30 would be no loss; a loss of 31 would still be one.
  expect(only({ value: -30n, largestRefund: -30n })).toEqual({ flags: ["loss"], keptBecause: "one-refund" });
  expect(only({ value: -31n, largestRefund: -30n })).toEqual({ flags: ["prune", "loss"], keptBecause: null });
});

test("a loss-maker with unknown costs is said so and not pruned", () => {
  expect(only({ value: -1n, hasUnknownCost: true })).toEqual({
    flags: ["loss", "cost-unknown"],
    keptBecause: "unknown-costs",
  });
});

test("a C customer who makes a profit is never proposed for pruning", () => {
  expect(only({ value: 1n })).toEqual({ flags: [], keptBecause: null });
});

test("a customer is new until thirty days after the first order, and ranked like all", () => {
  expect(only({ value: 1n, firstOrderAt: NOW - 30 * DAY + 1 }).flags).toEqual(["new"]);
  expect(only({ value: 1n, firstOrderAt: NOW - 30 * DAY }).flags).toEqual([]);
  expect(run([aCustomer({ firstOrderAt: NOW })]).standings).toMatchObject([{ tier: "A", flags: ["key", "new"] }]);
});

test("the list that was given is left as it was", () => {
  const customers = withValues(1, 3, 2);
  const copy = structuredClone(customers);
  run(customers);
  expect(customers).toEqual(copy);
});
