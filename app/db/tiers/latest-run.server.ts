import type pg from "pg";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import { tierRunSummary } from "./run-summary.ts";

export interface LatestRun {
  readonly asOf: Date;
  readonly summary: TierRunSummary;
}

/** The shop's latest tier run; null before the first. */
export const latestRun = async (pool: pg.Pool, shopId: number): Promise<LatestRun | null> => {
  const { rows } = await pool.query<{ asOf: Date; summary: unknown }>(
    `SELECT as_of AS "asOf", summary FROM tier_run WHERE shop_id = $1 ORDER BY id DESC LIMIT 1`,
    [shopId],
  );
  const row = rows[0];
  return row ? { asOf: row.asOf, summary: tierRunSummary.parse(row.summary) } : null;
};
