import { z } from "zod";

/** What the processes' logs say of the jobs that they did. */

const jobLine = z.looseObject({
  time: z.string(),
  msg: z.enum(["job done", "job failed"]),
  job: z.string(),
  jobId: z.string(),
  attempt: z.int(),
  shopId: z.int().optional(),
  seconds: z.number(),
});

export interface JobDone {
  readonly job: string;
  readonly jobId: string;
  readonly isDone: boolean;
  readonly shopId: number | undefined;
  /** Milliseconds since the epoch, by the app's clock. */
  readonly from: number;
  readonly to: number;
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    // Who was killed may have been in the middle of a line.
    return null;
  }
};

/** All that was done or failed, in the order in which it ended. */
export const jobsIn = (logs: readonly string[]): JobDone[] =>
  logs
    .flatMap((log) => log.split("\n"))
    .flatMap((line): JobDone[] => {
      const { success, data } = jobLine.safeParse(parse(line));
      if (!success) return [];
      const to = Date.parse(data.time);
      const { job, jobId, shopId, seconds, msg } = data;
      return [{ job, jobId, shopId, isDone: msg === "job done", from: to - seconds * 1000, to }];
    })
    .toSorted((a, b) => a.to - b.to);

/** Ids of jobs that were done more than once. */
export const doneTwice = (jobs: readonly JobDone[]): string[] => {
  const times = new Map<string, number>();
  for (const { jobId, isDone } of jobs) if (isDone) times.set(jobId, (times.get(jobId) ?? 0) + 1);
  return [...times].filter(([, count]) => count > 1).map(([jobId]) => jobId);
};

const LONG = new Set(["sync_shop", "catch_up_shop", "recompute_shop", "reconcile_shop", "run_tiers", "inbox_event"]);

/** Jobs of one shop that take turns: those that work its inbox off, and all the others. */
const turnOf = ({ job, shopId }: JobDone): string | null => {
  if (shopId === undefined) return null;
  if (job === "drain_inbox") return `inbox:${shopId}`;
  return LONG.has(job) ? `shop:${shopId}` : null;
};

/** The clocks of two processes on one machine are the same; a line is written a moment after its job has ended. */
const LINE_MS = 5;

/** Pairs of jobs that should have taken turns and did not. */
export const overlaps = (jobs: readonly JobDone[]): string[] => {
  const latest = new Map<string, JobDone>();
  const found: string[] = [];
  for (const job of jobs.toSorted((a, b) => a.from - b.from)) {
    const turn = turnOf(job);
    if (turn === null) continue;
    const before = latest.get(turn);
    if (before && job.from < before.to - LINE_MS) {
      found.push(`${before.job} ${before.jobId} until ${before.to}, ${job.job} ${job.jobId} from ${job.from}`);
    }
    if (!before || job.to > before.to) latest.set(turn, job);
  }
  return found;
};

const MINUTE_MS = 60_000;

/** How often each task of the schedule was done in each minute. */
export const cronRuns = (jobs: readonly JobDone[]): Map<string, number> => {
  const runs = new Map<string, number>();
  for (const { job, from, isDone } of jobs) {
    if (!isDone || !["daily_runs", "sweep_inboxes", "daily_cleanup"].includes(job)) continue;
    const slot = `${job} ${new Date(Math.floor(from / MINUTE_MS) * MINUTE_MS).toISOString()}`;
    runs.set(slot, (runs.get(slot) ?? 0) + 1);
  }
  return runs;
};
