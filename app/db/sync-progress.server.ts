import type pg from "pg";
import { WORK_STAGES, type StageName, type SyncLimit, type WorkKind } from "#app/core/sync/stages.ts";
import { ADD_WORK_JOB } from "#app/platform/jobs.server.ts";
import { inTransaction } from "./pool.server.ts";

export type StageStatus = "waiting" | "reading" | "loading" | "finished" | "skipped";

export interface SyncStage {
  readonly name: StageName;
  readonly status: StageStatus;
  readonly total: number | null;
  readonly done: number;
  readonly bulkOperationId: bigint | null;
  readonly limits: readonly SyncLimit[];
  readonly seconds: number | null;
  /** How long the rest of it will take; null while nobody can say. */
  readonly secondsLeft: number | null;
}

export interface SyncRun {
  readonly id: number;
  readonly status: "running" | "finished" | "failed";
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly errorCode: string | null;
  readonly stages: readonly SyncStage[];
}

/** The shop's latest work of a kind with its stages in order; null before the first. */
export const latestWork = async (
  pool: pg.Pool | pg.PoolClient,
  shopId: number,
  kind: WorkKind,
): Promise<SyncRun | null> => {
  const { rows } = await pool.query<Omit<SyncRun, "stages">>(
    `SELECT id, status, started_at AS "startedAt", finished_at AS "finishedAt", error_code AS "errorCode"
     FROM sync_run WHERE shop_id = $1 AND kind = $2 ORDER BY id DESC LIMIT 1`,
    [shopId, kind],
  );
  const run = rows[0];
  if (!run) return null;
  const { rows: stages } = await pool.query<SyncStage>(
    `SELECT name, status, total, done, bulk_operation_id AS "bulkOperationId", limits, seconds,
       seconds_left AS "secondsLeft"
     FROM sync_stage WHERE shop_id = $1 AND run_id = $2 ORDER BY position`,
    [shopId, run.id],
  );
  return { ...run, stages };
};

/** What an older run has read is no longer how the shop is: it is read anew. */
const CARRIED_ON_FOR_MS = 24 * 3_600_000;

/**
 * A new run with all its stages waiting. One that is unfinished, younger than a day and of this installation is carried on
 * instead: what it has done stays done.
 */
export const startWork = (pool: pg.Pool, shopId: number, kind: WorkKind, now: Date): Promise<SyncRun> =>
  inTransaction(pool, (client) => begin(client, shopId, kind, now));

/** Starts a work and queues its job, both or neither, so that whoever looks next sees that it runs. */
export const requestWork = (pool: pg.Pool, shopId: number, kind: WorkKind, now: Date): Promise<SyncRun> =>
  inTransaction(pool, async (client) => {
    const run = await begin(client, shopId, kind, now);
    await client.query(ADD_WORK_JOB, [shopId, kind]);
    return run;
  });

const begin = async (client: pg.PoolClient, shopId: number, kind: WorkKind, now: Date): Promise<SyncRun> => {
  // Two who start a work of one shop at once take turns, and the second carries on what the first began.
  const { rows } = await client.query<{ installedAt: Date }>(
    `SELECT installed_at AS "installedAt" FROM shop WHERE id = $1 FOR UPDATE`,
    [shopId],
  );
  const latest = await latestWork(client, shopId, kind);
  const notBefore = Math.max(rows[0]?.installedAt.getTime() ?? 0, now.getTime() - CARRIED_ON_FOR_MS);
  if (latest && latest.status !== "finished" && latest.startedAt.getTime() >= notBefore) {
    await client.query(
      "UPDATE sync_run SET status = 'running', finished_at = NULL, error_code = NULL WHERE shop_id = $1 AND id = $2",
      [shopId, latest.id],
    );
    return { ...latest, status: "running", errorCode: null };
  }
  await client.query(
    `WITH run AS (INSERT INTO sync_run (shop_id, kind, started_at) VALUES ($1, $2, $3) RETURNING id)
     INSERT INTO sync_stage (shop_id, run_id, name, position)
     SELECT $1, run.id, name, position FROM run, unnest($4::text[]) WITH ORDINALITY AS stage (name, position)`,
    [shopId, kind, now, WORK_STAGES[kind]],
  );
  const started = await latestWork(client, shopId, kind);
  if (!started) throw new Error(`The ${kind} of shop ${shopId} was not saved`);
  return started;
};

export interface StageChange {
  readonly status?: StageStatus;
  readonly total?: number | null;
  readonly done?: number;
  readonly bulkOperationId?: bigint;
  readonly limits?: readonly SyncLimit[];
  readonly seconds?: number;
  /** Null: nobody can say any more. */
  readonly secondsLeft?: number | null;
}

export const saveStage = async (
  pool: pg.Pool,
  at: { readonly shopId: number; readonly runId: number; readonly name: StageName },
  change: StageChange,
): Promise<void> => {
  await pool.query(
    `UPDATE sync_stage SET status = coalesce($4::sync_stage_status, status), total = coalesce($5, total),
       done = coalesce($6, done), bulk_operation_id = coalesce($7, bulk_operation_id),
       limits = coalesce($8::text[], limits), seconds = coalesce($9, seconds),
       seconds_left = CASE WHEN $10 THEN $11::int ELSE seconds_left END
     WHERE shop_id = $1 AND run_id = $2 AND name = $3`,
    [
      at.shopId,
      at.runId,
      at.name,
      change.status ?? null,
      change.total ?? null,
      change.done ?? null,
      change.bulkOperationId ?? null,
      change.limits ?? null,
      change.seconds ?? null,
      change.secondsLeft !== undefined,
      change.secondsLeft ?? null,
    ],
  );
};

/** A bulk operation whose result cannot be used is not carried on with. */
export const forgetBulkOperations = async (pool: pg.Pool, shopId: number, runId: number): Promise<void> => {
  await pool.query(
    `UPDATE sync_stage SET bulk_operation_id = NULL
     WHERE shop_id = $1 AND run_id = $2 AND status NOT IN ('finished', 'skipped')`,
    [shopId, runId],
  );
};

export const endWork = async (
  pool: pg.Pool,
  at: { readonly shopId: number; readonly runId: number },
  end: { readonly now: Date; readonly errorCode: string | null },
): Promise<void> => {
  await pool.query(
    `UPDATE sync_run SET status = CASE WHEN $4::text IS NULL THEN 'finished'::sync_status ELSE 'failed' END,
       finished_at = $3, error_code = $4 WHERE shop_id = $1 AND id = $2`,
    [at.shopId, at.runId, end.now, end.errorCode],
  );
};
