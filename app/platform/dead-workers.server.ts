import type { WorkerEvents, WorkerUtils } from "graphile-worker";
import type pg from "pg";
import type { Logger } from "./logger.server.ts";

/**
 * graphile-worker keeps the jobs of a worker that was killed for four hours, in case it is only slow. Here a worker shows
 * that it lives by holding an advisory lock of PostgreSQL's, which goes with its connection, however it ends.
 */

const LOCK_OF = "hashtextextended($1, 0)";

export interface LifeSigns {
  stop(): void;
}

/** Holds the lock of every worker that starts in this process. */
export const showLife = async (pool: pg.Pool, events: WorkerEvents): Promise<LifeSigns> => {
  const client = await pool.connect();
  let locking: Promise<unknown> = Promise.resolve();
  events.on("worker:create", ({ worker }) => {
    const lock = (): Promise<unknown> => client.query(`SELECT pg_advisory_lock(${LOCK_OF})`, [worker.workerId]);
    // One after the other: a connection takes one query at a time.
    locking = locking.then(lock).catch(() => undefined);
  });
  // The connection is closed and not given back: the locks must not outlive the workers in a pool.
  return { stop: () => client.release(true) };
};

/** Frees the jobs of workers that hold their lock no more. @returns the workers that were found dead */
export const unlockDeadWorkers = async (pool: pg.Pool, utils: WorkerUtils, logger: Logger): Promise<string[]> => {
  const { rows } = await pool.query<{ worker: string }>(
    "SELECT DISTINCT locked_by AS worker FROM graphile_worker.jobs WHERE locked_by IS NOT NULL",
  );
  const dead: string[] = [];
  for (const { worker } of rows) {
    // Taken for this statement's transaction only: whoever gets it knows that the worker does not have it.
    const taken = await pool.query<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK_OF}) AS free`, [worker]);
    if (taken.rows[0]?.free) dead.push(worker);
  }
  if (dead.length > 0) {
    await utils.forceUnlockWorkers(dead);
    logger.warn({ workers: dead }, "jobs of dead workers freed");
  }
  return dead;
};
