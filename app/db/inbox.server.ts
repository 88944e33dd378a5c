import type pg from "pg";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import { ADD_INBOX_JOB } from "#app/platform/jobs.server.ts";
import { inTransaction } from "./pool.server.ts";
import { parseSubject, printSubject } from "./privacy/subject-json.ts";

export interface InboxEvent {
  readonly eventId: string;
  readonly topic: string;
  /** The global id of what the event is about. */
  readonly subject: string | null;
  readonly triggeredAt: Date | null;
  /** Whom a compliance webhook is about; null for all others. */
  readonly person: DataSubject | null;
}

/**
 * Keeps a webhook and queues its job, both or neither. An event that came before is recognised and left alone.
 *
 * @returns false when there is no such shop
 */
export const receive = (pool: pg.Pool, domain: string, event: InboxEvent, now: Date): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    // Held while the event is written: a shop that is being erased takes no more.
    const { rows } = await client.query<{ id: number }>("SELECT id FROM shop WHERE domain = $1 FOR KEY SHARE", [
      domain,
    ]);
    const shopId = rows[0]?.id;
    if (shopId === undefined) return false;
    const { rowCount } = await client.query(
      `INSERT INTO inbox_event (shop_id, event_id, topic, subject, triggered_at, received_at, details)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [
        shopId,
        event.eventId,
        event.topic,
        event.subject,
        event.triggeredAt,
        now,
        event.person && printSubject(event.person),
      ],
    );
    if (rowCount === 1) await client.query(ADD_INBOX_JOB, [shopId, event.eventId, event.topic]);
    return true;
  });

export interface InboxKey {
  readonly shopId: number;
  readonly eventId: string;
  readonly topic: string;
}

/** An event that is still to be worked off. */
export type WaitingEvent = Pick<InboxEvent, "subject" | "triggeredAt" | "person"> & { readonly receivedAt: Date };

export const findEvent = async (pool: pg.Pool, key: InboxKey): Promise<WaitingEvent | null> => {
  const { rows } = await pool.query<Omit<WaitingEvent, "person"> & { details: unknown }>(
    `SELECT subject, triggered_at AS "triggeredAt", received_at AS "receivedAt", details FROM inbox_event
     WHERE shop_id = $1 AND event_id = $2 AND topic = $3 AND status <> 'done'`,
    [key.shopId, key.eventId, key.topic],
  );
  const [row] = rows;
  if (!row) return null;
  const { details, ...event } = row;
  return { ...event, person: details === null ? null : parseSubject(details) };
};

/** An event that is done is remembered by its id alone: whom it was about is erased. */
export const markDone = async (pool: pg.Pool, key: InboxKey): Promise<void> => {
  await pool.query(
    "UPDATE inbox_event SET status = 'done', details = NULL WHERE shop_id = $1 AND event_id = $2 AND topic = $3",
    [key.shopId, key.eventId, key.topic],
  );
};
