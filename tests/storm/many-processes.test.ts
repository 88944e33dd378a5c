import { expect, test } from "vitest";
import { installedPostgres } from "#tests/setup/installed-postgres.ts";
import { expectStorm } from "./expect-storm.ts";
import { cronRuns, doneTwice, jobsIn, overlaps } from "./job-log.ts";

const isInstalled = installedPostgres() !== null;
if (!isInstalled)
  console.log("No PostgreSQL is installed: nothing is said of many processes on one of an older version.");

/** Inboxes are swept at 12:05, while the shop lives through its story. */
const JUST_BEFORE_A_SWEEP = new Date("2026-10-31T12:04:44Z");

test.skipIf(!isInstalled)(
  "two web processes and three workers come to the same, and each job is done by one",
  async () => {
    const size = { webs: 2, workers: 3 };
    const { logs, counts } = await expectStorm({ ...size, seed: "9", seconds: 10, startsAt: JUST_BEFORE_A_SWEEP });
    expect(counts.restarts).toBe(0);
    const jobs = jobsIn(logs);
    expect(jobs.filter(({ job }) => job === "drain_inbox").length).toBeGreaterThan(5);
    expect(doneTwice(jobs)).toEqual([]);
    expect(overlaps(jobs)).toEqual([]);
    const runs = cronRuns(jobs);
    expect([...runs.keys()]).toContain("sweep_inboxes 2026-10-31T12:05:00.000Z");
    expect([...runs.values()].filter((count) => count > 1)).toEqual([]);
    // All of them had work: nothing is said of workers that had none.
    expect(logs.filter((log) => log.includes('"msg":"job done"')).length).toBeGreaterThanOrEqual(3);
  },
);
