import type pg from "pg";
import type { EventKey } from "#app/db/inbox/waiting-events.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { ADD_DRAIN_JOB } from "#app/platform/jobs.server.ts";

/** How the webhooks of one topic come in. */
export interface TopicHealth {
  readonly topic: string;
  readonly lastAt: Date;
  /** In the last 24 hours. */
  readonly lately: number;
}

/** How a shop's inbox is doing. */
export interface InboxHealth {
  readonly waiting: number;
  /** When the one came in that has been waiting the longest. */
  readonly waitingSince: Date | null;
  readonly setAside: number;
  /** Seconds from when it happened until its figures were there, of webhooks of the last 24 hours; null where there were none. */
  readonly medianSeconds: number | null;
  readonly topics: readonly TopicHealth[];
}

const LATELY = "received_at > $2::timestamptz - interval '24 hours'";

const COUNTS = `
  SELECT count(*) FILTER (WHERE status = 'waiting')::int AS waiting,
    min(received_at) FILTER (WHERE status = 'waiting') AS "waitingSince",
    count(*) FILTER (WHERE status = 'failed')::int AS "setAside"
  FROM inbox_event WHERE shop_id = $1 AND status <> 'done'`;

const MEDIAN = `
  SELECT percentile_cont(0.5) WITHIN GROUP (
    ORDER BY extract(epoch FROM handled_at - coalesce(least(triggered_at, received_at), received_at))) AS seconds
  FROM inbox_event WHERE shop_id = $1 AND status = 'done' AND ${LATELY}`;

const BY_TOPIC = `
  SELECT topic, max(received_at) AS "lastAt", count(*) FILTER (WHERE ${LATELY})::int AS lately
  FROM inbox_event WHERE shop_id = $1 GROUP BY topic ORDER BY max(received_at) DESC, topic`;

export const inboxHealth = async (pool: pg.Pool, shopId: number, now: Date): Promise<InboxHealth> => {
  const [counts, median, topics] = await Promise.all([
    pool.query<Pick<InboxHealth, "waiting" | "waitingSince" | "setAside">>(COUNTS, [shopId]),
    pool.query<{ seconds: number | null }>(MEDIAN, [shopId, now]),
    pool.query<TopicHealth>(BY_TOPIC, [shopId, now]),
  ]);
  const [count] = counts.rows;
  if (!count) throw new Error("An aggregate without a row");
  return { ...count, medianSeconds: median.rows[0]?.seconds ?? null, topics: topics.rows };
};

/** A webhook that has failed so often that it was set aside. */
export interface SetAside {
  readonly eventId: string;
  readonly topic: string;
  readonly subject: string | null;
  readonly receivedAt: Date;
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** Webhooks that were set aside, those that came last first. */
export const setAsideEvents = async (pool: pg.Pool, shopId: number, limit: number): Promise<SetAside[]> => {
  const { rows } = await pool.query<SetAside>(
    `SELECT event_id AS "eventId", topic, subject, received_at AS "receivedAt", attempts, error_code AS "errorCode",
       error_message AS "errorMessage"
     FROM inbox_event WHERE shop_id = $1 AND status = 'failed' ORDER BY received_at DESC, event_id LIMIT $2`,
    [shopId, limit],
  );
  return rows;
};

/** Has webhooks that were set aside tried again: all, or the one that is named. @returns how many */
export const retryEvents = (pool: pg.Pool, shopId: number, only: EventKey | null): Promise<number> =>
  inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE inbox_event SET status = 'waiting', attempts = 0, try_at = NULL
       WHERE shop_id = $1 AND status = 'failed' AND ($2::text IS NULL OR (event_id = $2 AND topic = $3))`,
      [shopId, only?.eventId ?? null, only?.topic ?? null],
    );
    if (rowCount) await client.query(`SELECT ${ADD_DRAIN_JOB("$1::int", "0")}`, [shopId]);
    return rowCount ?? 0;
  });

/** A job that was given up after its last try. */
export interface FailedJob {
  readonly id: string;
  readonly name: string;
  readonly failedAt: Date;
  readonly error: string;
}

const IS_OF_SHOP =
  "queue_name IN ('shop:' || $1::int, 'inbox:' || $1::int, 'rebates:' || $1::int) AND attempts >= max_attempts AND locked_at IS NULL";

export const failedJobs = async (pool: pg.Pool, shopId: number): Promise<FailedJob[]> => {
  const { rows } = await pool.query<FailedJob>(
    `SELECT id::text, task_identifier AS name, updated_at AS "failedAt", coalesce(last_error, '') AS error
     FROM graphile_worker.jobs WHERE ${IS_OF_SHOP} ORDER BY updated_at DESC`,
    [shopId],
  );
  return rows;
};

/** Has one of the shop's failed jobs tried again. @returns its name; null where there is none of that number */
export const retryJob = async (pool: pg.Pool, shopId: number, id: string): Promise<string | null> => {
  const { rows } = await pool.query<{ name: string }>(
    `WITH found AS (SELECT id, task_identifier AS name FROM graphile_worker.jobs WHERE ${IS_OF_SHOP} AND id::text = $2),
       again AS (SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM found), run_at => now(), attempts => 0))
     SELECT name FROM found, again`,
    [shopId, id],
  );
  return rows[0]?.name ?? null;
};
