import { describe, expect, test } from "vitest";
import { stepExample, type ExampleProduct } from "#app/core/plan/example.ts";
import type { CumulativeDraft, QuantityDraft, StepDraft } from "#app/core/plan/plan-draft.ts";
import { EMPTY_PLAN, type PlanLimits, type StepValue } from "#app/core/plan/plan.ts";
import { blankEarlyPayment } from "#app/core/plan/payment-drafts.ts";
import { percentInWords, stepInWords, yearlyCostInWords, type ExampleOn } from "#app/presenters/plan-example.ts";

/** A mug at 10.00 that cost 4.20. */
const MUG: ExampleProduct = { price: 1000n, unitCost: 420n, floor: null, tax: 0 };

const example = (value: StepValue, product: Partial<ExampleProduct> = {}): string => {
  const { price, isHeld, margin } = stepExample({ ...MUG, ...product }, { from: 12n, value });
  return `${price}${isHeld ? " held" : ""} ${margin}`;
};

const percent = (basisPoints: number): StepValue => ({ kind: "percent", basisPoints });

describe("a step on a product", () => {
  test("takes a percentage, an amount or a price, and leaves what is over the cost", () => {
    // 9.00 - 4.20 = 4.80, which is 53.33 % of 9.00.
    expect(example(percent(1000))).toBe("900 5333");
    // 8.50 - 4.20 = 4.30: 50.58 %.
    expect(example({ kind: "amount-off", amount: 150n })).toBe("850 5058");
    // 7.00 - 4.20 = 2.80: 40 %.
    expect(example({ kind: "fixed-price", price: 700n })).toBe("700 4000");
  });

  test("rounds the discount, halves up", () => {
    // 2.5 % of 10.02 is 0.2505, and of 10.20 it is 0.255.
    expect(example(percent(250), { price: 1002n, unitCost: null })).toBe("977 null");
    expect(example(percent(250), { price: 1020n, unitCost: null })).toBe("994 null");
  });

  test("gives nothing by a fixed price above the price, and no less than nothing by a large amount", () => {
    expect(example({ kind: "fixed-price", price: 1200n })).toBe("1000 5800");
    expect(example({ kind: "amount-off", amount: 1200n })).toBe("0 null");
  });

  test("is held by the floor, and gives nothing where the price is not above it", () => {
    expect(example(percent(5000), { floor: 600n })).toBe("600 held 3000");
    expect(example(percent(4000), { floor: 600n })).toBe("600 3000");
    expect(example(percent(1000), { floor: 1000n })).toBe("1000 held 5800");
    expect(example(percent(1000), { floor: 1200n })).toBe("1000 held 5800");
  });

  test("is sold at a loss where there is no floor", () => {
    // 4.00 - 4.20 = -0.20: 5 % of 4.00.
    expect(example(percent(6000))).toBe("400 -500");
  });

  test("leaves of the price net of tax, where prices include it", () => {
    // 9.00 with 20 % inside is 7.50 net; 7.50 - 4.20 = 3.30: 44 %.
    expect(example(percent(1000), { tax: 2000 })).toBe("900 4400");
  });
});

const { limits: NO_LIMITS } = EMPTY_PLAN;

const on = (limits: Partial<PlanLimits> = {}, changes: Partial<ExampleOn> = {}): ExampleOn => ({
  product: { title: "Blue Mug", price: 1000n, unitCost: 420n },
  limits: { ...NO_LIMITS, ...limits },
  taxesIncluded: false,
  currency: "USD",
  ...changes,
});

const step = (from: string, value: string, kind: StepDraft["kind"] = "percent"): StepDraft => ({
  key: 1,
  from,
  kind,
  value,
});

const BREAK: QuantityDraft = {
  kind: "quantity-break",
  key: 1,
  collections: null,
  scope: "variant",
  measure: "units",
  steps: [],
};
const OVER_TIME: CumulativeDraft = {
  kind: "cumulative",
  key: 1,
  collections: null,
  window: "days",
  days: "365",
  measure: "net-sales",
  steps: [],
};

