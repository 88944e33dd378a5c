import type pg from "pg";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import { ADD_DRAIN_JOB, ADD_INBOX_JOB } from "#app/platform/jobs.server.ts";
import { inTransaction, isDatabaseAway } from "#app/db/pool.server.ts";
import { printSubject } from "#app/db/privacy/subject-json.ts";

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
 * Keeps a webhook that has a job of its own, and queues the job, both or neither. An event that came before is recognised
 * and left alone.
 *
 * @returns false when there is no such shop
 */
export const receiveApart = (pool: pg.Pool, domain: string, event: InboxEvent, now: Date): Promise<boolean> =>
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

/** A webhook as it came in, and from which shop. */
export interface Received {
  readonly domain: string;
  readonly event: Omit<InboxEvent, "person">;
  readonly at: Date;
}

const RECEIVE = `
  WITH told AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
      AS t (domain, event_id, topic, subject, triggered_at, received_at)
  ), shops AS (
    SELECT id, domain FROM shop WHERE domain = ANY ($1) ORDER BY id FOR KEY SHARE
  ), kept AS (
    INSERT INTO inbox_event (shop_id, event_id, topic, subject, triggered_at, received_at)
    SELECT shops.id, event_id, topic, subject, triggered_at, received_at FROM told JOIN shops USING (domain)
    ON CONFLICT DO NOTHING RETURNING shop_id
  )
  SELECT ${ADD_DRAIN_JOB("shop_id")} FROM (SELECT DISTINCT shop_id FROM kept ORDER BY shop_id) drained`;

/** Keeps some webhooks and has their shops' inboxes worked off, in one statement: all or none. Those known are left alone. */
const receiveTogether = async (pool: pg.Pool, received: readonly Received[]): Promise<void> => {
  await pool.query(RECEIVE, [
    received.map(({ domain }) => domain),
    received.map(({ event }) => event.eventId),
    received.map(({ event }) => event.topic),
    received.map(({ event }) => event.subject),
    received.map(({ event }) => event.triggeredAt),
    received.map(({ at }) => at),
  ]);
};

interface Waiting {
  readonly received: Received;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MOST_TOGETHER = 500;

/**
 * Where webhooks come in. Those that arrive while others are being committed wait for them and are committed together: the
 * more there are, the more each commit carries.
 *
 * @returns keeps a webhook; resolves when it is on disk, and throws when it is not
 */
export const createInbox = (pool: pg.Pool): ((received: Received) => Promise<void>) => {
  let waiting: Waiting[] = [];
  let isCommitting = false;
  const commit = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      await receiveTogether(
        pool,
        batch.map(({ received }) => received),
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1 || isDatabaseAway(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      // One that cannot be kept must not keep the others out.
      await Promise.all(batch.map((one) => commit([one])));
    }
  };
  const commitAll = async (): Promise<void> => {
    isCommitting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_TOGETHER);
      waiting = waiting.slice(MOST_TOGETHER);
      await commit(batch);
    }
    isCommitting = false;
  };
  return (received) =>
    new Promise((resolve, reject) => {
      waiting.push({ received, resolve, reject });
      if (!isCommitting) void commitAll();
    });
};
