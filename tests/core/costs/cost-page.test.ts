import { describe, expect, test } from "vitest";
import { NO_COST_RULES } from "#app/core/costs/cost-rules.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { presentCoverage } from "#app/presenters/cost-coverage.ts";
import { presentCostImport } from "#app/presenters/cost-import.ts";
import { presentCosts } from "#app/presenters/cost-page.ts";

const totals = { orders: 1, netSales: 0n, cm1: 0n, cm2: 0n, cm3: 0n, cm4: 500_00n, goods: 0n, goodsWithKnownCost: 0n };
const days = { from: parseDay("2025-11-01"), to: parseDay("2026-10-31") };

describe("the page of costs", () => {
  test("of a shop that was not read yet has neither coverage nor variants", () => {
    const uncosted = { variants: 0, uncosted: 0, examples: [] };
    expect(presentCosts({ summary: null, rules: NO_COST_RULES, uncosted }, "USD")).toMatchObject({
      coverage: null,
      unitCosts: { summary: "No products have been read yet.", examples: [], more: null, isEmpty: true },
    });
  });

  test("names the first variants without a cost and counts the others", () => {
    const examples = [
      { product: "Mug", title: "Blue", sku: "MUG-1" },
      { product: "Cap", title: "Red", sku: null },
    ];
    const uncosted = { variants: 9000, uncosted: 1234, examples };
    expect(presentCosts({ summary: null, rules: NO_COST_RULES, uncosted }, "USD").unitCosts).toEqual({
      summary: "1,234 of 9,000 variants have no unit cost.",
      examples: ["Mug, Blue (MUG-1)", "Cap, Red"],
      more: "and 1,232 more: the export has all.",
      isEmpty: false,
    });
  });
});

describe("the cost coverage", () => {
  test("of a window without sales is no share", () => {
    expect(presentCoverage({ totals, days }, NO_COST_RULES, "USD")).toEqual({
      share: "–",
      detail: "No goods were sold in this window.",
      range: [],
    });
  });

  test("names the margin that holds at the window's end", () => {
    const rules = [
      { kind: "fallback_margin", percent: 3000, from: null },
      { kind: "fallback_margin", percent: 4000, from: parseDay("2026-01-01") },
      { kind: "fallback_margin", percent: 5000, from: parseDay("2026-12-01") },
    ] as const;
    const view = presentCoverage(
      { totals: { ...totals, goods: 1000_00n, goodsWithKnownCost: 800_00n }, days },
      { version: 2, rules },
      "USD",
    );
    expect(view.share).toBe("80.0 %");
    expect(view.range.map(({ amount }) => amount)).toEqual(["$420.00", "$500.00", "$620.00"]);
    expect(view.range[1]?.label).toContain("40 %");
  });
});

test("of many faults the first hundred are shown, and how many more there are", () => {
  const faults = Array.from({ length: 250 }, (_one, index) => ({
    line: index + 2,
    column: "unit_cost",
    text: "x",
    reason: "No.",
  }));
  const plan = { goodLines: 0, variants: 0, changes: [], overtaken: 0, faults: [] };
  const view = presentCostImport({ digest: "d", count: 250, plan, faults }, "checked");
  if (view.state === "refused") throw new Error("It was read");
  expect(view.faults).toHaveLength(100);
  expect(view.more).toBe("and 150 more faults: the file of all has them.");
  expect(view.bad).toBe("250 lines of 250 cannot be imported");
  expect(view.confirm).toBeNull();
});

test("an import that Shopify has overtaken says so, and how to have it hold", () => {
  const change = { variantId: 11n, from: 0, amount: 1n };
  const plan = { goodLines: 1, variants: 1, changes: [change], overtaken: 1, faults: [] };
  const view = presentCostImport({ digest: "d", count: 1, plan, faults: [] }, "checked");
  expect(view).toMatchObject({ overtaken: expect.stringContaining("1 variant since then"), confirm: "Import 1 line" });
});
