import { expect, test } from "vitest";
import { cronRuns, doneTwice, jobsIn, overlaps } from "./job-log.ts";

const NOON = Date.UTC(2026, 9, 31, 12);

/** A job's line, ended so many seconds after noon. */
const line = (part: { job?: string; jobId?: string; at: number; seconds?: number; msg?: string; shopId?: number }) =>
  JSON.stringify({
    ...{ level: 30, job: "drain_inbox", jobId: "1", attempt: 1, shopId: 1, seconds: 1, msg: "job done", ...part },
    time: new Date(NOON + part.at * 1000).toISOString(),
  });

test("what is no line of a job is passed over, and so is half a line", () => {
  const logs = [`${line({ at: 1 })}\nnot JSON\n${line({ at: 2, jobId: "2" }).slice(0, 40)}`, '{"msg":"ready"}'];
  expect(jobsIn(logs)).toEqual([
    { job: "drain_inbox", jobId: "1", shopId: 1, isDone: true, from: NOON, to: NOON + 1000 },
  ]);
});

test("a job that failed and was done later is done once", () => {
  const failed = [line({ at: 1, msg: "job failed" }), line({ at: 3 })];
  expect(doneTwice(jobsIn(failed))).toEqual([]);
  expect(doneTwice(jobsIn([...failed, line({ at: 5 })]))).toEqual(["1"]);
});

test("two jobs that take turns are found where they overlap, in whichever logs they stand", () => {
  const first = line({ at: 2, seconds: 2 });
  const second = (seconds: number, more = {}) => line({ jobId: "2", at: 3, seconds, ...more });
  expect(overlaps(jobsIn([first, second(1)]))).toEqual([]);
  expect(overlaps(jobsIn([first, second(1.5)]))).toHaveLength(1);
  expect(overlaps(jobsIn([first, second(1.5, { shopId: 2 })]))).toEqual([]);
  // A long work goes on beside the inbox, but not beside another one.
  expect(overlaps(jobsIn([first, second(1.5, { job: "sync_shop" })]))).toEqual([]);
  const tiers = line({ job: "run_tiers", jobId: "3", at: 2, seconds: 1 });
  expect(overlaps(jobsIn([tiers, second(1.5, { job: "sync_shop" })]))).toHaveLength(1);
});

test("a short job within a long one overlaps, and so does the next one", () => {
  const long = line({ at: 10, seconds: 10 });
  const within = [line({ jobId: "2", at: 3 }), line({ jobId: "3", at: 8 })];
  expect(overlaps(jobsIn([long, ...within]))).toHaveLength(2);
});

test("tasks of the schedule are counted by the minute in which they were done", () => {
  const sweep = (at: number, jobId: string) => line({ job: "sweep_inboxes", jobId, at, seconds: 0.1 });
  expect([...cronRuns(jobsIn([sweep(1, "1"), sweep(31, "2"), sweep(301, "3")])).values()]).toEqual([2, 1]);
});
