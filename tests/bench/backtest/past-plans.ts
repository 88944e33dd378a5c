import type { PlanNumbers } from "#app/core/plan/compile-plan.ts";
import { countedKey } from "#app/core/plan/compile-plan.ts";
import type { Plan as AppPlan } from "#app/core/plan/plan.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import type { Part, Plan, Step } from "#tests/functions/carts/model.ts";

/** The plans of the bench, each as merchants write it and as the reference reads it; both are written by hand. */

export const COLLECTION = "bulk";

const by = (units: number): unknown[] => [
  { from: 2, percent: "3" },
  { from: units, percent: "8" },
  { from: 4 * units, fixedPrice: "9.50" },
];
const stepsBy = (units: bigint): Step[] => [
  { from: 2n, kind: "percent", value: 300n },
  { from: units, kind: "percent", value: 800n },
  { from: 4n * units, kind: "price", value: 950n },
];

interface Written {
  readonly json: unknown;
  readonly reference: (numbers: PlanNumbers, counted: number) => Plan;
}

const common = { cap: null, needsFloor: true, from: null, to: null, skip: [], also: [] } as const;

const variants = (units: bigint): Part => ({
  kind: "quantity",
  by: "variant",
  of: "units",
  groups: null,
  steps: stepsBy(units),
});
const tiers = (a: bigint, b: bigint): Part => ({ kind: "tier", groups: null, percents: { A: a, B: b }, companies: [] });

/** In force first, then the second; the third is tried. */
export const WRITTEN: readonly Written[] = [
  {
    json: {
      title: "First",
      parts: [
        { kind: "quantity-break", scope: "variant", measure: "units", steps: by(6) },
        { kind: "tier-price", tiers: { A: "5", B: "2.5" } },
        { kind: "cumulative", window: "lifetime", measure: "net-sales", steps: [{ from: "500", percent: "4" }] },
      ],
      limits: { minMarginPercent: "25" },
    },
    reference: (_numbers, counted) => ({
      ...common,
      meet: "best",
      parts: [
        variants(6n),
        tiers(500n, 250n),
        { kind: "cumulative", id: counted, groups: null, steps: [{ from: 50_000n, kind: "percent", value: 400n }] },
      ],
    }),
  },
  {
    json: {
      title: "Second",
      parts: [
        { kind: "quantity-break", scope: "variant", measure: "units", steps: by(8) },
        {
          kind: "quantity-break",
          scope: "collection",
          measure: "amount",
          collections: [COLLECTION],
          steps: [{ from: "80", amountOff: "0.75" }],
        },
        { kind: "tier-price", tiers: { A: "6", B: "3" } },
      ],
      meet: "add",
      limits: { minMarginPercent: "25", maxPercent: "20" },
    },
    reference: ({ groups }) => ({
      ...common,
      cap: 2000n,
      meet: "add",
      parts: [
        variants(8n),
        {
          kind: "quantity",
          by: "group",
          of: "amount",
          groups: [groups.get(COLLECTION) ?? 0],
          steps: [{ from: 8000n, kind: "off", value: 75n }],
        },
        tiers(600n, 300n),
      ],
    }),
  },
  {
    json: {
      title: "Candidate",
      parts: [
        { kind: "quantity-break", scope: "variant", measure: "units", steps: by(5) },
        { kind: "tier-price", tiers: { A: "7", B: "4" } },
      ],
      limits: { minMarginPercent: "25" },
    },
    reference: () => ({ ...common, meet: "best", parts: [variants(5n), tiers(700n, 400n)] }),
  },
];

export const appPlan = ({ json }: Written): AppPlan => {
  const read = parsePlan(json, "USD");
  if (!read.ok) throw new Error(`${read.faults[0]?.at}: ${read.faults[0]?.reason}`);
  return read.plan;
};

/** The number of what a plan counts over time; 0 where it counts nothing. */
export const countedNumber = (plan: AppPlan, { counted }: PlanNumbers): number => {
  const part = plan.parts.find(({ kind }) => kind === "cumulative");
  return part?.kind === "cumulative" ? (counted.get(countedKey(part)) ?? 0) : 0;
};
