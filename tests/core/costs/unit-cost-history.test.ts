import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unitCostHistory, type UnitCostRow } from "#app/core/costs/unit-cost-history.ts";
import { parseDay } from "#app/core/time/shop-day.ts";

const shopify = (from: string, amount: bigint | null, provenance: "actual" | "rule" = "actual"): UnitCostRow => ({
  from: parseDay(from),
  amount,
  provenance,
  source: "shopify",
});
const imported = (from: string, amount: bigint | null): UnitCostRow => ({
  from: parseDay(from),
  amount,
  provenance: "actual",
  source: "import",
});

/** What Shopify shows at the first sync, on 31 October: 4.20, for all days before it by rule. */
const FIRST_SYNC = [shopify("0001-01-01", 420n, "rule"), shopify("2026-10-31", 420n)];

/** Amounts in force on days, with an `r` where they hold by rule. */
const costs = (rows: readonly UnitCostRow[], ...days: string[]): string[] => {
  const on = unitCostHistory(rows);
  return days.map((day) => {
    const cost = on(parseDay(day));
    return cost === null ? "-" : `${cost.amount}${cost.provenance === "rule" ? "r" : ""}`;
  });
};

describe("the unit cost in force", () => {
  test("is unknown where nobody gave one", () => {
    expect(costs([], "2026-01-01")).toEqual(["-"]);
  });

  test("is Shopify's first one, by rule for the days before it was seen", () => {
    expect(costs(FIRST_SYNC, "1999-01-01", "2026-10-30", "2026-10-31")).toEqual(["420r", "420r", "420"]);
  });

  test("changes on the day on which Shopify shows another one, and is unknown from the day on which it shows none", () => {
    const rows = [...FIRST_SYNC, shopify("2026-11-05", 450n), shopify("2026-12-01", null)];
    expect(costs(rows, "2026-11-04", "2026-11-05", "2026-11-30", "2026-12-01")).toEqual(["420", "450", "450", "-"]);
  });

  test("is the imported one from its day on, across the day of the first sync, until Shopify shows a change", () => {
    const rows = [...FIRST_SYNC, imported("2026-01-01", 380n), shopify("2026-11-05", 450n)];
    const days = ["2025-12-31", "2026-01-01", "2026-10-31", "2026-11-04", "2026-11-05"];
    expect(costs(rows, ...days)).toEqual(["420r", "380", "380", "380", "450"]);
  });

  test("is the imported one for all time where it has no day, until Shopify shows a change", () => {
    const rows = [...FIRST_SYNC, imported("0001-01-01", 380n)];
    expect(costs(rows, "1999-01-01", "2026-10-31", "2030-01-01")).toEqual(["380", "380", "380"]);
    expect(costs([...rows, shopify("2026-11-05", 450n)], "2026-11-04", "2026-11-05")).toEqual(["380", "450"]);
  });

  test("is the imported one where Shopify shows another of the same day", () => {
    expect(costs([...FIRST_SYNC, imported("2026-10-31", 380n)], "2026-10-30", "2026-10-31")).toEqual(["420r", "380"]);
    const changed = [...FIRST_SYNC, shopify("2026-11-05", 450n), imported("2026-11-05", 380n)];
    expect(costs(changed, "2026-11-05", "2026-12-01")).toEqual(["380", "380"]);
  });

  test("that is imported after a change at Shopify holds again", () => {
    const rows = [...FIRST_SYNC, shopify("2026-11-05", 450n), imported("2026-11-20", 460n)];
    expect(costs(rows, "2026-11-19", "2026-11-20")).toEqual(["450", "460"]);
  });

  test("is unknown from the day of an imported blank on", () => {
    expect(costs([...FIRST_SYNC, imported("2026-01-01", null)], "2025-12-31", "2026-10-31")).toEqual(["420r", "-"]);
  });
});

const anyRow = fc.record({
  from: fc.integer({ min: 0, max: 12 }),
  amount: fc.option(fc.bigInt({ min: 0n, max: 3n })),
  provenance: fc.constant("actual" as const),
  source: fc.constantFrom("shopify" as const, "import" as const),
});
const anyRows = fc.uniqueArray(anyRow, { maxLength: 10, selector: ({ from, source }) => `${from} ${source}` });

test("without repeated amounts the latest row holds, and of one day the imported one", () => {
  fc.assert(
    fc.property(anyRows, fc.integer({ min: -1, max: 14 }), (all, day) => {
      const own = all.filter(({ source }) => source === "shopify").toSorted((a, b) => a.from - b.from);
      const repeated = new Set(own.filter((row, index) => own[index - 1]?.amount === row.amount));
      const rows = all.filter((row) => !repeated.has(row));
      const started = rows.filter(({ from }) => from <= day);
      const latest = Math.max(...started.map(({ from }) => from));
      const ofDay = started.filter(({ from }) => from === latest);
      const expected = ofDay.find(({ source }) => source === "import") ?? ofDay[0];
      expect(unitCostHistory(rows)(day)?.amount ?? null).toBe(expected?.amount ?? null);
    }),
  );
});

test("an amount that Shopify shows again never changes what a unit costs", () => {
  fc.assert(
    fc.property(anyRows, fc.integer({ min: 0, max: 12 }), fc.integer({ min: -1, max: 14 }), (rows, again, day) => {
      const shown = rows.filter(({ source, from }) => source === "shopify" && from < again);
      const last = shown.toSorted((a, b) => b.from - a.from)[0];
      fc.pre(last !== undefined && !rows.some(({ source, from }) => source === "shopify" && from === again));
      const more: UnitCostRow[] = last ? [...rows, { ...last, from: again }] : [];
      expect(unitCostHistory(more)(day)?.amount).toBe(unitCostHistory(rows)(day)?.amount);
    }),
  );
});
