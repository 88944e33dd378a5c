import { describe, expect, test } from "vitest";
import { checkDraft, readLimits } from "#app/core/plan/check-draft.ts";
import { blankPart, blankStep, draftOfPlan, planOfDraft, type PlanDraft } from "#app/core/plan/plan-draft.ts";
import type { PlanJson } from "#app/core/plan/plan-json.ts";
import { planToJson } from "#app/core/plan/print-plan.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { faultAtField, faultInWords } from "#app/presenters/plan-faults.ts";
import { planStarts } from "#app/presenters/plan-starts.ts";

const EVERYTHING: PlanJson = {
  title: "All",
  parts: [
    {
      kind: "quantity-break",
      per: "order",
      scope: "collection",
      measure: "amount",
      collections: ["mugs", "caps"],
      steps: [
        { from: "100.00", percent: "2.5" },
        { from: "500.00", amountOff: "1.50" },
        { from: "900.00", fixedPrice: "7.99" },
      ],
    },
    { kind: "cumulative", window: { calendar: "quarter" }, measure: "units", steps: [{ from: 100, percent: "3" }] },
    { kind: "cumulative", window: { days: 30 }, measure: "orders", steps: [{ from: 5, percent: "3" }] },
    { kind: "cumulative", window: "lifetime", measure: "net-sales", steps: [{ from: "9.00", percent: "3" }] },
    { kind: "tier-price", tiers: { A: "5", key: "8" }, companies: { "5": "12" } },
  ],
  meet: "add",
  limits: { minMarginPercent: "10", minOverCost: "0.50", maxPercent: "40", highestTaxPercent: "19" },
  schedule: { from: "2026-11-01", to: "2026-12-31" },
  exclude: { collections: ["caps"] },
  include: { giftCards: false, subscriptions: true, pointOfSale: false, salePriced: false, catalogBreaks: false },
  combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
};

/** As it goes to the server. */
const sent = (draft: PlanDraft): unknown => JSON.parse(JSON.stringify(planOfDraft(draft)));

const FORM = draftOfPlan({ title: "Plan", parts: [] });

const faults = (draft: PlanDraft): string[] => {
  const read = checkDraft(draft, "USD");
  return read.ok ? [] : read.faults.map(({ at }) => at);
};

describe("the form of a plan", () => {
  test("that is sent as it was shown says the same plan", () => {
    expect(sent(draftOfPlan(EVERYTHING))).toEqual(EVERYTHING);
    const read = checkDraft(draftOfPlan(EVERYTHING), "USD");
    expect(read.ok && planToJson(read.plan, "USD")).toEqual(EVERYTHING);
  });

  test("leaves out what is left blank, and blanks around what is typed", () => {
    const draft = { ...FORM, title: " Plan ", limits: { ...FORM.limits, minMarginPercent: " 30 " } };
    expect(sent(draft)).toMatchObject({ title: "Plan", limits: { minMarginPercent: "30" }, schedule: {} });
    expect(sent(draft)).not.toHaveProperty("exclude");
  });

  test("says what is wrong by the places of the plan, without the server", () => {
    const parts = (["quantity-break", "cumulative", "tier-price"] as const).map((kind, key) => ({
      ...blankPart(kind, []),
      key,
    }));
    expect(faults({ ...FORM, title: " ", parts })).toEqual([
      "title",
      "parts.0.steps.0.from",
      "parts.0.steps.0.percent",
      "parts.1.steps.0.from",
      "parts.1.steps.0.percent",
      "parts.2",
    ]);
    const blank = checkDraft({ ...FORM, parts }, "USD");
    expect(blank.ok || blank.faults.map(({ reason }) => reason)).toEqual([
      ...Array.from({ length: 4 }, () => "is missing"),
      "gives no tier and no company anything",
    ]);
    expect(faults({ ...FORM, to: "2026-11-31", limits: { ...FORM.limits, minOverCost: "1,50" } })).toEqual([
      "limits.minOverCost",
      "schedule.to",
    ]);
  });

  test("asks for a collection where some are to be chosen, for days, and for each company once", () => {
    const steps = [{ key: 1, from: "5", kind: "percent", value: "2" }] as const;
    const cumulative = {
      kind: "cumulative",
      key: 1,
      collections: [],
      window: "days",
      measure: "units",
      steps,
    } as const;
    const company = { key: 1, id: "5", percent: "10" };
    const tier = { kind: "tier-price", key: 2, collections: null, tiers: { A: "", B: "", C: "", key: "" } } as const;
    const companies = [company, { ...company, key: 2 }];
    for (const days of ["", "0", "3651", "1.5"]) {
      expect(faults({ ...FORM, parts: [{ ...cumulative, days }] })).toEqual([
        "parts.0.collections",
        "parts.0.window.days",
      ]);
    }
    expect(faults({ ...FORM, parts: [{ ...tier, companies }] })).toEqual(["parts.0.companies.5"]);
    const incomplete = [
      { ...company, id: "" },
      { key: 2, id: " 6 ", percent: "" },
      { key: 3, id: "Co", percent: "" },
    ];
    const read = checkDraft({ ...FORM, parts: [{ ...tier, companies: incomplete }] }, "USD");
    expect(read.ok || read.faults.toSorted((a, b) => (a.at < b.at ? -1 : 1))).toEqual([
      { at: "parts.0.companies.", reason: "the company's number is missing" },
      { at: "parts.0.companies.6", reason: "the percentage is missing" },
      { at: "parts.0.companies.Co", reason: "is not the number of a company" },
    ]);
  });

  test("goes on with rows of their own keys, and steps of the kind of the last one", () => {
    const steps = [{ key: 3, from: "5", kind: "fixedPrice", value: "2" }] as const;
    expect(blankStep(steps)).toEqual({ key: 4, from: "", kind: "fixedPrice", value: "" });
    expect(blankPart("tier-price", [{ ...blankPart("cumulative", []), key: 7 }]).key).toBe(8);
  });

  test("has limits that can be read by themselves", () => {
    expect(readLimits({ ...FORM.limits, minMarginPercent: "30" }, "USD")).toMatchObject({ minMargin: 3000 });
    expect(readLimits({ ...FORM.limits, minMarginPercent: "100" }, "USD")).toBeNull();
  });
});

