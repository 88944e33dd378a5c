import type pg from "pg";
import type { CompiledPlan } from "#app/core/plan/compiled-plan.ts";
import { readCompiledPlan } from "./compiled-plan-schema.ts";

/** A time in which one plan was in force. */
export interface PlanPeriod {
  readonly version: number;
  /** Whether its pay-now part was switched on. */
  readonly payNow: boolean;
  /** The plan as the checkout Function read it; null for times of before it was kept. */
  readonly compiled: CompiledPlan | null;
  readonly from: Date;
  /** Null: it is in force now. */
  readonly until: Date | null;
}

/** Ends the time of whatever was in force. */
export const endPeriod = async (pool: pg.Pool | pg.PoolClient, shopId: number, now: Date): Promise<void> => {
  await pool.query("UPDATE plan_period SET until_at = $2 WHERE shop_id = $1 AND until_at IS NULL", [shopId, now]);
};

/** What begins to be in force. */
export interface PlanToBegin {
  readonly version: number;
  readonly payNow: boolean;
  /** The plan as the checkout Function reads it, as text. */
  readonly compiled: string;
}

/** Begins the time of a plan, unless it is in force already, just as it is. */
export const beginPeriod = async (
  client: pg.PoolClient,
  shopId: number,
  { version, payNow, compiled }: PlanToBegin,
  now: Date,
): Promise<void> => {
  const values = [shopId, version, payNow, compiled];
  const { rowCount } = await client.query(
    `SELECT FROM plan_period
     WHERE shop_id = $1 AND until_at IS NULL AND version = $2 AND pay_now = $3 AND compiled::text = $4`,
    values,
  );
  if (rowCount) return;
  await endPeriod(client, shopId, now);
  await client.query(
    "INSERT INTO plan_period (shop_id, version, pay_now, compiled, from_at) VALUES ($1, $2, $3, $4, $5)",
    [...values, now],
  );
};

/** Which plans were in force when, the first one first. */
export const planPeriods = async (pool: pg.Pool | pg.PoolClient, shopId: number): Promise<PlanPeriod[]> => {
  const { rows } = await pool.query<Omit<PlanPeriod, "compiled"> & { readonly compiled: unknown }>(
    `SELECT version, pay_now AS "payNow", compiled, from_at AS "from", until_at AS "until"
     FROM plan_period WHERE shop_id = $1 ORDER BY from_at, id`,
    [shopId],
  );
  return rows.map((row) => ({ ...row, compiled: row.compiled === null ? null : readCompiledPlan(row.compiled) }));
};

/** The time that an instant is in; null where no plan was in force. */
export const periodAt = <Period extends PlanPeriod>(periods: readonly Period[], at: Date): Period | null =>
  periods.findLast(({ from, until }) => from <= at && (until === null || at < until)) ?? null;
