import type pg from "pg";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import { APART_TOPICS } from "#app/core/webhooks/topics.ts";
import { parseSubject } from "#app/db/privacy/subject-json.ts";

export interface EventKey {
  readonly eventId: string;
  readonly topic: string;
}

export interface InboxKey extends EventKey {
  readonly shopId: number;
}

/** An event that is still to be worked off by its own job. */
export interface ApartEvent {
  readonly subject: string | null;
  readonly triggeredAt: Date | null;
  readonly person: DataSubject | null;
  readonly receivedAt: Date;
}

export const findEvent = async (pool: pg.Pool, key: InboxKey): Promise<ApartEvent | null> => {
  const { rows } = await pool.query<Omit<ApartEvent, "person"> & { details: unknown }>(
    `SELECT subject, triggered_at AS "triggeredAt", received_at AS "receivedAt", details FROM inbox_event
     WHERE shop_id = $1 AND event_id = $2 AND topic = $3 AND status <> 'done'`,
    [key.shopId, key.eventId, key.topic],
  );
  const [row] = rows;
  if (!row) return null;
  const { details, ...event } = row;
  return { ...event, person: details === null ? null : parseSubject(details) };
};

/** An event that is worked off together with others. */
export interface WaitingEvent extends EventKey {
  readonly subject: string | null;
  /** How often it has failed. */
  readonly attempts: number;
}

/** Of a shop's events that are due, those that came first. */
export const waitingEvents = async (
  pool: pg.Pool,
  shopId: number,
  now: Date,
  limit: number,
): Promise<WaitingEvent[]> => {
  const { rows } = await pool.query<WaitingEvent>(
    `SELECT event_id AS "eventId", topic, subject, attempts FROM inbox_event
     WHERE shop_id = $1 AND status = 'waiting' AND (try_at IS NULL OR try_at <= $2) AND topic <> ALL ($3)
     ORDER BY received_at, event_id LIMIT $4`,
    [shopId, now, APART_TOPICS, limit],
  );
  return rows;
};

/** When the next event that has failed before is due; null where none is waiting. */
export const nextDue = async (pool: pg.Pool, shopId: number): Promise<Date | null> => {
  const { rows } = await pool.query<{ at: Date | null }>(
    `SELECT min(try_at) AS at FROM inbox_event WHERE shop_id = $1 AND status = 'waiting' AND topic <> ALL ($2)`,
    [shopId, APART_TOPICS],
  );
  return rows[0]?.at ?? null;
};

/** Shops with an event that is due: whoever was to work it off may have gone. */
export const shopsWithEventsDue = async (pool: pg.Pool, now: Date): Promise<number[]> => {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT id FROM shop WHERE uninstalled_at IS NULL AND EXISTS (
       SELECT 1 FROM inbox_event WHERE shop_id = shop.id AND status = 'waiting' AND (try_at IS NULL OR try_at <= $1)
         AND topic <> ALL ($2)
     ) ORDER BY id`,
    [now, APART_TOPICS],
  );
  return rows.map(({ id }) => id);
};

const keys = (events: readonly EventKey[]): [string[], string[]] => [
  events.map(({ eventId }) => eventId),
  events.map(({ topic }) => topic),
];

/** Events that are done are remembered by their ids alone: whom one was about is erased. */
export const markDone = async (
  pool: pg.Pool,
  shopId: number,
  events: readonly EventKey[],
  now: Date,
): Promise<void> => {
  await pool.query(
    `UPDATE inbox_event SET status = 'done', details = NULL, handled_at = $4, error_code = NULL, error_message = NULL
     FROM unnest($2::text[], $3::text[]) AS done (event_id, topic)
     WHERE shop_id = $1 AND inbox_event.event_id = done.event_id AND inbox_event.topic = done.topic`,
    [shopId, ...keys(events), now],
  );
};

export interface Failure {
  readonly code: string;
  readonly message: string;
  /** When it is tried again; null: it is set aside. */
  readonly tryAt: Date | null;
}

export const markFailed = async (
  pool: pg.Pool,
  shopId: number,
  events: readonly EventKey[],
  { code, message, tryAt }: Failure,
): Promise<void> => {
  await pool.query(
    `UPDATE inbox_event SET attempts = attempts + 1, error_code = $4, error_message = $5, try_at = $6,
       status = CASE WHEN $6::timestamptz IS NULL THEN 'failed'::inbox_status ELSE 'waiting' END
     FROM unnest($2::text[], $3::text[]) AS bad (event_id, topic)
     WHERE shop_id = $1 AND inbox_event.event_id = bad.event_id AND inbox_event.topic = bad.topic`,
    [shopId, ...keys(events), code, message, tryAt],
  );
};
