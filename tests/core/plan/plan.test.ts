import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePlan, type PlanNumbers } from "#app/core/plan/compile-plan.ts";
import { floorPrice } from "#app/core/plan/floor.ts";
import { EMPTY_PLAN, type Plan } from "#app/core/plan/plan.ts";
import { planToJson } from "#app/core/plan/print-plan.ts";
import { standingOf, type Buyer } from "#app/core/plan/standing.ts";
import { planWarnings } from "#app/core/plan/warnings.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";

const TODAY = parseDay("2026-10-31");
const NUMBERS: PlanNumbers = {
  groups: new Map([
    ["mugs", 3],
    ["caps", 1],
  ]),
  counted: new Map([['[{"kind":"days","days":365},"net-sales"]', 7]]),
  companies: new Map([[5n, 2]]),
};

const read = (json: unknown, currency = "USD"): Plan => {
  const plan = parsePlan(json, currency);
  if (!plan.ok) throw new Error(JSON.stringify(plan.faults));
  return plan.plan;
};

const faults = (json: unknown, currency = "USD"): string[] => {
  const plan = parsePlan(json, currency);
  return plan.ok ? [] : plan.faults.map(({ at }) => at);
};

const EVERYTHING = {
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
    { kind: "cumulative", window: { days: 365 }, measure: "net-sales", steps: [{ from: "1000.00", percent: "3" }] },
    { kind: "tier-price", tiers: { A: "5", key: "8" }, companies: { "5": "12" } },
  ],
  meet: "add",
  limits: { minMarginPercent: "10", minOverCost: "0.50", maxPercent: "40", highestTaxPercent: "19" },
  schedule: { from: "2026-11-01", to: "2026-12-31" },
  exclude: { collections: ["caps"] },
  include: { giftCards: false, subscriptions: true, pointOfSale: false, salePriced: false, catalogBreaks: false },
  combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
};

describe("a plan as it is written", () => {
  test("is read and printed as it was", () => {
    expect(planToJson(read(EVERYTHING), "USD")).toEqual(EVERYTHING);
  });

  test("in the short form of files is read with what is left out as by default", () => {
    const short = {
      parts: [
        {
          kind: "quantity-break",
          per: "order",
          scope: "variant",
          measure: "units",
          steps: [{ from: 11, percent: "2" }],
        },
      ],
    };
    expect(read(short)).toEqual({ ...EMPTY_PLAN, parts: read(short).parts });
  });

  test("has its steps in rising order, however they are written", () => {
    const steps = [
      { from: 50, percent: "5" },
      { from: 11, percent: "2" },
    ];
    const [part] = read({ parts: [{ kind: "quantity-break", scope: "cart", measure: "units", steps }] }).parts;
    expect(part?.kind === "quantity-break" && part.steps.map(({ from }) => from)).toEqual([11n, 50n]);
  });

  test("is refused with the place of what is wrong", () => {
    const step = (from: unknown, value: object) => ({
      parts: [{ kind: "quantity-break", scope: "cart", measure: "units", steps: [{ from, ...value }] }],
    });
    expect(faults(step(11, { percent: "101" }))).toEqual(["parts.0.steps.0.percent"]);
    expect(faults(step("11.50", { percent: "1" }))).toEqual(["parts.0.steps.0.from"]);
    expect(faults(step(11, { percent: "1", fixedPrice: "2" }))).toEqual(["parts.0.steps.0"]);
    expect(faults(step(11, { amountOff: "1.50" }), "JPY")).toEqual(["parts.0.steps.0.amountOff"]);
    expect(faults({ parts: [{ kind: "gift-with-purchase" }] })).toEqual(["parts.0.kind"]);
    expect(faults({ parts: [], limits: { minMarginPercent: "100" } })).toEqual(["limits.minMarginPercent"]);
    expect(faults({ parts: [], schedule: { from: "2026-12-01", to: "2026-11-01" } })).toEqual(["schedule.to"]);
    expect(faults({ parts: [], colour: "red" })).toEqual(["plan"]);
    expect(faults("plan")).toEqual(["plan"]);
  });
});

