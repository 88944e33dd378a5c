import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CUSTOMER_SORTS,
  filterFromQuery,
  queryOfFilter,
  type CustomerFilter,
} from "#app/core/customers/customer-filter.ts";
import { FLAGS } from "#app/core/tiers/tier.ts";

const EVERYBODY: CustomerFilter = { search: "", tiers: [], flags: [], sort: "rank", descending: false };

const filterOf = (query: string): CustomerFilter => filterFromQuery(new URLSearchParams(query));

test("an address without a query shows everybody by rank", () => {
  expect(filterOf("")).toEqual(EVERYBODY);
});

test("tiers, flags, search and order are read from the query", () => {
  expect(filterOf("q=+ann%40example.com+&tier=C&tier=A&flag=loss&sort=profit&direction=descending")).toEqual({
    search: "ann@example.com",
    tiers: ["A", "C"],
    flags: ["loss"],
    sort: "profit",
    descending: true,
  });
});

test.each(["tier=D", "tier=a", "flag=nice", "sort=email", "direction=down", "page=2", "tier=A%27--"])(
  "what it does not know (%s) is left out",
  (query) => {
    expect(filterOf(query)).toEqual(EVERYBODY);
  },
);

test("a search is cut at a hundred characters", () => {
  expect(filterOf(`q=${"x".repeat(500)}`).search).toHaveLength(100);
});

test("a filter survives being written into an address and read again", () => {
  const subset = <T>(all: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...all]);
  const filter = fc.record({
    search: fc.string({ maxLength: 5, unit: "grapheme" }).map((text) => text.trim()),
    tiers: subset(["A", "B", "C"] as const),
    flags: subset(FLAGS),
    sort: fc.constantFrom(...CUSTOMER_SORTS),
    descending: fc.boolean(),
  });
  fc.assert(
    fc.property(filter, (one) => {
      expect(filterOf(queryOfFilter(one).toString())).toEqual(one);
    }),
  );
});

test("whatever the query says, reading it gives a filter", () => {
  fc.assert(
    fc.property(fc.string(), (query) => {
      const { tiers, flags, sort } = filterOf(query);
      expect(tiers.every((tier) => "ABC".includes(tier)) && flags.every((flag) => FLAGS.includes(flag))).toBe(true);
      expect(CUSTOMER_SORTS).toContain(sort);
    }),
  );
});
