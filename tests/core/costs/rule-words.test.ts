import { describe, expect, test } from "vitest";
import { parseDay } from "#app/core/time/shop-day.ts";
import { exampleText, presentRules, ruleText } from "#app/presenters/cost-rules.ts";
import { aCharge } from "#tests/factories/cost-rules.ts";

const anywhere = { gateway: null, countries: [], tiers: [] };

describe("a cost rule in words", () => {
  test("says amounts, conditions and the day", () => {
    const rule = aCharge({
      perOrder: 250n,
      perKg: 40n,
      percent: 150,
      when: { gateway: "manual", countries: ["GB", "DE"], tiers: ["C"] },
      from: parseDay("2025-01-01"),
    });
    expect(ruleText(rule, "USD")).toBe(
      "$2.50 per order + $0.40 per kg + 1.5 % of net sales, for orders paid by manual, sent to GB or DE " +
        "and of customers in tier C, from Jan 1, 2025 on",
    );
  });

  test("says what a return and a payment are charged by", () => {
    expect(ruleText(aCharge({ kind: "return_handling", perUnit: 100n }), "USD")).toBe("$1.00 per returned unit");
    const fee = aCharge({ kind: "payment_fee", perOrder: 30n, percent: 290, when: { ...anywhere, gateway: "paypal" } });
    expect(ruleText(fee, "USD")).toBe("$0.30 per payment + 2.9 % of the payment, for payments by paypal");
  });

  test("that charges nothing says so", () => {
    expect(ruleText(aCharge({ from: parseDay("2025-01-01") }), "USD")).toBe("Nothing, from Jan 1, 2025 on");
  });
});

describe("the example of a cost rule", () => {
  // 3 units in 2 lines at 60.00, 1.5 kg: 2.50 + 2 x 0.10 + 3 x 0.20 + 1.5 x 0.40 + 2 % of 60.00 = 5.10
  test("is the sum for an order that one can check in the head", () => {
    const rule = aCharge({
      perOrder: 250n,
      perLine: 10n,
      perUnit: 20n,
      perKg: 40n,
      percent: 200,
      when: { ...anywhere, countries: ["GB"] },
    });
    expect(exampleText(rule, "USD")).toBe(
      "For an order of 3 units in 2 lines at $60.00 (1.5 kg) sent to GB this costs $5.10.",
    );
  });

  // A unit of 20.00: 1.00 a return + 5 % of 20.00 = 2.00
  test("of returns is one of the units coming back", () => {
    const rule = aCharge({ kind: "return_handling", perOrder: 100n, percent: 500 });
    expect(exampleText(rule, "USD")).toBe("For 1 returned unit at $20.00 (0.5 kg) this costs $2.00.");
  });

  // 2.9 % of 60.00 + 0.30 = 2.04
  test("of payments is the payment of the whole order", () => {
    const rule = aCharge({
      kind: "payment_fee",
      perOrder: 30n,
      percent: 290,
      when: { ...anywhere, gateway: "paypal" },
    });
    expect(exampleText(rule, "USD")).toBe("For a payment of $60.00 by paypal this costs $2.04.");
  });

  test("is a sum that suits the currency", () => {
    expect(exampleText(aCharge({ percent: 100 }), "JPY")).toContain("at ¥6,000 (1.5 kg) this costs ¥60.");
    expect(exampleText(aCharge({ perOrder: 1500n }), "KWD")).toMatch(/at KWD\s60\.000 .* costs KWD\s1\.500\./);
  });
});

test("the page has charges, margins and rates apart, each with its place in the list of all", () => {
  const rules = [
    { kind: "credit_cost", percent: 900, from: null } as const,
    aCharge({ perOrder: 250n }),
    { kind: "fallback_margin", percent: 3500, from: parseDay("2025-01-01") } as const,
    { kind: "fallback_margin", percent: 4000, from: null } as const,
  ];
  expect(presentRules({ version: 7, rules }, "USD")).toEqual({
    version: 7,
    charges: [{ place: 1, label: "Shipping cost", text: "$2.50 per order" }],
    margins: [
      { place: 2, label: "", text: "35 % of net sales, from Jan 1, 2025 on" },
      { place: 3, label: "", text: "40 % of net sales" },
    ],
    rates: [{ place: 0, label: "", text: "9 % a year of the open amount" }],
    margin: "40",
    rate: "9",
  });
});
