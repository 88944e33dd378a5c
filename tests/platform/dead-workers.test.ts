import { makeWorkerUtils, runMigrations, type WorkerUtils } from "graphile-worker";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createQueuePool } from "#app/db/pool.server.ts";
import { createJobs } from "#app/platform/jobs.server.ts";
import { unlockDeadWorkers } from "#app/platform/dead-workers.server.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { testDatabase } from "#tests/setup/test-database.ts";

const logger = createLogger("silent");
let database: Awaited<ReturnType<typeof testDatabase>>;
let pool: pg.Pool;
let utils: WorkerUtils;

beforeAll(async () => {
  database = await testDatabase();
  ({ pool } = database);
  await runMigrations({ pgPool: pool });
  utils = await makeWorkerUtils({ pgPool: pool });
});
afterAll(async () => {
  await utils.release();
  await database.drop();
});

const jobLockedBy = async (worker: string): Promise<string> => {
  const { id } = await utils.addJob("sync_shop", { shopId: 1 });
  await pool.query("UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() WHERE id = $2", [
    worker,
    id,
  ]);
  return id;
};

const lockedBy = async (id: string): Promise<string | null> => {
  const { rows } = await pool.query("SELECT locked_by FROM graphile_worker.jobs WHERE id = $1", [id]);
  return rows[0]?.locked_by ?? null;
};

test("the job of a worker that was killed is freed, that of a living one is not", async () => {
  const alive = await pool.connect();
  await alive.query("SELECT pg_advisory_lock(hashtextextended('worker-alive', 0))");
  const [ofDead, ofLiving] = [await jobLockedBy("worker-dead"), await jobLockedBy("worker-alive")];
  const unlock = (own: string[] = []) => unlockDeadWorkers({ pool, utils, logger }, new Set(own), 0);
  expect(await unlock()).toEqual(["worker-dead"]);
  expect(await lockedBy(ofDead)).toBeNull();
  expect(await lockedBy(ofLiving)).toBe("worker-alive");

  alive.release(true);
  expect(await unlock(["worker-alive"])).toEqual([]);
  await expect.poll(() => unlock()).toEqual(["worker-alive"]);
  expect(await lockedBy(ofLiving)).toBeNull();
});

test("the job of a worker that has lost its connection, and has another one a moment later, is left to it", async () => {
  const lock = "SELECT pg_advisory_lock(hashtextextended('worker-back', 0))";
  const id = await jobLockedBy("worker-back");
  const looking = unlockDeadWorkers({ pool, utils, logger }, new Set(), 500);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const back = await pool.connect();
  await back.query(lock);
  expect(await looking).toEqual([]);
  expect(await lockedBy(id)).toBe("worker-back");
  back.release(true);
});

test("a job that runs for long is not taken from the queue that works on it", async () => {
  const queuePool = createQueuePool(database.url);
  const jobs = await createJobs(queuePool, logger);
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let started = 0;
  const nothing = (): Promise<void> => Promise.resolve();
  await jobs.work({
    sync_shop: nothing,
    recompute_shop: () => ((started += 1), finished),
    reconcile_shop: nothing,
    catch_up_shop: nothing,
    publish_shop: nothing,
    withdraw_shop: nothing,
    backtest_shop: nothing,
    sweep_inboxes: nothing,
    drain_inbox: nothing,
    daily_runs: nothing,
    daily_cleanup: nothing,
    run_tiers: nothing,
    inbox_event: nothing,
    give_rebates: nothing,
  });
  const { id } = await utils.addJob("recompute_shop", { shopId: 1 }, { jobKey: "long" });
  await expect.poll(() => started, { timeout: 10_000 }).toBe(1);
  // As another process looks, which knows nothing of this one's workers but what they show.
  expect(await unlockDeadWorkers({ pool, utils, logger }, new Set())).toEqual([]);
  expect(await lockedBy(id)).not.toBeNull();
  finish();
  await jobs.stop();
  await queuePool.end();
});
