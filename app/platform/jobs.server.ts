import { EventEmitter } from "node:events";
import {
  Logger as WorkerLogger,
  makeWorkerUtils,
  parseCronItems,
  run,
  runMigrations,
  type CronItem,
  type Runner,
  type Task,
  type TaskList,
  type WorkerEvents,
  type WorkerUtils,
} from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import { showLife, unlockDeadWorkers, type LifeSigns } from "./dead-workers.server.ts";
import type { Logger } from "./logger.server.ts";

const inboxEvent = z.object({ shopId: z.int(), eventId: z.string(), topic: z.string() });
const ofShop = z.object({ shopId: z.int() });

/** Every job of the app and what it is told. */
const PAYLOADS = {
  sync_shop: ofShop,
  recompute_shop: ofShop,
  reconcile_shop: ofShop,
  daily_runs: z.unknown(),
  daily_cleanup: z.unknown(),
  run_tiers: ofShop,
  inbox_event: inboxEvent,
} as const;

type JobName = keyof typeof PAYLOADS;
type Payload<Name extends JobName> = z.infer<(typeof PAYLOADS)[Name]>;

export type JobHandlers = { readonly [Name in JobName]: (payload: Payload<Name>) => Promise<void> };

export interface Jobs {
  /** A tier run soon; those asked for shortly one after the other are one run. */
  runTiers(shopId: number): Promise<void>;
  /** Starts working off jobs in this process. */
  work(handlers: JobHandlers): Promise<void>;
  /** @throws when the queue cannot be reached */
  reach(): Promise<void>;
  /** Takes no more jobs; resolves when those at work are done. */
  stop(): Promise<void>;
}

const TIER_RUN_DELAY_MS = 2000;
/** Somewhere on earth a new day begins every quarter of an hour; whose it is, the job finds out. */
const SCHEDULE: CronItem[] = [
  { task: "daily_runs", match: "3,18,33,48 * * * *", options: { maxAttempts: 3 } },
  // Made up for after a night without a worker: what is to be deleted has a date.
  { task: "daily_cleanup", match: "27 3 * * *", options: { maxAttempts: 5, backfillPeriod: 86_400_000 } },
];
const CONCURRENCY = 4;
const DEAD_WORKERS_EVERY_MS = 60_000;

/** SQL that puts the job of one inbox event in the queue, in the transaction that inserts the event. */
export const ADD_INBOX_JOB = `SELECT graphile_worker.add_job('inbox_event', json_build_object(
  'shopId', $1::int, 'eventId', $2::text, 'topic', $3::text), queue_name => 'shop:' || $1, max_attempts => 12)`;

/** SQL that puts a long work on a shop (sync, recompute, reconcile) in the queue, unless one is waiting already. */
export const ADD_WORK_JOB = `SELECT graphile_worker.add_job($2::text || '_shop', json_build_object('shopId', $1::int),
  queue_name => 'shop:' || $1, max_attempts => 5, job_key => $2::text || ':' || $1)`;

/** SQL that takes a shop's jobs out of the queue but for the one that is being worked on, which goes when it is done. */
export const DROP_SHOP_JOBS = `SELECT graphile_worker.complete_jobs(ARRAY(
  SELECT id FROM graphile_worker.jobs WHERE queue_name = 'shop:' || $1::int AND locked_at IS NULL))`;

/** Background jobs, kept in the app's own PostgreSQL by graphile-worker. One shop's jobs run one after the other. */
export const createJobs = async (pool: pg.Pool, logger: Logger): Promise<Jobs> => {
  const shared = { pgPool: pool, logger: workerLogger(logger), parsedCronItems: parseCronItems(SCHEDULE) };
  await runMigrations(shared);
  const utils: WorkerUtils = await makeWorkerUtils(shared);
  let runner: Runner | null = null;
  let life: LifeSigns | null = null;
  let rounds: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    clearInterval(rounds);
    await runner?.stop();
    life?.stop();
    await utils.release();
  };
  return {
    runTiers: async (shopId) => {
      await utils.addJob(
        "run_tiers",
        { shopId },
        {
          jobKey: `tiers:${shopId}`,
          jobKeyMode: "preserve_run_at",
          queueName: `shop:${shopId}`,
          runAt: new Date(Date.now() + TIER_RUN_DELAY_MS),
        },
      );
    },
    work: async (handlers) => {
      const events: WorkerEvents = new EventEmitter();
      const signs = await showLife(pool, events);
      life = signs;
      const unlock = (): Promise<unknown> => unlockDeadWorkers({ pool, utils, logger }, signs.own);
      await unlock();
      rounds = setInterval(() => void unlock().catch(() => undefined), DEAD_WORKERS_EVERY_MS);
      const taskList = tasks(handlers, logger);
      const options = { taskList, events, concurrency: CONCURRENCY, noHandleSignals: true, pollInterval: 1000 };
      runner = await run({ ...shared, ...options });
    },
    reach: async () => {
      await pool.query("SELECT 1 FROM graphile_worker.jobs LIMIT 1");
    },
    stop: () => (stopped ??= end()),
  };
};

const workerLogger = (logger: Logger): WorkerLogger =>
  new WorkerLogger(() => (level, message) => {
    if (level === "error" || level === "warning") logger.warn({ from: "graphile-worker" }, message);
  });

const tasks = (handlers: JobHandlers, logger: Logger): TaskList => {
  const task =
    <Told>(name: JobName, schema: z.ZodType<Told>, handler: (told: Told) => Promise<void>): Task =>
    async (payload, { job }) => {
      const log = logger.child({ job: name, jobId: job.id, attempt: job.attempts });
      try {
        await handler(schema.parse(payload));
        log.info("job done");
      } catch (error) {
        log.error({ err: error }, "job failed");
        throw error;
      }
    };
  return {
    sync_shop: task("sync_shop", PAYLOADS.sync_shop, handlers.sync_shop),
    recompute_shop: task("recompute_shop", PAYLOADS.recompute_shop, handlers.recompute_shop),
    reconcile_shop: task("reconcile_shop", PAYLOADS.reconcile_shop, handlers.reconcile_shop),
    daily_runs: task("daily_runs", PAYLOADS.daily_runs, handlers.daily_runs),
    daily_cleanup: task("daily_cleanup", PAYLOADS.daily_cleanup, handlers.daily_cleanup),
    run_tiers: task("run_tiers", PAYLOADS.run_tiers, handlers.run_tiers),
    inbox_event: task("inbox_event", PAYLOADS.inbox_event, handlers.inbox_event),
  };
};
