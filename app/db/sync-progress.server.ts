import type pg from "pg";
import { WORK_STAGES, type StageName, type SyncLimit, type WorkKind } from "#app/core/sync/stages.ts";
import { ADD_WORK_JOB, WAKE_WORK_JOB } from "#app/platform/jobs.server.ts";
import { inTransaction } from "./pool.server.ts";

export type StageStatus = "waiting" | "reading" | "loading" | "finished" | "skipped";

export interface SyncStage {
  readonly name: StageName;
  readonly status: StageStatus;
  readonly total: number | null;
  readonly done: number;
  readonly bulkOperationId: bigint | null;
  /** Of a stage that works through ids: the last one that is done. */
  readonly afterId: bigint | null;
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
    `SELECT name, status, total, done, bulk_operation_id AS "bulkOperationId", after_id AS "afterId", limits,
       seconds,
       seconds_left AS "secondsLeft"
     FROM sync_stage WHERE shop_id = $1 AND run_id = $2 ORDER BY position`,
    [shopId, run.id],
  );
  return { ...run, stages };
};

/** What an older run has read is no longer how the shop is: it is read anew. */
const CARRIED_ON_FOR_MS = 24 * 3_600_000;

/** Works that read the shop. What was read for the last wish serves the next; the others do what is wished at the time. */
const READINGS: ReadonlySet<WorkKind> = new Set(["sync", "catch_up"]);

const isUntouched = ({ stages }: SyncRun): boolean => stages.every(({ status }) => status === "waiting");

/**
 * For a job: a new run with all its stages waiting. One that is unfinished, younger than a day and of this installation is
 * carried on instead: what it has done stays done.
 */
export const startWork = (pool: pg.Pool, shopId: number, kind: WorkKind, now: Date): Promise<SyncRun> =>
  inTransaction(pool, (client) => begin(client, { shopId, kind, now }, () => true));

/**
 * Starts a work that is wished for and queues its job, both or neither, so that whoever looks next sees that it runs. What
 * was half done for an earlier wish (another plan, other cost rules) is done again, unless it was only read.
 */
export const requestWork = (pool: pg.Pool, shopId: number, kind: WorkKind, now: Date): Promise<SyncRun> =>
  inTransaction(pool, async (client) => {
    const run = await begin(client, { shopId, kind, now }, (latest) => READINGS.has(kind) || isUntouched(latest));
    await client.query(ADD_WORK_JOB, [shopId, kind, 0]);
    return run;
  });

const begin = async (
  client: pg.PoolClient,
  { shopId, kind, now }: { readonly shopId: number; readonly kind: WorkKind; readonly now: Date },
  canServe: (latest: SyncRun) => boolean,
): Promise<SyncRun> => {
  // Two who start a work of one shop at once take turns, and the second carries on what the first began.
  const { rows } = await client.query<{ installedAt: Date }>(
    `SELECT installed_at AS "installedAt" FROM shop WHERE id = $1 FOR NO KEY UPDATE`,
    [shopId],
  );
  const latest = await latestWork(client, shopId, kind);
  const notBefore = Math.max(rows[0]?.installedAt.getTime() ?? 0, now.getTime() - CARRIED_ON_FOR_MS);
  if (latest && latest.status !== "finished" && latest.startedAt.getTime() >= notBefore && canServe(latest)) {
    await client.query(
      "UPDATE sync_run SET status = 'running', finished_at = NULL, error_code = NULL WHERE shop_id = $1 AND id = $2",
      [shopId, latest.id],
    );
    return { ...latest, status: "running", errorCode: null };
  }
  // One that is at work now says itself how it ended.
  await client.query(
    `UPDATE sync_run SET status = 'failed', finished_at = $3, error_code = 'superseded'
     WHERE shop_id = $1 AND kind = $2 AND status = 'running'`,
    [shopId, kind, now],
  );
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
  readonly afterId?: bigint | null;
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
       seconds_left = CASE WHEN $10 THEN $11::int ELSE seconds_left END, after_id = coalesce($12, after_id)
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
      change.afterId ?? null,
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

/**
 * Since when a shop is to be read to catch up: an hour before the latest finished reading began, since it read what there
 * was then, and Shopify's lists may lag behind. Null where none has finished since the shop was installed.
 */
export const readUpTo = async (pool: pg.Pool, shopId: number): Promise<Date | null> => {
  const { rows } = await pool.query<{ at: Date | null }>(
    `SELECT max(started_at) - interval '1 hour' AS at FROM sync_run JOIN shop ON shop.id = shop_id
     WHERE shop_id = $1 AND kind IN ('sync', 'catch_up') AND status = 'finished' AND started_at >= installed_at`,
    [shopId],
  );
  return rows[0]?.at ?? null;
};

/** Has the work that waits for a bulk operation of Shopify's carried on now; where none does, nothing happens. */
export const wakeWorkWaitingFor = async (pool: pg.Pool, shopId: number, bulkOperationId: bigint): Promise<void> => {
  const { rows } = await pool.query<{ kind: WorkKind }>(
    `SELECT kind FROM sync_run run JOIN sync_stage stage ON stage.shop_id = run.shop_id AND stage.run_id = run.id
     WHERE run.shop_id = $1 AND run.status = 'running' AND bulk_operation_id = $2 AND stage.status = 'reading'`,
    [shopId, bulkOperationId],
  );
  const [waiting] = rows;
  if (waiting) await pool.query(WAKE_WORK_JOB, [shopId, waiting.kind]);
};

/** What was exported before is read anew: by works that are under way, something is no longer to be read from it. */
export const forgetExports = async (pool: pg.Pool, shopId: number): Promise<void> => {
  await pool.query(
    `UPDATE sync_stage stage SET bulk_operation_id = NULL FROM sync_run run
     WHERE stage.shop_id = $1 AND run.shop_id = $1 AND run.id = run_id AND run.status <> 'finished'
       AND stage.status NOT IN ('finished', 'skipped')`,
    [shopId],
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

/**
 * Works that are said to run while no job is left that would: their worker was killed at the last try, or the database took
 * nothing any more when they failed. They have failed, so that the page says so and offers to try again.
 *
 * @returns how many
 */
export const endGivenUpWorks = async (pool: pg.Pool, now: Date): Promise<number> => {
  const { rowCount } = await pool.query(
    `UPDATE sync_run SET status = 'failed', finished_at = $1, error_code = 'given-up'
     WHERE status = 'running' AND NOT EXISTS (
       SELECT 1 FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
       WHERE task.identifier = sync_run.kind::text || '_shop' AND (job.payload ->> 'shopId')::int = sync_run.shop_id
         AND (job.attempts < job.max_attempts OR job.locked_at IS NOT NULL))`,
    [now],
  );
  return rowCount ?? 0;
};
