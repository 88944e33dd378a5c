import { describe, expect, test } from "vitest";
import { LARGEST_PLAN_BYTES, MOST_PARTS, MOST_STEPS } from "#app/core/plan/compiled-plan.ts";
import { builtModule } from "./built-function.ts";
import { compiledPlan, inputOf } from "./carts/input.ts";
import type { Part, Step } from "./carts/model.ts";
import { plan } from "./carts/plain.ts";
import { PLAN_NAMES, PLANS, sizedCart } from "./carts/sized.ts";
import { measuring } from "./metering/measure.ts";

/** Limits of our own, well below Shopify's: a Function over Shopify's limit loses every discount of the cart. */
const module = builtModule();
const measure = measuring(module);

test("the module has at most 40 kB", () => {
  expect(module.byteLength).toBeLessThanOrEqual(40_000);
});

test("quantity breaks on 200 lines take at most 3,000,000 instructions", () => {
  expect(measure(inputOf(sizedCart(200, "quantity breaks")), 200).estimate).toBeLessThanOrEqual(3_000_000);
});

test.each(["every part", "every part, summed"] as const)(
  "%s on 200 lines takes at most 5,500,000 instructions",
  (name) => {
    expect(measure(inputOf(sizedCart(200, name)), 200).estimate).toBeLessThanOrEqual(5_500_000);
  },
);

test.each(PLAN_NAMES)("%s on 500 lines takes at most half of what Shopify allows", (name) => {
  const { estimate, limit } = measure(inputOf(sizedCart(500, name)), 500);
  expect(limit).toBe(27_500_000);
  expect(estimate).toBeLessThanOrEqual(limit / 2);
});

test.each(PLAN_NAMES)("the input of %s stays below Shopify's 128,000 bytes at 200 lines", (name) => {
  expect(measure(inputOf(sizedCart(200, name)), 200).input).toBeLessThan(128_000);
});

test("with ids of three digits 200 lines of one discount give an output of at most 10,000 bytes", () => {
  const one = sizedCart(200, "quantity breaks");
  const lines = one.lines.map((line, index) => ({
    ...line,
    id: `gid://shopify/CartLine/${index}`,
    floor: 1n,
    quantity: 12,
  }));
  expect(measure(inputOf({ ...one, lines }), 200).output).toBeLessThanOrEqual(10_000);
});

describe("the largest plan that the compiler may write", () => {
  const steps = (count: number, kind: Step["kind"]): Step[] =>
    Array.from({ length: count }, (_one, index) => ({ from: BigInt(index * 3), kind, value: BigInt(index * 7 + 1) }));
  const parts = (count: number, each: number, kind: Step["kind"]): Part[] =>
    Array.from({ length: count }, (_one, index) => ({
      kind: "quantity",
      by: index % 2 === 0 ? "variant" : "product",
      of: "units",
      groups: [3],
      steps: steps(each, kind),
    }));
  const PLANS_OF_MOST = [
    ["many parts", parts(MOST_PARTS, MOST_STEPS / MOST_PARTS, "percent")],
    ["many steps in money", parts(1, MOST_STEPS, "off")],
    ["many parts with steps in money", parts(MOST_PARTS, MOST_STEPS / MOST_PARTS, "off")],
  ] as const;

  test.each(PLANS_OF_MOST)("with %s runs within Shopify's limit on 200 lines and on 500", (_name, most) => {
    for (const lines of [200, 500]) {
      for (const meet of ["best", "add"] as const) {
        const one = { ...sizedCart(lines, "every part"), plan: plan(most, { meet, needsFloor: true }) };
        expect(Buffer.byteLength(JSON.stringify(compiledPlan(one.plan, "USD")))).toBeLessThan(LARGEST_PLAN_BYTES);
        const { estimate, limit, output } = measure(inputOf(one), lines);
        expect(output).toBeGreaterThan(1000);
        expect(estimate).toBeLessThan(limit);
      }
    }
  });
});

test("the plans that are measured fit a metafield", () => {
  for (const name of PLAN_NAMES) {
    expect(Buffer.byteLength(JSON.stringify(compiledPlan(PLANS[name], "USD")))).toBeLessThan(LARGEST_PLAN_BYTES);
  }
});
