import type pg from "pg";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { MoveWhy } from "#app/core/tiers/explain-move.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { moveWhy } from "#app/db/tiers/move-why.ts";
import { tierRunSummary } from "#app/db/tiers/run-summary.ts";
import { storedPolicy } from "#app/db/tiers/stored-policy.ts";

/** A run in the history. */
export interface PastRun {
  readonly id: number;
  readonly asOf: Date;
  readonly policy: TierPolicy;
  readonly summary: TierRunSummary;
  readonly moved: number;
  readonly policyChanged: boolean;
}

const RUN = `id, as_of AS "asOf", policy, summary, moved, policy_changed AS "policyChanged"`;

interface StoredRun extends Omit<PastRun, "policy" | "summary"> {
  readonly policy: unknown;
  readonly summary: unknown;
}

const runOf = (row: StoredRun): PastRun => ({
  ...row,
  policy: storedPolicy.parse(row.policy),
  summary: tierRunSummary.parse(row.summary),
});

const RUNS_PER_PAGE = 10;

/** The shop's runs, latest first. @param page from 1 */
export const listRuns = async (
  pool: pg.Pool,
  shopId: number,
  page: number,
): Promise<{ perPage: number; total: number; runs: readonly PastRun[] }> => {
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>("SELECT count(*)::int AS total FROM tier_run WHERE shop_id = $1", [shopId]),
    pool.query<StoredRun>(`SELECT ${RUN} FROM tier_run WHERE shop_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`, [
      shopId,
      RUNS_PER_PAGE,
      (page - 1) * RUNS_PER_PAGE,
    ]),
  ]);
  return { perPage: RUNS_PER_PAGE, total: counted.rows[0]?.total ?? 0, runs: listed.rows.map(runOf) };
};

export const findRun = async (pool: pg.Pool, shopId: number, id: number): Promise<PastRun | null> => {
  const { rows } = await pool.query<StoredRun>(`SELECT ${RUN} FROM tier_run WHERE shop_id = $1 AND id = $2`, [
    shopId,
    id,
  ]);
  return rows[0] ? runOf(rows[0]) : null;
};

/** A change of tier, and why. */
export interface PastMove {
  readonly from: Tier;
  readonly to: Tier;
  readonly value: bigint;
  /** Null where it was not told yet. */
  readonly why: MoveWhy | null;
}

export interface MoveOfRun extends PastMove {
  readonly customerId: bigint;
  readonly key: string;
  readonly kind: CustomerKind;
  readonly name: string | null;
  readonly email: string | null;
}

const whyOf = (why: unknown): MoveWhy | null => (why === null ? null : moveWhy.parse(why));

const MOVES_PER_PAGE = 25;

/** Who changed tier in a run, the most valuable first. @param page from 1 */
export const movesOfRun = async (
  pool: pg.Pool,
  shopId: number,
  runId: number,
  page: number,
): Promise<{ perPage: number; moves: readonly MoveOfRun[] }> => {
  const { rows } = await pool.query<Omit<MoveOfRun, "why"> & { why: unknown }>(
    `SELECT customer_id AS "customerId", "from", "to", value, why, key, kind, name, email
     FROM tier_move JOIN customer ON customer.shop_id = tier_move.shop_id AND customer.id = customer_id
     WHERE tier_move.shop_id = $1 AND run_id = $2 ORDER BY value DESC, customer_id LIMIT $3 OFFSET $4`,
    [shopId, runId, MOVES_PER_PAGE, (page - 1) * MOVES_PER_PAGE],
  );
  return { perPage: MOVES_PER_PAGE, moves: rows.map((row) => ({ ...row, why: whyOf(row.why) })) };
};

export interface MoveOfCustomer extends PastMove {
  readonly runId: number;
  readonly asOf: Date;
}

const LATEST_MOVES = 10;

/** A customer's latest changes of tier, latest first. */
export const movesOfCustomer = async (
  pool: pg.Pool,
  shopId: number,
  customerId: bigint,
): Promise<readonly MoveOfCustomer[]> => {
  const { rows } = await pool.query<Omit<MoveOfCustomer, "why"> & { why: unknown }>(
    `SELECT run_id AS "runId", as_of AS "asOf", "from", "to", value, why
     FROM tier_move JOIN tier_run ON tier_run.shop_id = tier_move.shop_id AND tier_run.id = run_id
     WHERE tier_move.shop_id = $1 AND customer_id = $2 ORDER BY run_id DESC LIMIT $3`,
    [shopId, customerId, LATEST_MOVES],
  );
  return rows.map((row) => ({ ...row, why: whyOf(row.why) }));
};
