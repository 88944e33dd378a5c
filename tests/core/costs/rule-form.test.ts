import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChargeRule } from "#app/core/costs/cost-rules.ts";
import { editRules } from "#app/core/costs/edit-rules.ts";
import { isCharge } from "#app/core/costs/rule-json.ts";
import {
  BLANK_CHARGE,
  chargeFromFields,
  fieldsFor,
  fieldsOfCharge,
  shareFromFields,
  type ChargeFields,
} from "#app/core/costs/rule-form.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { aCharge, anyCostRules } from "#tests/factories/cost-rules.ts";

const read = (part: Partial<ChargeFields>, currency = "USD") =>
  chargeFromFields({ ...BLANK_CHARGE, ...part }, currency);

/** What a form can say of a rule: no spaces around a gateway, tiers in order, and nothing that a payment has no part in. */
const asTheFormHasIt = (rule: ChargeRule): ChargeRule => ({
  ...rule,
  ...(fieldsFor(rule.kind).includes("perUnit") ? {} : { perLine: 0n, perUnit: 0n, perKg: 0n }),
  when: { ...rule.when, gateway: rule.when.gateway?.trim() ?? null, tiers: rule.when.tiers.toSorted() },
});

describe("the form of a cost rule", () => {
  test("says the rule that was typed", () => {
    expect(
      read({
        perOrder: " 2.50 ",
        perKg: "0.40",
        percent: "1.5",
        gateway: "manual",
        countries: "gb, DE;fr",
        tiers: ["C", "A"],
        from: "2025-01-01",
      }),
    ).toEqual({
      ok: true,
      value: aCharge({
        perOrder: 250n,
        perKg: 40n,
        percent: 150,
        when: { gateway: "manual", countries: ["GB", "DE", "FR"], tiers: ["A", "C"] },
        from: parseDay("2025-01-01"),
      }),
    });
  });

  test("that is filled from a rule says that rule again, in every currency", () => {
    fc.assert(
      fc.property(anyCostRules, fc.constantFrom("USD", "JPY", "KWD"), (rules, currency) => {
        for (const rule of rules.filter(isCharge).map(asTheFormHasIt)) {
          expect(chargeFromFields(fieldsOfCharge(rule, currency), currency)).toEqual({ ok: true, value: rule });
        }
      }),
    );
  });

  test.each<[Partial<ChargeFields>, string, string]>([
    [{}, "perOrder", "Give at least one amount"],
    [{ kind: "payment_fee", perUnit: "1" }, "perOrder", "Give at least one amount"],
    [{ perOrder: "x" }, "perOrder", "This is not an amount"],
    [{ perOrder: "2,50" }, "perOrder", "This is not an amount"],
    [{ perKg: "0.001" }, "perKg", "This is too fine"],
    [{ percent: "101" }, "percent", "This is not a percentage from 0 to 100"],
    [{ perOrder: "1", countries: "England" }, "countries", '"ENGLAND" is not a country code'],
    [{ perOrder: "1", gateway: "x".repeat(101) }, "gateway", "This is not a payment gateway"],
    [{ perOrder: "1", from: "31.1.2025" }, "from", "This is not a day"],
  ])("of %j says what is wrong at the field", (fields, field, fault) => {
    const result = read(fields);
    expect(result.ok ? {} : result.faults).toEqual({ [field]: expect.stringContaining(fault) });
  });

  test("of a rule that charges nothing says so, which ends it", () => {
    expect(read({ perOrder: "0", from: "2025-01-01" })).toMatchObject({ ok: true, value: { perOrder: 0n } });
    expect(fieldsOfCharge(aCharge(), "USD").perOrder).toBe("0.00");
  });
});

describe("the form of a margin or a rate", () => {
  test("says the percentage and the day", () => {
    expect(shareFromFields("fallback_margin", { percent: " 40 ", from: "" })).toEqual({
      ok: true,
      value: { kind: "fallback_margin", percent: 4000, from: null },
    });
    expect(shareFromFields("credit_cost", { percent: "9.25", from: "2025-01-01" })).toEqual({
      ok: true,
      value: { kind: "credit_cost", percent: 925, from: parseDay("2025-01-01") },
    });
  });

  test.each([
    ["fallback_margin", { percent: "", from: "" }, "percent"],
    ["fallback_margin", { percent: "101", from: "" }, "percent"],
    ["credit_cost", { percent: "1000.5", from: "" }, "percent"],
    ["credit_cost", { percent: "9", from: "soon" }, "from"],
  ] as const)("%s %j is refused at the field", (kind, fields, field) => {
    const result = shareFromFields(kind, fields);
    expect(result.ok ? [] : Object.keys(result.faults)).toEqual([field]);
  });
});

describe("an edit of the rules", () => {
  const shipping = aCharge({ perOrder: 250n });
  const fee = aCharge({ kind: "payment_fee", percent: 150 });
  const margin = { kind: "fallback_margin", percent: 4000, from: null } as const;

  test("adds, changes and removes one rule and leaves the others", () => {
    expect(editRules([margin, shipping], { kind: "add", rule: fee })).toEqual([margin, shipping, fee]);
    expect(editRules([margin, shipping], { kind: "change", place: 1, rule: fee })).toEqual([margin, fee]);
    expect(editRules([margin, shipping], { kind: "remove", place: 0 })).toEqual([shipping]);
  });

  test("of a place where there is no such rule changes nothing", () => {
    expect(editRules([margin], { kind: "change", place: 0, rule: fee })).toEqual([margin]);
    expect(editRules([margin], { kind: "change", place: 1, rule: fee })).toEqual([margin]);
    expect(editRules([margin], { kind: "remove", place: 1 })).toEqual([margin]);
  });

  test("sets a margin in the place of the one from the same day, and beside one from another day", () => {
    const other = { ...margin, percent: 3000 };
    expect(editRules([margin, shipping], { kind: "set", rule: other })).toEqual([shipping, other]);
    const later = { ...margin, from: parseDay("2025-01-01") };
    expect(editRules([margin], { kind: "set", rule: later })).toEqual([margin, later]);
    const rate = { ...margin, kind: "credit_cost" } as const;
    expect(editRules([margin], { kind: "set", rule: rate })).toEqual([margin, rate]);
  });
});
