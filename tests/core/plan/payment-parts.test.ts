import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDraft } from "#app/core/plan/check-draft.ts";
import { compilePlan } from "#app/core/plan/compile-plan.ts";
import { blankPart, draftOfPlan, planOfDraft } from "#app/core/plan/plan-draft.ts";
import { EMPTY_PLAN, earlyPaymentOf, PAY_NOW_METHODS, payNowOf } from "#app/core/plan/plan.ts";
import { planToJson } from "#app/core/plan/print-plan.ts";
import { planWarnings } from "#app/core/plan/warnings.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";

const planOf = (...parts: readonly unknown[]) => {
  const read = parsePlan({ parts }, "USD");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.plan;
};
const faultsOf = (...parts: readonly unknown[]): string[] => {
  const read = parsePlan({ parts }, "USD");
  return read.ok ? [] : read.faults.map(({ at, reason }) => `${at} ${reason}`);
};

const PAY_NOW = { kind: "pay-now", percent: "2.5" };
const EARLY = { kind: "early-payment-after", percent: "2", discountDays: 10, netDays: 30 };
const NUMBERS = { groups: new Map<string, number>(), counted: new Map<string, number>(), companies: new Map() };

const percent = fc.integer({ min: 0, max: 9999 }).map((basisPoints) => (basisPoints / 100).toFixed(2));
const anyPayNow = fc.record({
  kind: fc.constant("pay-now"),
  percent,
  methods: fc.option(fc.array(fc.stringMatching(/^[A-Za-z][A-Za-z ()]{0,20}$/), { minLength: 1, maxLength: 5 }), {
    nil: undefined,
  }),
});
const anyEarly = fc
  .record({
    kind: fc.constant("early-payment-after"),
    percent,
    tiers: fc.option(fc.record({ A: percent, key: percent }, { requiredKeys: [] }), { nil: undefined }),
    discountDays: fc.integer({ min: 0, max: 100 }),
    more: fc.integer({ min: 1, max: 200 }),
    paidAs: fc.constantFrom("store-credit", "refund"),
    creditDays: fc.option(fc.integer({ min: 1, max: 3650 })),
  })
  .map(({ more, ...part }) => ({ ...part, netDays: part.discountDays + more }));

describe("parts that reward paying early", () => {
  test("are read back as they were written, from JSON and from a form", () => {
    fc.assert(
      fc.property(anyPayNow, anyEarly, (payNow, early) => {
        const plan = planOf(payNow, early);
        const json = planToJson(plan, "USD");
        expect(parsePlan(json, "USD")).toEqual({ ok: true, plan });
        expect(parsePlan(planOfDraft(draftOfPlan(json)), "USD")).toEqual({ ok: true, plan });
      }),
    );
  });

  test("have what most shops want where nothing is said", () => {
    const plan = planOf(PAY_NOW, EARLY);
    expect(payNowOf(plan)).toEqual({ kind: "pay-now", basisPoints: 250, methods: PAY_NOW_METHODS });
    expect(earlyPaymentOf(plan)).toEqual({
      kind: "early-payment-after",
      percents: { other: 200 },
      discountDays: 10,
      netDays: 30,
      paidAs: "store-credit",
      creditDays: 365,
    });
    expect(payNowOf(EMPTY_PLAN)).toBeNull();
    expect(earlyPaymentOf(EMPTY_PLAN)).toBeNull();
  });

  test("name payment methods in lower case, each once", () => {
    const plan = planOf({ ...PAY_NOW, methods: [" Credit card", "CREDIT CARD", "PayPal "] });
    expect(payNowOf(plan)?.methods).toEqual(["credit card", "paypal"]);
  });

  test.each([
    [[PAY_NOW, PAY_NOW], ["parts.1 is in the plan already: one of its kind is the most"]],
    [[EARLY, PAY_NOW, EARLY], ["parts.2 is in the plan already: one of its kind is the most"]],
    [[{ ...PAY_NOW, percent: "101" }], ['parts.0.percent is not a percentage from 0 to 100 such as "2.5"']],
    [[{ ...PAY_NOW, methods: [" "] }], ["parts.0.methods has a payment method without a name"]],
    [[{ ...PAY_NOW, methods: ["付".repeat(86)] }], ["parts.0.methods has a name of more than 255 bytes"]],
    [[{ ...EARLY, percent: undefined }], ["parts.0.percent needs a percentage, here or by tier"]],
    [[{ ...EARLY, netDays: 10 }], ["parts.0.netDays is not later than the last day of the discount"]],
    [[{ ...EARLY, creditDays: 0 }], ["parts.0.creditDays is not a number of days from 1 to 3650"]],
    // The whole invoice as a discount would have no yearly cost.
    [[{ ...EARLY, percent: "100" }], ['parts.0.percent is not a percentage from 0 to 99.99 such as "2.5"']],
  ])("are refused with the place and the reason: %j", (parts, faults) => {
    expect(faultsOf(...parts)).toEqual(faults);
  });

  test("say in the form what is missing", () => {
    const draft = draftOfPlan({ parts: [] });
    const parts = [blankPart("pay-now", []), { ...blankPart("early-payment-after", []), discountDays: "" }];
    const read = checkDraft({ ...draft, parts }, "USD");
    expect(read.ok ? [] : read.faults.map(({ at, reason }) => `${at} ${reason}`)).toEqual([
      "parts.0.percent is missing",
      "parts.1.percent needs a percentage, here or by tier",
      "parts.1.discountDays is missing",
    ]);
  });

  test("go to the checkout as far as they are a matter of it", () => {
    const compiled = compilePlan(planOf(PAY_NOW, EARLY), NUMBERS, "USD");
    expect(compiled).toMatchObject({ ok: true, plan: { parts: [{ kind: "payNow", percent: 250 }] } });
  });

  test("are warned of where they give nothing", () => {
    const plan = planOf({ ...PAY_NOW, percent: "0" }, { ...EARLY, percent: "0" });
    const codes = planWarnings(plan, { today: 0, taxesIncluded: false }).map(({ at, code }) => `${at} ${code}`);
    expect(codes).toEqual(["parts.0 gives-nothing", "parts.1 gives-nothing", "limits no-floor"]);
  });
});
