import fc from "fast-check";
import type { TierInput } from "#app/core/tiers/assign-tiers.ts";
import type { Previous } from "#app/core/tiers/hysteresis.ts";
import { DEFAULT_TIER_POLICY, type ScorePolicy, type TierPolicy } from "#app/core/tiers/policy.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { at } from "./order.ts";

export const NOW = at("2026-01-01T00:00:00Z");
export const DAY = 86_400_000;

/** A customer of two years with five orders, all costs known, who makes 10.00. */
export const aCustomer = (part: Partial<TierInput> = {}): TierInput => ({
  value: 1000n,
  netSales: 5000n,
  firstOrderAt: NOW - 700 * DAY,
  kind: "customer",
  shopifyId: 1n,
  email: null,
  orders: 5,
  goods: 5000n,
  goodsWithKnownCost: 5000n,
  hasUnknownCost: false,
  largestRefund: 0n,
  receivables: null,
  cooperation: { sold: 5000n, returned: 0n, cancelled: 0n, disputed: 0n },
  pinnedTo: null,
  previous: null,
  ...part,
});

/** Customers with ids 1, 2, 3, ... and the values given. */
export const withValues = (...values: readonly number[]): TierInput[] =>
  values.map((value, index) => aCustomer({ value: BigInt(value), shopifyId: BigInt(index + 1) }));

const anyKey = fc.oneof(
  fc.record({ kind: fc.constantFrom("company", "customer"), shopifyId: fc.bigInt({ min: 1n, max: 300n }) }),
  fc.record({ kind: fc.constant("guest"), email: fc.integer({ min: 1, max: 300 }).map((n) => `g${n}@example.com`) }),
) as fc.Arbitrary<Pick<TierInput, "kind"> & Partial<TierInput>>;

const anyCustomer = (value: fc.Arbitrary<bigint>): fc.Arbitrary<TierInput> =>
  fc
    .record({
      key: anyKey,
      value,
      netSales: fc.bigInt({ min: 0n, max: 3n }),
      daysAgo: fc.constantFrom(0, 1, 29, 30, 31, 89, 90, 91, 700),
      orders: fc.integer({ min: 1, max: 4 }),
      hasUnknownCost: fc.boolean(),
      largestRefund: fc.bigInt({ min: -12n, max: 0n }),
    })
    .map(({ key, daysAgo, ...part }) =>
      aCustomer({ shopifyId: null, ...key, ...part, firstOrderAt: NOW - daysAgo * DAY }),
    );

const anyTier = fc.constantFrom<Tier>("A", "B", "C");
const runs = fc.nat({ max: 3 });

/** Who is below the lower border is below the upper one too, for as many runs; nobody is beyond both from between. */
const anyPrevious: fc.Arbitrary<Previous> = fc
  .record({ tier: anyTier, one: runs, other: runs, isUp: fc.boolean() })
  .map(({ tier, one, other, isUp }) => {
    const [less, more] = [Math.min(one, other), Math.max(one, other)];
    if (tier === "B") return { tier, runsOnOtherSide: isUp ? { a: one, b: 0 } : { a: 0, b: one } };
    return { tier, runsOnOtherSide: tier === "A" ? { a: more, b: less } : { a: less, b: more } };
  });

const few = fc.bigInt({ min: 0n, max: 5n });

/** What scores, pins and hysteresis read: small numbers, so that places and borders are often shared. */
const anyPast = fc.record({
  receivables: fc.option(fc.record({ amount: fc.bigInt({ min: 1n, max: 4n }), lateAmountDays: few }), { nil: null }),
  cooperation: fc.record({ sold: few, returned: few, cancelled: few, disputed: few }),
  pinnedTo: fc.option(anyTier, { nil: null, freq: 8 }),
  previous: fc.option(anyPrevious, { nil: null }),
});

const percent = fc.integer({ min: 1, max: 100 });

/** Any way to make tiers. */
export const anyPolicy: fc.Arbitrary<TierPolicy> = fc
  .record({
    method: fc.constantFrom<TierPolicy["method"]>("share", "rank", "score"),
    cut: fc.constantFrom<ScorePolicy["cut"]>("share", "rank"),
    shares: fc.tuple(percent, percent),
    rank: fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 })),
    weights: fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 })),
    hysteresis: fc.option(
      fc.record({
        fallBelow: fc.integer({ min: 50, max: 100 }),
        riseAbove: fc.integer({ min: 100, max: 150 }),
        runs: fc.integer({ min: 1, max: 4 }),
      }),
      { nil: null },
    ),
    topPercent: percent,
  })
  .map(({ cut, shares, rank, weights: [one, other], ...policy }) => ({
    ...DEFAULT_TIER_POLICY,
    ...policy,
    shares: { a: Math.min(...shares), b: Math.max(...shares) },
    rank: { a: Math.min(...rank), b: Math.max(...rank) - Math.min(...rank) },
    score: {
      cut,
      weights: {
        profit: Math.min(one, other),
        receivables: Math.max(one, other) - Math.min(one, other),
        cooperation: 100 - Math.max(one, other),
      },
    },
  }));

/** Adds to customers what is read beside their figures. */
export const withPasts = (customers: fc.Arbitrary<TierInput[]>): fc.Arbitrary<TierInput[]> =>
  customers.chain((some) =>
    fc
      .array(anyPast, { minLength: some.length, maxLength: some.length })
      .map((pasts) => some.map((customer, index) => ({ ...customer, ...pasts[index] }))),
  );

/** Customers with keys of their own; values from a small range, so that ties and borders are frequent, or from a wide one. */
export const anyCustomers: fc.Arbitrary<TierInput[]> = fc
  .oneof(fc.constant(fc.bigInt({ min: -4n, max: 9n })), fc.constant(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 12n })))
  .chain((value) =>
    fc.uniqueArray(anyCustomer(value), {
      maxLength: 60,
      selector: ({ kind, shopifyId, email }) => `${kind}:${shopifyId ?? email}`,
    }),
  );
