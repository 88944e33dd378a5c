import { EventEmitter } from "node:events";
import {
  Logger as WorkerLogger,
  makeWorkerUtils,
  parseCronItems,
  run,
  runMigrations,
  type CronItem,
  type Runner,
  type RunnerOptions,
  type Task,
  type WorkerEvents,
  type WorkerUtils,
} from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import type { WorkKind } from "#app/core/sync/stages.ts";
import { showLife, unlockDeadWorkers, type LifeSigns } from "./dead-workers.server.ts";
import type { Logger } from "./logger.server.ts";

const inboxEvent = z.object({ shopId: z.int(), eventId: z.string(), topic: z.string() });
const ofShop = z.object({ shopId: z.int() });

/** Every job of the app and what it is told. */
const PAYLOADS = {
  sync_shop: ofShop,
  recompute_shop: ofShop,
  reconcile_shop: ofShop,
  catch_up_shop: ofShop,
  publish_shop: ofShop,
  withdraw_shop: ofShop,
  backtest_shop: ofShop,
  daily_runs: z.unknown(),
  daily_cleanup: z.unknown(),
  sweep_inboxes: z.unknown(),
  run_tiers: ofShop,
  drain_inbox: ofShop,
  inbox_event: inboxEvent,
  give_rebates: ofShop,
} as const;

type JobName = keyof typeof PAYLOADS;
type Payload<Name extends JobName> = z.infer<(typeof PAYLOADS)[Name]>;

/** @param signal aborted when the process is about to end: what can be carried on later stops then */
type Handler<Told> = (payload: Told, signal: AbortSignal) => Promise<void>;

export type JobHandlers = { readonly [Name in JobName]: Handler<Payload<Name>> };

export interface Jobs {
  /** A tier run soon; those asked for shortly one after the other are one run. */
  runTiers(shopId: number): Promise<void>;
  /** Carries a long work on after so many milliseconds, unless it is asked for sooner. */
  carryOn(work: WorkKind, shopId: number, afterMs: number): Promise<void>;
  /** Works a shop's inbox off after so many milliseconds, or sooner if it is to be worked off anyway. */
  drain(shopId: number, afterMs: number): Promise<void>;
  /** Takes jobs out that others took the place of and that nobody will do any more: their workers were killed. */
  forgetReplaced(): Promise<void>;
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
  { task: "sweep_inboxes", match: "*/5 * * * *", options: { maxAttempts: 1 } },
  // Made up for after a night without a worker: what is to be deleted has a date.
  { task: "daily_cleanup", match: "27 3 * * *", options: { maxAttempts: 5, backfillPeriod: 86_400_000 } },
];
/** Long works are done beside the others, so that none of them keeps webhooks waiting. */
const LANES: readonly { readonly concurrency: number; readonly tasks: readonly JobName[] }[] = [
  {
    concurrency: 4,
    tasks: ["drain_inbox", "inbox_event", "run_tiers", "daily_runs", "daily_cleanup", "sweep_inboxes", "give_rebates"],
  },
  {
    concurrency: 2,
    tasks: [
      "sync_shop",
      "recompute_shop",
      "reconcile_shop",
      "catch_up_shop",
      "publish_shop",
      "withdraw_shop",
      "backtest_shop",
    ],
  },
];
/** Shopify tells of one change by several webhooks within a second: they are waited for, and read once. */
const DRAIN_AFTER_MS = 500;
const DEAD_WORKERS_EVERY_MS = 60_000;

/** SQL that puts the job of one inbox event in the queue, in the transaction that inserts the event. */
export const ADD_INBOX_JOB = `SELECT graphile_worker.add_job('inbox_event', json_build_object(
  'shopId', $1::int, 'eventId', $2::text, 'topic', $3::text), queue_name => 'shop:' || $1, max_attempts => 12)`;

/** SQL that has a shop's inbox worked off after so many milliseconds; while it waits for that, nothing more is queued. */
export const ADD_DRAIN_JOB = (shopId: string, afterMs = String(DRAIN_AFTER_MS)): string =>
  `graphile_worker.add_job('drain_inbox', json_build_object('shopId', ${shopId}), queue_name => 'inbox:' || ${shopId},
    max_attempts => 25, run_at => now() + ${afterMs} * interval '1 millisecond', job_key => 'inbox:' || ${shopId},
    job_key_mode => 'preserve_run_at')`;

/**
 * SQL that puts a long work on a shop in the queue, after so many milliseconds, unless
 * one is waiting already: that one waits so long then.
 */
export const ADD_WORK_JOB = `SELECT graphile_worker.add_job($2::text || '_shop', json_build_object('shopId', $1::int),
  queue_name => 'shop:' || $1, max_attempts => 5, job_key => $2::text || ':' || $1,
  run_at => now() + $3::float * interval '1 millisecond')`;

/** SQL that has a parked work carried on now. One that is at work is left to itself: a job queued beside it would begin another. */
export const WAKE_WORK_JOB = `SELECT graphile_worker.reschedule_jobs(ARRAY(
  SELECT id FROM graphile_worker.jobs WHERE key = $2::text || ':' || $1::int AND locked_at IS NULL), run_at => now())`;

/** SQL that has a shop's rebates worked on, now or, unless that is sooner anyway, after so many milliseconds. */
export const ADD_REBATES_JOB = `SELECT graphile_worker.add_job('give_rebates', json_build_object('shopId', $1::int),
  queue_name => 'rebates:' || $1, max_attempts => 25, job_key => 'rebates:' || $1,
  job_key_mode => CASE WHEN $2::float = 0 THEN 'replace' ELSE 'preserve_run_at' END, run_at => now() + $2::float * interval '1 millisecond')`;

