import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPercent, parsePercent, rulesFromJson, rulesToJson } from "#app/core/costs/rule-json.ts";
import { parseCostRules } from "#app/db/costs/cost-rules-schema.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { aCharge, anyCostRules } from "#tests/factories/cost-rules.ts";

/** Everything that is wrong with a list of rules, one line a fault. */
const faultsOf = (json: unknown, currency = "USD"): string[] => {
  const read = parseCostRules(json, currency);
  return read.ok ? [] : read.faults.map(({ rule, field, reason }) => [rule ?? "-", field, reason].join(" "));
};

describe("rules as JSON", () => {
  test("are read with every amount in minor units and every percentage in hundredths", () => {
    const read = parseCostRules(
      [
        {
          kind: "shipping_cost",
          perOrder: "2.50",
          perLine: "0",
          perUnit: "0.1",
          perKg: "1",
          percent: "1.5",
          when: { gateway: "manual", country: ["GB"], tier: ["C"] },
          from: "2025-01-01",
        },
        { kind: "credit_cost", annualPercent: "9" },
        { kind: "fallback_margin", percent: "40" },
      ],
      "USD",
    );
    expect(read).toEqual({
      ok: true,
      value: [
        aCharge({
          perOrder: 250n,
          perUnit: 10n,
          perKg: 100n,
          percent: 150,
          when: { gateway: "manual", countries: ["GB"], tiers: ["C"] },
          from: parseDay("2025-01-01"),
        }),
        { kind: "credit_cost", percent: 900, from: null },
        { kind: "fallback_margin", percent: 4000, from: null },
      ],
    });
  });

  test("are the same after they were written and read again, in every currency", () => {
    fc.assert(
      fc.property(anyCostRules, fc.constantFrom("USD", "JPY", "KWD"), (rules, currency) => {
        const written: unknown = JSON.parse(JSON.stringify(rulesToJson(rules, currency)));
        expect(parseCostRules(written, currency)).toEqual({ ok: true, value: rules });
      }),
    );
  });

  test("leave out what is zero and what every order meets", () => {
    expect(rulesToJson([aCharge({ perOrder: 250n })], "USD")).toEqual([{ kind: "shipping_cost", perOrder: "2.50" }]);
    expect(rulesToJson([aCharge({ kind: "payment_fee" })], "USD")).toEqual([{ kind: "payment_fee" }]);
  });

  test("that are none are no rules", () => {
    expect(parseCostRules([], "USD")).toEqual({ ok: true, value: [] });
  });

  test("name a country and a tier once, however often they are written", () => {
    const read = rulesFromJson([{ kind: "shipping_cost", when: { country: ["GB", "GB"], tier: ["A", "A"] } }], "USD");
    expect(read).toMatchObject({ value: [{ when: { countries: ["GB"], tiers: ["A"] } }] });
  });
});

describe("what is wrong with rules is said with its place", () => {
  test.each<[unknown, string]>([
    ["rules", "-  The rules are not a list."],
    [[{ kind: "tax" }], "0 kind is not a kind of rule"],
    [[{}], "0 kind is not a kind of rule"],
    [[{ kind: "shipping_cost", perOrder: 2.5 }], '0 perOrder is not a text such as "2.50"'],
    [[{ kind: "shipping_cost", perOrder: "1,000" }], '0 perOrder is not a text such as "2.50"'],
    [[{ kind: "shipping_cost", perOrder: "-1" }], '0 perOrder is not a text such as "2.50"'],
    [[{ kind: "shipping_cost", perOrder: "" }], '0 perOrder is not a text such as "2.50"'],
    [[{ kind: "shipping_cost", perOrder: "1.005" }], "0 perOrder is too fine"],
    [[{ kind: "shipping_cost", perorder: "1" }], "0 perorder is not part of this kind of rule"],
    [[{ kind: "handling_cost", percent: "100.01" }], "0 percent is not a percentage from 0 to 100"],
    [[{ kind: "handling_cost", percent: "1.234" }], '0 percent is not a text such as "2.5"'],
    [[{ kind: "credit_cost" }], '0 annualPercent is not a text such as "2.5"'],
    [[{ kind: "credit_cost", annualPercent: "1001" }], "0 annualPercent is not a percentage from 0 to 1000"],
    [[{ kind: "credit_cost", annualPercent: "9", perOrder: "1" }], "0 perOrder is not part of this kind of rule"],
    [[{ kind: "fallback_margin", percent: "101" }], "0 percent is not a percentage from 0 to 100"],
    [[{ kind: "payment_fee", from: "2025-02-29" }], "0 from is not a day"],
    [[{ kind: "payment_fee", from: "0000-01-01" }], "0 from is not a day"],
    [[{ kind: "payment_fee", when: { country: ["gb"] } }], '0 when.country.0 is not a text such as "GB"'],
    [[{ kind: "payment_fee", when: { gateway: " " } }], "0 when.gateway is not a payment gateway"],
    [[{ kind: "payment_fee", when: { tier: ["D"] } }], "0 when.tier.0"],
    [[{ kind: "payment_fee", when: { city: "Rome" } }], "0 when.city is not part of this kind of rule"],
  ])("%j", (json, fault) => {
    expect(faultsOf(json)).toHaveLength(1);
    expect(faultsOf(json)[0]).toContain(fault);
  });

  test("of every rule and every field at once", () => {
    const json = [
      { kind: "shipping_cost", perOrder: "0.001", perKg: "0.001" },
      { kind: "cost_to_serve" },
      { kind: "cost_to_serve", percent: "101" },
    ];
    expect(faultsOf(json).map((fault) => fault.split(" ").slice(0, 2))).toEqual([
      ["0", "perOrder"],
      ["0", "perKg"],
      ["2", "percent"],
    ]);
  });

  test("in the decimals of the shop's currency", () => {
    expect(faultsOf([{ kind: "shipping_cost", perOrder: "1.005" }], "KWD")).toEqual([]);
    expect(faultsOf([{ kind: "shipping_cost", perOrder: "250.0" }], "JPY")).toEqual([]);
    expect(faultsOf([{ kind: "shipping_cost", perOrder: "2.5" }], "JPY")).toHaveLength(1);
  });

  test("where two margins or two rates would hold on the same day, while charges may add up", () => {
    const margin = { kind: "fallback_margin", percent: "40" };
    expect(faultsOf([margin, margin])).toEqual(["1 from rule 1 is of the same kind and day"]);
    expect(faultsOf([margin, { ...margin, from: "2025-01-01" }])).toEqual([]);
    expect(faultsOf([{ kind: "payment_fee" }, { kind: "payment_fee" }])).toEqual([]);
  });

  test("where there are too many", () => {
    expect(faultsOf(Array.from({ length: 201 }, () => ({ kind: "payment_fee" })))).toEqual([
      "-  There can be 200 rules.",
    ]);
  });
});

test("any JSON is either rules or faults, and never an exception", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const read = parseCostRules(json, "USD");
      expect(read.ok || read.faults.length > 0).toBe(true);
    }),
  );
});

test("a percentage is the same after it was written and read again", () => {
  fc.assert(
    fc.property(fc.nat(999_999), (percent) => {
      expect(parsePercent(formatPercent(percent))).toBe(percent);
    }),
  );
  expect([0, 5, 50, 900, 1234].map(formatPercent)).toEqual(["0", "0.05", "0.5", "9", "12.34"]);
});