test.each(["USD", "JPY", "KWD"])("every plan to start from is one in %s", (currency) => {
  for (const { plan } of planStarts(currency)) expect(parsePlan(plan, currency)).toMatchObject({ ok: true });
});

const said = (raw: unknown): string[] => {
  const read = parsePlan(raw, "USD");
  return read.ok ? [] : read.faults.map(faultInWords);
};

test("what is wrong with the shape of a file is said in words, without those of the library that reads it", () => {
  const kinds = "quantity-break, cumulative, tier-price, pay-now, early-payment-after";
  expect(said({ parts: [{ kind: "gift" }, {}, 5] })).toEqual([
    `Part 1, kind: this is none of the kinds that there are: ${kinds}.`,
    `Part 2, kind: this is none of the kinds that there are: ${kinds}.`,
    "Part 3: this is not an object.",
  ]);
  expect(said({})).toEqual(["The plan has no parts."]);
  expect(said({ parts: Array.from({ length: 41 }, () => ({ kind: "tier-price", tiers: {} })) })).toEqual([
    "The plan has more than 40 parts.",
  ]);
  expect(said("5")).toEqual(["This is not an object."]);
  expect(said({ parts: [], budget: "5" })).toEqual(['This has what a plan does not know: "budget".']);
  expect(said({ title: "", parts: "x", meet: "worst" })).toEqual([
    "Title: this is empty.",
    "The plan's parts are not a list.",
    "Meet: this is none of: best, add.",
  ]);
  const steps = [{ from: true, percent: 5 }];
  const cumulative = { kind: "cumulative", window: { days: 5000 }, measure: "units", steps };
  expect(said({ title: "x".repeat(256), parts: [cumulative], schedule: { from: "May" } })).toEqual([
    "Title: this has more than 255 characters.",
    "Part 1, days: this is above 3650.",
    "Part 1, step 1, from: this is not written in a way that is known.",
    'Part 1, step 1, percentage: this is not a text such as "2.5".',
    "Schedule, from: this is not a day such as 2026-11-30.",
  ]);
  const early = { kind: "early-payment-after", percent: "2", discountDays: -1, netDays: 1.5 };
  expect(said({ parts: [early, { kind: "pay-now", percent: "2", methods: Array(31).fill("Card") }] })).toEqual([
    "Part 1, paid within: this is below 0.",
    "Part 1, due anyway after: this is not a whole number.",
    "Part 2, payment methods: this has more than 30 entries.",
  ]);
});

test("what is wrong is said at its field, and with its place in a list of all", () => {
  const words = (at: string, reason: string): string[] => [faultAtField({ at, reason }), faultInWords({ at, reason })];
  expect(words("parts.0.steps.1.percent", "is not a percentage")).toEqual([
    "This is not a percentage.",
    "Part 1, step 2, percentage: this is not a percentage.",
  ]);
  expect(words("parts.2.companies.7", "is there twice")[1]).toBe("Part 3, company 7: this is there twice.");
  expect(words("parts.3.companies.", "the company's number is missing")).toEqual([
    "The company's number is missing.",
    "Part 4: the company's number is missing.",
  ]);
  expect(words("exclude.collections", 'the shop has no collection "x"')).toEqual([
    'The shop has no collection "x".',
    'Left out, collections: the shop has no collection "x".',
  ]);
  expect(words("version", "somebody else has saved the plan meanwhile")[1]).toBe(
    "Somebody else has saved the plan meanwhile.",
  );
});
