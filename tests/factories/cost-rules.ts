import fc from "fast-check";
import { CHARGE_KINDS, type ChargeRule, type CostRule } from "#app/core/costs/cost-rules.ts";
import { parseDay } from "#app/core/time/shop-day.ts";

/** A shipping cost of nothing for every order; tests say what they need of it. */
export const aCharge = (part: Partial<ChargeRule> = {}): ChargeRule => ({
  kind: "shipping_cost",
  perOrder: 0n,
  perLine: 0n,
  perUnit: 0n,
  perKg: 0n,
  percent: 0,
  when: { gateway: null, countries: [], tiers: [] },
  from: null,
  ...part,
});

const minor = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 11n }));
const from = fc.option(fc.integer({ min: parseDay("0001-01-01"), max: parseDay("9999-12-31") }));
const percent = (most: number) => fc.oneof(fc.constant(0), fc.integer({ min: 0, max: most }));

const anyCharge: fc.Arbitrary<ChargeRule> = fc.record({
  kind: fc.constantFrom(...CHARGE_KINDS),
  perOrder: minor,
  perLine: minor,
  perUnit: minor,
  perKg: minor,
  percent: percent(10_000),
  when: fc.record({
    gateway: fc.option(fc.string({ minLength: 1, maxLength: 100 }).filter((text) => text.trim() !== "")),
    countries: fc.uniqueArray(fc.stringMatching(/^[A-Z]{2}$/), { maxLength: 4 }),
    tiers: fc.uniqueArray(fc.constantFrom("A", "B", "C")),
  }),
  from,
});

const anyShare: fc.Arbitrary<CostRule> = fc.oneof(
  fc.record({ kind: fc.constant("credit_cost"), percent: percent(100_000), from }),
  fc.record({ kind: fc.constant("fallback_margin"), percent: percent(10_000), from }),
);

/** Any list of rules that a shop could have. */
export const anyCostRules: fc.Arbitrary<CostRule[]> = fc
  .tuple(
    fc.array(anyCharge, { maxLength: 6 }),
    fc.uniqueArray(anyShare, { maxLength: 4, selector: (rule) => `${rule.kind} ${rule.from}` }),
  )
  .map((parts) => parts.flat());
