import fc from "fast-check";
import type { TierInput } from "#app/core/tiers/assign-tiers.ts";
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

/** Customers with keys of their own; values from a small range, so that ties and borders are frequent, or from a wide one. */
export const anyCustomers: fc.Arbitrary<TierInput[]> = fc
  .oneof(fc.constant(fc.bigInt({ min: -4n, max: 9n })), fc.constant(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 12n })))
  .chain((value) =>
    fc.uniqueArray(anyCustomer(value), {
      maxLength: 60,
      selector: ({ kind, shopifyId, email }) => `${kind}:${shopifyId ?? email}`,
    }),
  );
