import { lineId, TODAY } from "./arbitrary.ts";
import type { Buyer, Cart, Line, Part, Plan, Step } from "./model.ts";

/** Carts of a given size with plans of a given richness: for budgets and benches. */

const percents = (...pairs: readonly (readonly [number, number])[]): Step[] =>
  pairs.map(([from, percent]) => ({ from: BigInt(from), kind: "percent", value: BigInt(percent) }));

const BY_UNITS = percents([2, 300], [6, 500], [12, 800], [24, 1200], [48, 1600]);

const QUANTITY_BREAKS: readonly Part[] = [
  { kind: "quantity", by: "variant", of: "units", groups: null, steps: BY_UNITS },
  { kind: "quantity", by: "cart", of: "units", groups: null, steps: percents([50, 200], [500, 400]) },
];

const EVERY_PART: readonly Part[] = [
  ...QUANTITY_BREAKS,
  { kind: "quantity", by: "product", of: "units", groups: [3], steps: BY_UNITS },
  { kind: "quantity", by: "group", of: "amount", groups: [7, 130], steps: percents([100_000, 100], [1_000_000, 250]) },
  {
    kind: "quantity",
    by: "group",
    of: "units",
    groups: [64],
    steps: [
      { from: 5n, kind: "off", value: 125n },
      { from: 50n, kind: "price", value: 899n },
    ],
  },
  { kind: "cumulative", id: 1, groups: null, steps: percents([100_000, 100], [500_000, 300], [2_000_000, 500]) },
  { kind: "cumulative", id: 2, groups: [7], steps: percents([3, 50], [10, 150]) },
  { kind: "tier", groups: null, percents: { A: 500n, B: 300n, C: 100n, key: 800n }, companies: [[7, 1100n]] },
  { kind: "payNow", percent: 200n },
];

const planOf = (parts: readonly Part[], rest: Partial<Plan> = {}): Plan => ({
  meet: "best",
  cap: 4000n,
  needsFloor: true,
  from: null,
  to: null,
  skip: [],
  also: [],
  parts,
  ...rest,
});

const BUYER: Buyer = {
  is: "company",
  asksToPayNow: true,
  standing: {
    tier: "A",
    key: true,
    prune: false,
    company: 7,
    breaks: false,
    pay: true,
    sums: [
      { part: 1, reached: 500_000n, through: "2026-12-31" },
      { part: 1, reached: 100_000n, through: "2027-01-31" },
      { part: 2, reached: 12n, through: "2026-12-31" },
    ],
  },
};

/** Every variant once, each with a price and a floor of its own; numbers as large as Shopify's. */
const lineOf = (index: number): Line => {
  const cents = 1000 + ((index * 7919) % 50_000);
  return {
    id: lineId(index * 7919),
    variant: 44_000_000_000_000 + index * 32_768,
    product: 8_000_000_000_000 + Math.floor(index / 2) * 32_768,
    groups: [3, 7, ...(index % 2 === 0 ? [64, 255] : [130])],
    quantity: 1 + ((index * 13) % 60),
    price: (cents / 100).toFixed(2),
    compareAt: null,
    // From 55 % to nearly the whole price.
    floor: BigInt(Math.floor((cents * (5500 + ((index * 37) % 4400))) / 10_000)),
    kind: "plain",
  };
};

export const PLANS = {
  "quantity breaks": planOf(QUANTITY_BREAKS),
  "every part": planOf(EVERY_PART, { skip: [9, 200], from: "2026-01-01", to: "2026-12-31" }),
  "every part, summed": planOf(EVERY_PART, { meet: "add", skip: [9, 200], from: "2026-01-01", to: "2026-12-31" }),
  "empty plan": planOf([], { needsFloor: false }),
} as const;

export type PlanName = keyof typeof PLANS;
export const PLAN_NAMES = ["quantity breaks", "every part", "every part, summed", "empty plan"] as const;

/** A cart of a company that pays in another currency, at a rate of nine digits. */
export const sizedCart = (lines: number, plan: PlanName): Cart => ({
  shopCurrency: "USD",
  currency: "EUR",
  rate: "0.921345678",
  today: TODAY,
  language: "EN",
  isPointOfSale: false,
  plan: PLANS[plan],
  buyer: BUYER,
  lines: Array.from({ length: lines }, (_one, index) => lineOf(index)),
});
