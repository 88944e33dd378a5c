import type pg from "pg";
import { ADD_INBOX_JOB } from "#app/platform/jobs.server.ts";
import { inTransaction } from "./pool.server.ts";

export interface InboxEvent {
  readonly eventId: string;
  readonly topic: string;
  /** The global id of what the event is about. */
  readonly subject: string | null;
  readonly triggeredAt: Date | null;
}

/**
 * Keeps a webhook and queues its job, both or neither. An event that came before is recognised and left alone.
 *
 * @returns false when there is no such shop
 */
export const receive = (pool: pg.Pool, domain: string, event: InboxEvent, now: Date): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: number }>("SELECT id FROM shop WHERE domain = $1", [domain]);
    const shopId = rows[0]?.id;
    if (shopId === undefined) return false;
    const { rowCount } = await client.query(
      `INSERT INTO inbox_event (shop_id, event_id, topic, subject, triggered_at, received_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [shopId, event.eventId, event.topic, event.subject, event.triggeredAt, now],
    );
    if (rowCount === 1) await client.query(ADD_INBOX_JOB, [shopId, event.eventId, event.topic]);
    return true;
  });

export interface InboxKey {
  readonly shopId: number;
  readonly eventId: string;
  readonly topic: string;
}

export const findEvent = async (
  pool: pg.Pool,
  key: InboxKey,
): Promise<Pick<InboxEvent, "subject" | "triggeredAt"> | null> => {
  const { rows } = await pool.query<Pick<InboxEvent, "subject" | "triggeredAt">>(
    "SELECT subject, triggered_at AS \"triggeredAt\" FROM inbox_event WHERE shop_id = $1 AND event_id = $2 AND topic = $3 AND status <> 'done'",
    [key.shopId, key.eventId, key.topic],
  );
  return rows[0] ?? null;
};

export const markEvent = async (pool: pg.Pool, key: InboxKey, status: "done" | "failed"): Promise<void> => {
  await pool.query("UPDATE inbox_event SET status = $4 WHERE shop_id = $1 AND event_id = $2 AND topic = $3", [
    key.shopId,
    key.eventId,
    key.topic,
    status,
  ]);
};
