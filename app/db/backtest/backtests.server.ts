import type pg from "pg";
import { z } from "zod";
import { NO_COUNTS, type BacktestCounts } from "#app/core/backtest/totals.ts";
import { OUTSIDE } from "#app/core/backtest/outside.ts";
import { requestWork } from "#app/db/sync-progress.server.ts";

/** The last order of a back-test that is done: by customer, by when it was placed, by number. */
export interface BacktestCursor {
  readonly customerId: bigint;
  readonly at: Date;
  readonly orderId: bigint;
}

/** A plan tried on past orders. */
export interface Backtest {
  readonly id: number;
  readonly version: number;
  /** Null: all orders. */
  readonly windowDays: number | null;
  /** Orders placed from then on, through `untilAt`. */
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly status: "waiting" | "running" | "finished" | "cancelled";
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  /** Orders; null while they are not counted. */
  readonly total: number | null;
  readonly done: number;
  readonly seconds: number;
  readonly counts: BacktestCounts;
  readonly after: BacktestCursor | null;
}

const belowCounts = z.object({
  floorOrders: z.int(),
  floorLines: z.int(),
  costOrders: z.int(),
  costLines: z.int(),
});

const counts: z.ZodType<BacktestCounts> = z.object({
  orders: z.int(),
  lines: z.int(),
  outside: z.partialRecord(z.enum(OUTSIDE), z.int()),
  underPlan: z.int(),
  ordersThatDiffer: z.int(),
  linesThatDiffer: z.int(),
  withOthers: z.int(),
  linesWithoutCost: z.int(),
  below: z.object({ past: belowCounts, candidate: belowCounts }),
});

interface Row extends Omit<Backtest, "counts" | "after"> {
  readonly counts: object;
  readonly afterCustomer: bigint | null;
  readonly afterAt: Date | null;
  readonly afterOrder: bigint | null;
}

const SELECT = `SELECT id, version, window_days AS "windowDays", from_at AS "fromAt", until_at AS "untilAt", status,
    requested_at AS "requestedAt", finished_at AS "finishedAt", total, done, seconds, counts,
    after_customer AS "afterCustomer", after_at AS "afterAt", after_order AS "afterOrder"
  FROM backtest WHERE shop_id = $1`;

const toBacktest = ({ counts: counted, afterCustomer, afterAt, afterOrder, ...row }: Row): Backtest => ({
  ...row,
  counts: Object.keys(counted).length === 0 ? NO_COUNTS : counts.parse(counted),
  after:
    afterCustomer === null || afterAt === null || afterOrder === null
      ? null
      : { customerId: afterCustomer, at: afterAt, orderId: afterOrder },
});

const MOST_SHOWN = 50;

/** The shop's back-tests, latest first. */
export const backtests = async (pool: pg.Pool, shopId: number): Promise<Backtest[]> => {
  const { rows } = await pool.query<Row>(`${SELECT} ORDER BY id DESC LIMIT $2`, [shopId, MOST_SHOWN]);
  return rows.map(toBacktest);
};

export const backtestById = async (pool: pg.Pool, shopId: number, id: number): Promise<Backtest | null> => {
  const { rows } = await pool.query<Row>(`${SELECT} AND id = $2`, [shopId, id]);
  return rows[0] ? toBacktest(rows[0]) : null;
};

/** The latest one that is finished; null where none is. */
export const latestFinished = async (pool: pg.Pool, shopId: number): Promise<Backtest | null> => {
  const { rows } = await pool.query<Row>(`${SELECT} AND status = 'finished' ORDER BY id DESC LIMIT 1`, [shopId]);
  return rows[0] ? toBacktest(rows[0]) : null;
};

export interface BacktestToRequest {
  readonly version: number;
  readonly windowDays: number | null;
  readonly requestedBy: string;
  readonly now: Date;
}

/** The first instant of the shop's day on which the window begins; the beginning of time where all orders count. */
const BEGINNING = `CASE WHEN $3::int IS NULL THEN timestamptz 'epoch'
  ELSE (($4::timestamptz AT TIME ZONE time_zone)::date - $3::int + 1)::timestamp AT TIME ZONE time_zone END`;

/**
 * Has a plan tried on the orders that there are now: on those of the last days of the shop's, today included, or on all.
 *
 * @returns the back-test's number
 */
export const requestBacktest = async (
  pool: pg.Pool,
  shopId: number,
  { version, windowDays, requestedBy, now }: BacktestToRequest,
): Promise<number> => {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO backtest (shop_id, version, window_days, from_at, until_at, requested_at, requested_by)
     SELECT $1, $2, $3, ${BEGINNING}, $4, $4, $5 FROM shop WHERE id = $1 RETURNING id`,
    [shopId, version, windowDays, now, requestedBy],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The back-test was not saved");
  await requestWork(pool, shopId, "backtest", now);
  return id;
};

/** Has one that is waiting or at work stopped. @returns false where there is none */
export const cancelBacktest = async (pool: pg.Pool, shopId: number, id: number, now: Date): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `UPDATE backtest SET status = 'cancelled', finished_at = $3
     WHERE shop_id = $1 AND id = $2 AND status IN ('waiting', 'running')`,
    [shopId, id, now],
  );
  return rowCount === 1;
};

/** Deletes one with all that it found; one that is at work stops. @returns false where there is none */
export const deleteBacktest = async (pool: pg.Pool, shopId: number, id: number): Promise<boolean> => {
  const { rowCount } = await pool.query("DELETE FROM backtest WHERE shop_id = $1 AND id = $2", [shopId, id]);
  return rowCount === 1;
};

/** How many orders it is about. */
const COUNT = `SELECT count(*)::int FROM "order" WHERE "order".shop_id = $1 AND facts IS NOT NULL
  AND processed_at >= from_at AND processed_at <= until_at`;

/** The next one to work on: the one that was asked for first of those that are not done. Its orders are counted. */
export const nextBacktest = async (pool: pg.Pool, shopId: number): Promise<Backtest | null> => {
  const { rows } = await pool.query<{ id: number }>(
    `UPDATE backtest SET status = 'running', total = coalesce(total, (${COUNT}))
     WHERE shop_id = $1 AND id = (
       SELECT min(id) FROM backtest WHERE shop_id = $1 AND status IN ('waiting', 'running')) RETURNING id`,
    [shopId],
  );
  return rows[0] ? backtestById(pool, shopId, rows[0].id) : null;
};

/** One whose orders are all done is finished. */
export const finishBacktest = async (pool: pg.Pool, shopId: number, id: number, now: Date): Promise<void> => {
  await pool.query(
    "UPDATE backtest SET status = 'finished', finished_at = $3 WHERE shop_id = $1 AND id = $2 AND status = 'running'",
    [shopId, id, now],
  );
};