const words = (
  draft: StepDraft,
  where: ExampleOn = on(),
  part: QuantityDraft | CumulativeDraft = BREAK,
): string | undefined => stepInWords(part, draft, where)?.text;

describe("in words", () => {
  test("a step says from how many on, the price and what is kept", () => {
    expect(words(step("12", "10"))).toBe("12 x Blue Mug: $9.00 each, you keep 53 %");
    expect(words(step("12", "60"))).toBe("12 x Blue Mug: $4.00 each, you lose 5 %");
    expect(words(step("500", "10"), on(), { ...BREAK, measure: "amount" })).toBe(
      "$500.00 of Blue Mug: $9.00 each, you keep 53 %",
    );
  });

  test("a step says when the margin holds it, and when the cost is unknown", () => {
    // 4.20 with 30 % left over it is 6.00.
    const held = on({ minMargin: 3000 });
    expect(stepInWords(BREAK, step("24", "50"), held)).toEqual({
      text: "24 x Blue Mug: held by the margin at $6.00 each, you keep 30 %",
      isHeld: true,
    });
    expect(words(step("12", "10"), on({ minMargin: 6000 }))).toBe(
      "12 x Blue Mug: $10.00 each, no discount: its margin allows none",
    );
    const unknown = { product: { title: "Cap", price: 2000n, unitCost: null } };
    expect(words(step("12", "10"), on({ minOverCost: 0n }, unknown))).toBe(
      "12 x Cap: cost unknown: no discount while a margin is set",
    );
    expect(words(step("12", "10"), on({}, unknown))).toBe("12 x Cap: $18.00 each");
  });

  test("a step says when the highest percentage cuts it", () => {
    expect(words(step("12", "10"), on({ maxPercent: 500 }))).toBe(
      "12 x Blue Mug: $9.50 each, you keep 55 %, cut to the highest percentage",
    );
    expect(words(step("12", "4"), on({ maxPercent: 500 }))).toBe("12 x Blue Mug: $9.60 each, you keep 56 %");
  });

  test("a step counted over a time says its threshold", () => {
    expect(words(step("1000", "2"), on(), OVER_TIME)).toBe(
      "From $1,000.00 bought in the last 365 days on. Blue Mug: $9.80 each, you keep 57 %",
    );
    expect(words(step("1", "2"), on(), { ...OVER_TIME, measure: "orders", window: "quarter" })).toBe(
      "From 1 order placed this quarter on. Blue Mug: $9.80 each, you keep 57 %",
    );
    expect(words(step("50", "2"), on(), { ...OVER_TIME, measure: "units", window: "lifetime" })).toBe(
      "From 50 units bought so far on. Blue Mug: $9.80 each, you keep 57 %",
    );
  });

  test("a percentage of a tier says the price", () => {
    expect(percentInWords("10", on())?.text).toBe("Blue Mug: $9.00 each, you keep 53 %");
  });

  test("nothing is said of what is not right yet", () => {
    for (const [from, value] of [
      ["", "10"],
      ["12", ""],
      ["1.5", "10"],
      ["12", "101"],
    ] as const) {
      expect(words(step(from, value))).toBeUndefined();
    }
    expect(words(step("12", "10"), on({}, { limits: null }))).toBeUndefined();
    expect(words(step("12", "10"), on({}, { product: null }))).toBeUndefined();
    expect(percentInWords("", on())).toBeNull();
  });
});

test("early payment is shown as what it costs a year, once it is typed in full", () => {
  const draft = blankEarlyPayment(1);
  // 2/98 x 365/20 = 0.3724.
  expect(yearlyCostInWords({ ...draft, percent: "2" })).toBe(
    "Of the goods, without tax. For money 20 days sooner that is 37.2 % a year.",
  );
  expect(yearlyCostInWords(draft)).toBeNull();
  expect(yearlyCostInWords({ ...draft, percent: "2", netDays: "10" })).toBeNull();
  expect(yearlyCostInWords({ ...draft, percent: "", tiers: { ...draft.tiers, A: "3" } })).toBeNull();
});
