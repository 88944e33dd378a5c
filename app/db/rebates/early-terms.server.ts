import type pg from "pg";
import { earlyPaymentOf, type EarlyPaymentAfter } from "#app/core/plan/plan.ts";
import { planPeriods, type PlanPeriod } from "#app/db/plan/plan-periods.server.ts";
import { latestPlan, planOfVersion } from "#app/db/plan/plan-versions.server.ts";

/** A time in which a plan was in force that gives something for paying early. */
export interface EarlyPeriod extends PlanPeriod {
  readonly part: EarlyPaymentAfter;
}

/** When which plan gave something for paying early, the first one first. */
export const earlyPeriods = async (pool: pg.Pool, shopId: number): Promise<EarlyPeriod[]> => {
  const { rows } = await pool.query<{ version: number }>(
    `SELECT version FROM plan_version WHERE shop_id = $1 AND plan -> 'parts' @> '[{"kind":"early-payment-after"}]'
       AND EXISTS (SELECT FROM plan_period WHERE plan_period.shop_id = $1 AND plan_period.version = plan_version.version)`,
    [shopId],
  );
  if (rows.length === 0) return [];
  const parts = new Map<number, EarlyPaymentAfter>();
  for (const { version } of rows) {
    const saved = await planOfVersion(pool, shopId, version);
    const part = saved && earlyPaymentOf(saved.plan);
    if (part) parts.set(version, part);
  }
  return (await planPeriods(pool, shopId)).flatMap((period) => {
    const part = parts.get(period.version);
    return part ? [{ ...period, part }] : [];
  });
};

/** What a plan gives for paying early, and whether that plan is in force. */
export interface ShownEarlyPart {
  readonly part: EarlyPaymentAfter;
  readonly isInForce: boolean;
}

/**
 * By what an invoice is worth something for being paid early: the plan in force, or where none is the latest that was saved.
 * Null where that one gives nothing for it.
 */
export const shownEarlyPart = async (pool: pg.Pool, shopId: number): Promise<ShownEarlyPart | null> => {
  const inForce = (await planPeriods(pool, shopId)).findLast(({ until }) => until === null);
  const saved = inForce ? await planOfVersion(pool, shopId, inForce.version) : await latestPlan(pool, shopId);
  const part = saved && earlyPaymentOf(saved.plan);
  return part && { part, isInForce: inForce !== undefined };
};