/** SQL that takes a shop's jobs out of the queue but for the one that is being worked on, which goes when it is done. */
export const DROP_SHOP_JOBS = `SELECT graphile_worker.complete_jobs(ARRAY(
  SELECT id FROM graphile_worker.jobs WHERE queue_name IN ('shop:' || $1::int, 'inbox:' || $1::int, 'rebates:' || $1::int) AND locked_at IS NULL))`;

/** The library takes the key from a job at work when another one is queued by it; it is not tried again if it fails then. */
const DROP_REPLACED_JOBS = `SELECT graphile_worker.complete_jobs(ARRAY(
  SELECT id FROM graphile_worker.jobs WHERE key IS NULL AND locked_at IS NULL AND attempts >= max_attempts
    AND (task_identifier LIKE '%\\_shop' OR task_identifier IN ('run_tiers', 'drain_inbox', 'give_rebates'))))`;

/**
 * Background jobs, kept in the app's own PostgreSQL by graphile-worker. One shop's jobs run one after the other, and beside
 * them the working off of its inbox.
 */
export const createJobs = async (pool: pg.Pool, logger: Logger): Promise<Jobs> => {
  const shared = { pgPool: pool, logger: workerLogger(logger) };
  await runMigrations(shared);
  const utils: WorkerUtils = await makeWorkerUtils(shared);
  let runners: Runner[] = [];
  let life: LifeSigns | null = null;
  let rounds: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    clearInterval(rounds);
    await Promise.all(runners.map((runner) => runner.stop()));
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
    carryOn: async (work, shopId, afterMs) => {
      await pool.query(ADD_WORK_JOB, [shopId, work, afterMs]);
    },
    drain: async (shopId, afterMs) => {
      await pool.query(`SELECT ${ADD_DRAIN_JOB("$1::int", "$2::int")}`, [shopId, Math.ceil(afterMs)]);
    },
    forgetReplaced: async () => {
      await pool.query(DROP_REPLACED_JOBS);
    },
    work: async (handlers) => {
      const events: WorkerEvents = new EventEmitter();
      const signs = await showLife(pool, events);
      life = signs;
      const unlock = (): void => void unlockDeadWorkers({ pool, utils, logger }, signs.own).catch(() => undefined);
      unlock();
      rounds = setInterval(unlock, DEAD_WORKERS_EVERY_MS);
      runners = await runLanes({ ...shared, events }, tasks(handlers, logger));
    },
    reach: async () => {
      await pool.query("SELECT 1 FROM graphile_worker.jobs LIMIT 1");
    },
    stop: () => (stopped ??= end()),
  };
};

/** Starts the workers of each lane; the first one keeps the schedule. */
const runLanes = (options: RunnerOptions, all: Readonly<Record<JobName, Task>>): Promise<Runner[]> =>
  Promise.all(
    LANES.map(({ concurrency, tasks: names }, lane) => {
      const taskList = Object.fromEntries(names.map((name) => [name, all[name]]));
      const parsedCronItems = lane === 0 ? parseCronItems(SCHEDULE) : [];
      return run({ ...options, noHandleSignals: true, pollInterval: 1000, parsedCronItems, taskList, concurrency });
    }),
  );

const workerLogger = (logger: Logger): WorkerLogger =>
  new WorkerLogger(() => (level, message) => {
    if (level === "error" || level === "warning") logger.warn({ from: "graphile-worker" }, message);
  });

const tasks = (handlers: JobHandlers, logger: Logger): Readonly<Record<JobName, Task>> => {
  const task =
    <Told>(name: JobName, schema: z.ZodType<Told>, handler: Handler<Told>): Task =>
    async (payload, { job, abortSignal }) => {
      const { data: of } = ofShop.safeParse(payload);
      const log = logger.child({ job: name, jobId: job.id, attempt: job.attempts, ...of });
      const started = performance.now();
      const seconds = (): number => (performance.now() - started) / 1000;
      try {
        await handler(schema.parse(payload), abortSignal);
        log.info({ seconds: seconds() }, "job done");
      } catch (error) {
        log.error({ err: error, seconds: seconds() }, "job failed");
        throw error;
      }
    };
  return {
    sync_shop: task("sync_shop", PAYLOADS.sync_shop, handlers.sync_shop),
    recompute_shop: task("recompute_shop", PAYLOADS.recompute_shop, handlers.recompute_shop),
    reconcile_shop: task("reconcile_shop", PAYLOADS.reconcile_shop, handlers.reconcile_shop),
    catch_up_shop: task("catch_up_shop", PAYLOADS.catch_up_shop, handlers.catch_up_shop),
    publish_shop: task("publish_shop", PAYLOADS.publish_shop, handlers.publish_shop),
    withdraw_shop: task("withdraw_shop", PAYLOADS.withdraw_shop, handlers.withdraw_shop),
    backtest_shop: task("backtest_shop", PAYLOADS.backtest_shop, handlers.backtest_shop),
    daily_runs: task("daily_runs", PAYLOADS.daily_runs, handlers.daily_runs),
    daily_cleanup: task("daily_cleanup", PAYLOADS.daily_cleanup, handlers.daily_cleanup),
    sweep_inboxes: task("sweep_inboxes", PAYLOADS.sweep_inboxes, handlers.sweep_inboxes),
    run_tiers: task("run_tiers", PAYLOADS.run_tiers, handlers.run_tiers),
    drain_inbox: task("drain_inbox", PAYLOADS.drain_inbox, handlers.drain_inbox),
    inbox_event: task("inbox_event", PAYLOADS.inbox_event, handlers.inbox_event),
    give_rebates: task("give_rebates", PAYLOADS.give_rebates, handlers.give_rebates),
  };
};
