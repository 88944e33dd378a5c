import type pg from "pg";
import { everyTable, fillEveryTable, rowsOf } from "./every-table.ts";

/** Another shop in the same database, with a row in every table; everything in them is marked. */
export const NEIGHBOUR = { id: 31_337, domain: "canary.myshopify.com" };
const MARKS = { number: 31_337, text: "canary" };

/** The neighbour's rows, by table: what nobody else may see or change. */
export interface Neighbour {
  /** The number of a job of theirs that was given up. */
  readonly failedJob: string;
  rows(): Promise<ReadonlyMap<string, readonly string[]>>;
}

const FAILED_JOB = `
  WITH task AS (INSERT INTO graphile_worker._private_tasks (identifier) VALUES ('canary') RETURNING id),
    queue AS (INSERT INTO graphile_worker._private_job_queues (queue_name) VALUES ($1) RETURNING id)
  INSERT INTO graphile_worker._private_jobs (task_id, job_queue_id, attempts, max_attempts, last_error, payload)
  SELECT task.id, queue.id, 1, 1, 'canary', '{}' FROM task, queue RETURNING id::text`;

const MORE_REBATES = `
  INSERT INTO early_payment_rebate SELECT more.* FROM early_payment_rebate rebate, generate_series(1, 2) AS n,
    jsonb_populate_record(rebate, jsonb_build_object('order_id', order_id * 10 + n, 'amount', 0, 'expired', 0,
      'taken_back', 0, 'due_back', 0)) more WHERE rebate.shop_id = $1`;

export const moveIn = async (pool: pg.Pool): Promise<Neighbour> => {
  await fillEveryTable(pool, NEIGHBOUR, MARKS);
  // Nothing is left out because the shop has gone, or because an order does not count, or a cost is known.
  await pool.query("UPDATE shop SET uninstalled_at = NULL WHERE id = $1", [NEIGHBOUR.id]);
  await pool.query('UPDATE "order" SET counted = true WHERE shop_id = $1', [NEIGHBOUR.id]);
  await pool.query("UPDATE unit_cost SET amount = NULL WHERE shop_id = $1", [NEIGHBOUR.id]);
  await pool.query("UPDATE inbox_event SET status = 'failed' WHERE shop_id = $1", [NEIGHBOUR.id]);
  await pool.query(`UPDATE data_request SET file = '{"whose":"canary"}' WHERE shop_id = $1`, [NEIGHBOUR.id]);
  // Paid late; and three discounts for early payment that wait for a person.
  await pool.query("UPDATE invoice SET due_day = '2026-09-01' WHERE shop_id = $1", [NEIGHBOUR.id]);
  await pool.query(
    "UPDATE early_payment_rebate SET status = 'held', paid_as = 'store-credit', transaction_id = NULL WHERE shop_id = $1",
    [NEIGHBOUR.id],
  );
  await pool.query(MORE_REBATES, [NEIGHBOUR.id]);
  const isTheirs = (row: string): boolean =>
    row.includes(`"shop_id":${NEIGHBOUR.id},`) || row.includes(NEIGHBOUR.domain);
  const { rows: jobs } = await pool.query<{ id: string }>(FAILED_JOB, [`shop:${NEIGHBOUR.id}`]);
  return {
    failedJob: jobs[0]?.id ?? "",
    rows: async () => {
      const tables = await everyTable(pool);
      const rows = await Promise.all(tables.map((name) => rowsOf(pool, `"${name}"`)));
      return new Map(tables.map((name, index) => [name, (rows[index] ?? []).filter(isTheirs)]));
    },
  };
};

/** What an answer would show of the neighbour: its text, a number of its own, or an amount in cents. */
export const TRACES = /canary|31[,_]?337|313\.37/;