describe("a compiled plan", () => {
  test("says the same in the Function's words: each collection counts by itself", () => {
    expect(compilePlan(read(EVERYTHING), NUMBERS, "USD")).toMatchObject({
      ok: true,
      plan: {
        v: 1,
        exp: 2,
        meet: "add",
        cap: 4000,
        floor: true,
        from: 20261101,
        to: 20261231,
        skip: [1],
        also: { subscription: true },
        parts: [
          {
            kind: "quantity",
            by: "group",
            groups: [1],
            of: "amount",
            steps: [
              [10000, 250],
              [50000, 150, "off"],
              [90000, 799, "price"],
            ],
          },
          { kind: "quantity", by: "group", groups: [3], of: "amount" },
          { kind: "cumulative", id: 7, steps: [[100000, 300]] },
          { kind: "tier", percents: { A: 500, key: 800 }, companies: [[2, 1200]] },
        ],
      },
    });
  });

  test("that is too large is refused with what to change", () => {
    const part = {
      kind: "tier-price",
      tiers: { A: "5" },
      companies: Object.fromEntries(Array.from({ length: 1500 }, (_, id) => [String(id + 1), "7.5"])),
    };
    const companies = new Map(Array.from({ length: 1500 }, (_, id) => [BigInt(id + 1), id + 1]));
    const compiled = compilePlan(read({ parts: [part] }), { ...NUMBERS, companies }, "USD");
    expect(compiled.ok ? [] : compiled.faults.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/too many bytes.*: \d+, and 10000 is the most/),
    ]);
    const parts = Array.from({ length: 40 }, () => EVERYTHING.parts[0]);
    expect(compilePlan(read({ parts }), NUMBERS, "USD").ok).toBe(false);
  });
});

describe("a floor", () => {
  const plan = (limits: object): Plan => read({ parts: [], limits });

  test("keeps the margin over the cost, rounded up", () => {
    expect(floorPrice(420n, plan({ minMarginPercent: "30" }), false)).toBe(600n);
    expect(floorPrice(421n, plan({ minMarginPercent: "30" }), false)).toBe(602n);
    expect(floorPrice(420n, plan({ minOverCost: "2.00" }), false)).toBe(620n);
    expect(floorPrice(420n, plan({ minMarginPercent: "30", highestTaxPercent: "20" }), true)).toBe(720n);
  });

  test("is none where no margin is set or no cost is known", () => {
    expect(floorPrice(420n, plan({}), false)).toBeNull();
    expect(floorPrice(null, plan({ minMarginPercent: "30" }), false)).toBeNull();
  });

  test("leaves the margin over after tax, and a unit less would not", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 3000 }),
        (cost, margin, tax) => {
          const limits = { ...EMPTY_PLAN.limits, minMargin: margin, highestTax: tax };
          const floor = floorPrice(cost, { ...EMPTY_PLAN, limits }, true) ?? 0n;
          // net x (1 - margin) >= cost, with net = floor / (1 + tax)
          const keeps = (price: bigint): boolean =>
            price * 10_000n * BigInt(10_000 - margin) >= cost * 10_000n * BigInt(10_000 + tax);
          expect(keeps(floor)).toBe(true);
          if (tax === 0 && floor > 0n) expect(keeps(floor - 1n)).toBe(false);
        },
      ),
    );
  });
});

describe("what a buyer is entitled to", () => {
  const plan = read(EVERYTHING);
  const buyer = (part: Partial<Buyer>): Buyer => ({
    tier: null,
    isKey: false,
    isPruned: false,
    companyId: null,
    bought: () => [],
    ...part,
  });
  const of = (part: Partial<Buyer>) => standingOf(plan, NUMBERS, buyer(part), TODAY);

  test("is what the plan prices, and nothing else", () => {
    expect(of({ tier: "A" })).toEqual({ v: 1, tier: "A" });
    expect(of({ tier: "A", isKey: true })).toEqual({ v: 1, tier: "A", key: true });
    expect(of({ tier: "B" })).toBeNull();
    expect(of({ companyId: 5n })).toEqual({ v: 1, company: 2 });
    expect(of({ companyId: 6n })).toBeNull();
  });

  test("of one who is to be pruned is no price by tier and none of its own, but what it has bought still counts", () => {
    const bought = () => [{ day: TODAY, amount: 100_000n }];
    expect(of({ tier: "A", isKey: true, isPruned: true, companyId: 5n, bought })).toEqual({
      v: 1,
      sums: [[7, 100_000, 20271030]],
    });
  });
});

test("the merchant is told of what is hardly meant", () => {
  const codes = (json: object, shop = { today: TODAY, taxesIncluded: true }): string[] =>
    planWarnings(read(json), shop).map(({ code }) => code);
  expect(codes({ parts: [] })).toEqual(["no-parts", "no-floor"]);
  const falling = {
    kind: "quantity-break",
    scope: "cart",
    measure: "units",
    steps: [
      { from: 1, percent: "9" },
      { from: 2, percent: "8" },
    ],
  };
  expect(
    codes({
      parts: [falling],
      limits: { maxPercent: "5", minMarginPercent: "1" },
      combinesWith: { productDiscounts: true },
      schedule: { to: "2026-10-30" },
    }),
  ).toEqual(["falling-steps", "over-the-cap", "is-over", "combines-over-floor", "tax-unknown"]);
  expect(codes(EVERYTHING, { today: TODAY, taxesIncluded: false })).toEqual(["combines-over-floor"]);
});
