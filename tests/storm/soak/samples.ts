import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Side } from "../side.ts";

/** What the app holds at one moment. */
export interface Sample {
  /** Since the first one. */
  readonly seconds: number;
  /** Resident memory of each process, by its name. */
  readonly megabytes: ReadonlyMap<string, number>;
  /** To the database; those of whoever looks are among them. */
  readonly connections: number;
  /** Jobs that are waiting or at work. */
  readonly queue: number;
  /** Lines that all processes have logged as errors so far. */
  readonly errors: number;
}

const EVERY_MS = 10_000;

const residentMegabytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

/** pino's levels: 50 is an error, 60 ends the process. */
const ERROR_LINE = /^\{"level":[56]0,.*$/gm;

/** Lines that were logged as errors, and what a process says that has no logger any more. */
export const errorsIn = (logs: readonly string[]): string[] =>
  logs.flatMap((log) => [...(log.match(ERROR_LINE) ?? []), ...(log.match(/^\w*Error: .*$/gm) ?? [])]);

const HELD = `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections,
  (SELECT count(*)::int FROM graphile_worker.jobs WHERE attempts < max_attempts) AS queue`;

const takeSample = async ({ fleet, pool }: Side, startedAt: number): Promise<Sample> => {
  const { rows } = await pool.query<{ connections: number; queue: number }>(HELD);
  const megabytes = await Promise.all(
    [...fleet.pids()].map(async ([name, pid]) => [name, await residentMegabytes(pid)] as const),
  );
  return {
    seconds: (performance.now() - startedAt) / 1000,
    megabytes: new Map(megabytes),
    connections: rows[0]?.connections ?? 0,
    queue: rows[0]?.queue ?? 0,
    errors: errorsIn(await fleet.logs()).length,
  };
};

/** A sample every ten seconds until so much time has passed. @param onSample told of each */
export const takeSamples = async (side: Side, ms: number, onSample: (sample: Sample) => void): Promise<Sample[]> => {
  const startedAt = performance.now();
  const samples: Sample[] = [];
  for (let dueAt = 0; dueAt <= ms; dueAt += EVERY_MS) {
    await sleep(Math.max(0, startedAt + dueAt - performance.now()));
    const sample = await takeSample(side, startedAt);
    samples.push(sample);
    onSample(sample);
  }
  return samples;
};
