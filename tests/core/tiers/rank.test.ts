import fc from "fast-check";
import { expect, test } from "vitest";
import type { TierInput } from "#app/core/tiers/assign-tiers.ts";
import * as rank from "#app/core/tiers/rank.ts";
import { aCustomer, anyCustomers, DAY, NOW } from "#tests/factories/customer.ts";

const byRank = (a: TierInput, b: TierInput): number =>
  rank.byRank({ customer: a, measure: a.value }, { customer: b, measure: b.value });

/** Whether one customer stands before another, as the rule is told: one question after the other. */
const standsBefore = (a: TierInput, b: TierInput): boolean => {
  if (a.value !== b.value) return a.value > b.value;
  if (a.netSales !== b.netSales) return a.netSales > b.netSales;
  if (a.firstOrderAt !== b.firstOrderAt) return a.firstOrderAt < b.firstOrderAt;
  if (a.kind !== b.kind) return a.kind === "company" || (a.kind === "customer" && b.kind === "guest");
  if (a.kind === "guest") return (a.email ?? "") < (b.email ?? "");
  return (a.shopifyId ?? 0n) < (b.shopifyId ?? 0n);
};

test.each<[string, Partial<TierInput>, Partial<TierInput>]>([
  ["the more valuable customer", { value: 2n, netSales: 0n }, { value: 1n, netSales: 9n }],
  ["a loss the smaller it is", { value: -1n }, { value: -2n }],
  ["at equal value who bought more", { netSales: 9n, firstOrderAt: NOW }, { netSales: 8n, firstOrderAt: NOW - DAY }],
  ["then who came first", { firstOrderAt: NOW - DAY, shopifyId: 9n }, { firstOrderAt: NOW, shopifyId: 1n }],
  ["then a company before a customer", { kind: "company", shopifyId: 9n }, { kind: "customer", shopifyId: 1n }],
  ["then a customer before a guest", { shopifyId: 9n }, { kind: "guest", shopifyId: null, email: "a@example.com" }],
  ["then the lower id, as a number", { shopifyId: 9n }, { shopifyId: 10n }],
  ["ids that a double cannot tell apart", { shopifyId: 2n ** 53n }, { shopifyId: 2n ** 53n + 1n }],
  [
    "guests by e-mail address",
    { kind: "guest", shopifyId: null, email: "a10@example.com" },
    { kind: "guest", shopifyId: null, email: "a9@example.com" },
  ],
])("first comes %s", (_, first, second) => {
  const [a, b] = [aCustomer(first), aCustomer(second)];
  expect([b, a].sort(byRank)).toEqual([a, b]);
  expect([a, b].sort(byRank)).toEqual([a, b]);
});

test("sorted, every customer stands before the next one by the rule as it is told", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      const sorted = [...customers].sort(byRank);
      for (const [index, customer] of sorted.slice(1).entries()) {
        const before = sorted[index];
        expect(before && standsBefore(before, customer)).toBe(true);
      }
    }),
  );
});

test("no two different customers stand at the same place", () => {
  fc.assert(
    fc.property(anyCustomers, (customers) => {
      for (const [i, a] of customers.entries()) {
        for (const [j, b] of customers.entries()) expect(byRank(a, b) === 0).toBe(i === j);
      }
    }),
    { numRuns: 30 },
  );
});

test("what is measured goes before the value: by score, a richer customer may come later", () => {
  const [rich, nice] = [aCustomer({ value: 9n, shopifyId: 1n }), aCustomer({ value: 1n, shopifyId: 2n })];
  expect(rank.byRank({ customer: nice, measure: 70n }, { customer: rich, measure: 60n })).toBeLessThan(0);
  expect(rank.byRank({ customer: nice, measure: 60n }, { customer: rich, measure: 60n })).toBeGreaterThan(0);
});
