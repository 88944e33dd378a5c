import type pg from "pg";
import { DATA_REQUEST_DAYS, daysBefore, INBOX_DAYS } from "#app/core/privacy/data-subject.ts";
import { COMPLIANCE_TOPICS } from "#app/core/webhooks/topics.ts";
import { ADD_INBOX_JOB } from "#app/platform/jobs.server.ts";

export interface CleanedUp {
  /** Deleted. */
  readonly inboxEvents: number;
  readonly dataRequests: number;
  /** Put back into the queue. */
  readonly triedAgain: number;
}

/** What Shopify asks about personal data is kept until it is done, however long that takes. */
const IS_COMPLIANCE = "topic = ANY ($2)";

/** A job gives up after two days of trying. */
const GIVEN_UP_AFTER_DAYS = 2;

/**
 * The daily deleting, over all shops: webhooks that were worked off, or that nobody will work off any more, and the files
 * of data requests. What Shopify asked about personal data and did not work is tried again, every day until it does.
 */
export const cleanUp = async (pool: pg.Pool, now: Date): Promise<CleanedUp> => {
  const events = await pool.query(
    `DELETE FROM inbox_event WHERE received_at <= $1 AND (status = 'done' OR NOT ${IS_COMPLIANCE})`,
    [daysBefore(now, INBOX_DAYS), COMPLIANCE_TOPICS],
  );
  const requests = await pool.query("DELETE FROM data_request WHERE requested_at <= $1", [
    daysBefore(now, DATA_REQUEST_DAYS),
  ]);
  const { rows } = await pool.query<{ shopId: number; eventId: string; topic: string }>(
    `SELECT shop_id AS "shopId", event_id AS "eventId", topic FROM inbox_event
     WHERE status <> 'done' AND ${IS_COMPLIANCE} AND received_at <= $1`,
    [daysBefore(now, GIVEN_UP_AFTER_DAYS), COMPLIANCE_TOPICS],
  );
  for (const { shopId, eventId, topic } of rows) await pool.query(ADD_INBOX_JOB, [shopId, eventId, topic]);
  return { inboxEvents: events.rowCount ?? 0, dataRequests: requests.rowCount ?? 0, triedAgain: rows.length };
};
