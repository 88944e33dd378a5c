import type pg from "pg";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import { tierRunSummary } from "./run-summary.ts";
import { storedPolicy } from "./stored-policy.ts";

export interface LatestRun {
  readonly id: number;
  readonly asOf: Date;
  readonly policy: TierPolicy;
  readonly summary: TierRunSummary;
}

/** The shop's latest tier run; null before the first. */
export const latestRun = async (pool: pg.Pool | pg.PoolClient, shopId: number): Promise<LatestRun | null> => {
  const { rows } = await pool.query<{ id: number; asOf: Date; policy: unknown; summary: unknown }>(
    `SELECT id, as_of AS "asOf", policy, summary FROM tier_run WHERE shop_id = $1 ORDER BY id DESC LIMIT 1`,
    [shopId],
  );
  const [row] = rows;
  return row ? { ...row, policy: storedPolicy.parse(row.policy), summary: tierRunSummary.parse(row.summary) } : null;
};
