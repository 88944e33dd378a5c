import { exponentOf } from "../money/money.ts";
import { formatDay, type ShopDay } from "../time/shop-day.ts";
import {
  LARGEST_GROUP,
  LARGEST_PLAN_BYTES,
  MOST_PARTS,
  MOST_STEPS,
  PLAN_VERSION,
  type CompiledPart,
  type CompiledPlan,
  type CompiledStep,
} from "./compiled-plan.ts";
import { hasFloor, type Covered, type CumulativeBreak, type Plan, type PlanPart, type Step } from "./plan.ts";
import type { PlanFault } from "./plan-reader.ts";

/** The small numbers by which the Function knows what a plan names. Each is kept as long as anything at Shopify bears it. */
export interface PlanNumbers {
  /** Of collections, by handle. */
  readonly groups: ReadonlyMap<string, number>;
  /** Of what is counted over time, by `countedKey`. */
  readonly counted: ReadonlyMap<string, number>;
  /** Of companies with prices of their own, by Shopify's number. */
  readonly companies: ReadonlyMap<bigint, number>;
}

/** What a cumulative part counts: parts that count the same share their sums. */
export const countedKey = ({ window, measure }: CumulativeBreak): string => JSON.stringify([window, measure]);

export type Compiled =
  | { readonly ok: true; readonly plan: CompiledPlan; readonly bytes: number }
  | { readonly ok: false; readonly faults: readonly PlanFault[] };

/** 20261231 of a day. */
export const dayNumber = (day: ShopDay): number => Number(formatDay(day).replaceAll("-", ""));

const stepOf = ({ from, value }: Step): CompiledStep => {
  switch (value.kind) {
    case "percent":
      return [Number(from), value.basisPoints];
    case "amount-off":
      return [Number(from), Number(value.amount), "off"];
    case "fixed-price":
      return [Number(from), Number(value.price), "price"];
  }
};

/** Numbers of collections; one that has none is no collection of the shop's any more, and covers nothing. */
const groupsOf = (collections: readonly string[], { groups }: PlanNumbers): number[] =>
  collections.flatMap((handle) => groups.get(handle) ?? []).toSorted((a, b) => a - b);

const covered = (collections: Covered, numbers: PlanNumbers): { groups?: readonly number[] } =>
  collections === null ? {} : { groups: groupsOf(collections, numbers) };

const partsOf = (part: PlanPart, numbers: PlanNumbers): CompiledPart[] => {
  if (part.kind === "pay-now") return [{ kind: "payNow", percent: part.basisPoints }];
  // What is given after the order is no matter of the checkout.
  if (part.kind === "early-payment-after") return [];
  const on = covered(part.collections, numbers);
  switch (part.kind) {
    case "quantity-break": {
      const steps = part.steps.map(stepOf);
      const common = { kind: "quantity", of: part.measure, steps } as const;
      if (part.scope !== "collection") return [{ ...common, by: part.scope, ...on }];
      // Each collection counts by itself.
      const collections = part.collections ?? [...numbers.groups.keys()];
      return groupsOf(collections, numbers).map((group) => ({ ...common, by: "group", groups: [group] }));
    }
    case "cumulative":
      return [
        { kind: "cumulative", id: numbers.counted.get(countedKey(part)) ?? 0, ...on, steps: part.steps.map(stepOf) },
      ];
    case "tier-price": {
      const companies = [...part.companies].flatMap(([id, percent]) => {
        const number = numbers.companies.get(id);
        return number === undefined ? [] : [[number, percent] as const];
      });
      return [{ kind: "tier", percents: part.tiers, ...(companies.length > 0 ? { companies } : {}), ...on }];
    }
  }
};

/** The plan as the Function reads it, whatever its size. */
const compiled = (plan: Plan, numbers: PlanNumbers, currency: string): CompiledPlan => {
  const { included, limits } = plan;
  const also = {
    ...(included.giftCards ? { gift: true } : {}),
    ...(included.subscriptions ? { subscription: true } : {}),
    ...(included.pointOfSale ? { pos: true } : {}),
    ...(included.salePriced ? { sale: true } : {}),
    ...(included.catalogBreaks ? { catalog: true } : {}),
  };
  const skip = groupsOf(plan.excluded, numbers);
  return {
    v: PLAN_VERSION,
    exp: exponentOf(currency),
    meet: plan.meet,
    ...(limits.maxPercent === null ? {} : { cap: limits.maxPercent }),
    ...(hasFloor(plan) ? { floor: true } : {}),
    ...(plan.from === null ? {} : { from: dayNumber(plan.from) }),
    ...(plan.to === null ? {} : { to: dayNumber(plan.to) }),
    ...(skip.length > 0 ? { skip } : {}),
    ...(Object.keys(also).length > 0 ? { also } : {}),
    parts: plan.parts.flatMap((part) => partsOf(part, numbers)),
  };
};

/**
 * Compiles a plan to the metafield that the checkout Function reads.
 *
 * @returns refused, with what to change, where it does not fit
 */
export const compilePlan = (plan: Plan, numbers: PlanNumbers, currency: string): Compiled => {
  const result = compiled(plan, numbers, currency);
  // Numbers and names of fields: each character is a byte.
  const bytes = JSON.stringify(result).length;
  const steps = result.parts.reduce((sum, part) => sum + ("steps" in part ? part.steps.length : 0), 0);
  const faults: PlanFault[] = [];
  const limit = (is: number, most: number, what: string): void => {
    if (is > most) faults.push({ at: "parts", reason: `${what}: ${is}, and ${most} is the most` });
  };
  limit(result.parts.length, MOST_PARTS, "too many parts (a break by collection is one for each of them)");
  limit(steps, MOST_STEPS, "too many steps in all");
  limit(Math.max(0, ...numbers.groups.values()), LARGEST_GROUP, "too many collections");
  limit(bytes, LARGEST_PLAN_BYTES, "the plan takes too many bytes: use fewer steps, collections or company prices");
  return faults.length > 0 ? { ok: false, faults } : { ok: true, plan: result, bytes };
};
