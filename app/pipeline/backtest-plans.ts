import type pg from "pg";
import { compilePlan, type PlanNumbers } from "#app/core/plan/compile-plan.ts";
import type { CompiledPlan } from "#app/core/plan/compiled-plan.ts";
import type { Plan } from "#app/core/plan/plan.ts";
import type { Instant } from "#app/core/time/shop-day.ts";
import { periodAt, planPeriods, type PlanPeriod } from "#app/db/plan/plan-periods.server.ts";
import { planNumbers } from "#app/db/plan/plan-numbers.server.ts";
import { planOfVersion } from "#app/db/plan/plan-versions.server.ts";
import type { PipelineShop } from "./context.ts";

/** The plan that is tried. */
export interface CandidatePlan {
  readonly plan: Plan;
  readonly numbers: PlanNumbers;
  readonly compiled: CompiledPlan;
}

/** A plan that was in force. */
export interface PlanThen {
  readonly compiled: CompiledPlan;
  readonly since: Instant;
}

export interface BacktestPlans {
  readonly candidate: CandidatePlan;
  /** Which plan was in force at an instant; null: none. */
  readonly at: (instant: Instant) => PlanThen | null;
}

const compiledOf = async (
  pool: pg.Pool,
  shop: PipelineShop,
  version: number,
  change: (plan: Plan) => Plan,
): Promise<CandidatePlan> => {
  const saved = await planOfVersion(pool, shop.id, version);
  if (!saved) throw new Error(`There is no version ${version} of the plan`);
  const plan = change(saved.plan);
  const numbers = await planNumbers(pool, shop.id, plan);
  const result = compilePlan(plan, numbers, shop.currency);
  if (!result.ok) throw new Error(`Version ${version} of the plan does not fit: ${result.faults[0]?.reason}`);
  return { plan, numbers, compiled: result.plan };
};

/**
 * What was in force: the plan as it was kept, or, for times of before plans were kept, its version compiled anew, without its
 * pay-now part where that was switched off.
 */
const compiledThen = async (
  pool: pg.Pool,
  shop: PipelineShop,
  { version, payNow, compiled }: PlanPeriod,
): Promise<CompiledPlan> => {
  if (compiled !== null) return compiled;
  const anew = (await compiledOf(pool, shop, version, (plan) => plan)).compiled;
  return payNow ? anew : { ...anew, parts: anew.parts.filter(({ kind }) => kind !== "payNow") };
};

/**
 * The plans of a back-test: the candidate, without the days on which it is to hold, since it is tried on days of the past; and
 * those that were in force.
 */
export const backtestPlans = async (pool: pg.Pool, shop: PipelineShop, version: number): Promise<BacktestPlans> => {
  const candidate = await compiledOf(pool, shop, version, (plan) => ({ ...plan, from: null, to: null }));
  const periods: (PlanPeriod & { readonly inForce: PlanThen })[] = [];
  for (const period of await planPeriods(pool, shop.id)) {
    const compiled = await compiledThen(pool, shop, period);
    periods.push({ ...period, inForce: { compiled, since: period.from.getTime() } });
  }
  return {
    candidate,
    at: (instant) => {
      const period = periodAt(periods, new Date(instant));
      return period && period.inForce;
    },
  };
};
