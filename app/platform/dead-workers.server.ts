import type { WorkerEvents, WorkerUtils } from "graphile-worker";
import type pg from "pg";
import type { Logger } from "./logger.server.ts";

/**
 * graphile-worker keeps the jobs of a worker that was killed for four hours, in case it is only slow. Here a worker shows
 * that it lives by holding an advisory lock of PostgreSQL's, which goes with its connection, however it ends.
 */

const LOCK_OF = "hashtextextended($1, 0)";
const RECONNECT_MS = 1000;
/** A worker that lives holds its lock again by then, also when the database was started anew and all locks were lost. */
const LOOK_AGAIN_AFTER_MS = 5 * RECONNECT_MS;

export interface LifeSigns {
  /** The workers of this process: whatever becomes of a connection, they are not dead. */
  readonly own: ReadonlySet<string>;
  stop(): void;
}

/** Holds the lock of every pool of workers that starts in this process, on another connection when the one it had is lost. */
export const showLife = async (pool: pg.Pool, events: WorkerEvents): Promise<LifeSigns> => {
  const own = new Set<string>();
  let isStopped = false;
  let client: pg.PoolClient | null = null;
  // One after the other: a connection takes one query at a time.
  let locking: Promise<unknown> = Promise.resolve();
  const lock = (worker: string): void => {
    const held = client;
    locking = locking.then(() => held?.query(`SELECT pg_advisory_lock(${LOCK_OF})`, [worker])).catch(() => undefined);
  };
  const connect = async (): Promise<void> => {
    const connected = await pool.connect();
    connected.once("error", () => {
      connected.release(true);
      if (!isStopped) retry();
    });
    client = connected;
    for (const worker of own) lock(worker);
  };
  const retry = (): void => {
    client = null;
    setTimeout(() => void connect().catch(retry), RECONNECT_MS).unref();
  };
  // Jobs are locked by the pool that its workers belong to, not by the worker.
  events.on("pool:create", ({ workerPool }) => {
    own.add(workerPool.id);
    lock(workerPool.id);
  });
  await connect();
  return {
    own,
    stop: () => {
      isStopped = true;
      // Closed and not given back: the locks must not outlive the workers in a pool.
      client?.release(true);
    },
  };
};

/** Workers that have jobs and hold no lock. */
const lockless = async (pool: pg.Pool, own: ReadonlySet<string>): Promise<string[]> => {
  const { rows } = await pool.query<{ worker: string }>(
    "SELECT DISTINCT locked_by AS worker FROM graphile_worker.jobs WHERE locked_by IS NOT NULL",
  );
  const found: string[] = [];
  for (const { worker } of rows.filter((row) => !own.has(row.worker))) {
    // Taken for this statement's transaction only: whoever gets it knows that the worker does not have it.
    const taken = await pool.query<{ free: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK_OF}) AS free`, [worker]);
    if (taken.rows[0]?.free) found.push(worker);
  }
  return found;
};

/**
 * Frees the jobs of workers that hold their lock no more, and have not taken it again a moment later.
 *
 * @returns the workers that were found dead
 */
export const unlockDeadWorkers = async (
  { pool, utils, logger }: { pool: pg.Pool; utils: WorkerUtils; logger: Logger },
  own: ReadonlySet<string>,
  lookAgainAfterMs = LOOK_AGAIN_AFTER_MS,
): Promise<string[]> => {
  const suspects = await lockless(pool, own);
  if (suspects.length === 0) return [];
  await new Promise((resolve) => setTimeout(resolve, lookAgainAfterMs).unref());
  const again = new Set(await lockless(pool, own));
  const dead = suspects.filter((worker) => again.has(worker));
  if (dead.length > 0) {
    await utils.forceUnlockWorkers(dead);
    logger.warn({ workers: dead }, "jobs of dead workers freed");
  }
  return dead;
};
