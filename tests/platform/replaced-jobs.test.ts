import { makeWorkerUtils } from "graphile-worker";
import { expect, test } from "vitest";
import { createQueuePool } from "#app/db/pool.server.ts";
import { createJobs } from "#app/platform/jobs.server.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { testDatabase } from "#tests/setup/test-database.ts";

test("of jobs that are not tried any more those are forgotten that others took the place of", async () => {
  const database = await testDatabase();
  const pool = createQueuePool(database.url);
  const jobs = await createJobs(pool, createLogger("silent"));
  const utils = await makeWorkerUtils({ pgPool: pool });
  const isWorkedOn = async (task: string, is: boolean): Promise<void> => {
    await pool.query(
      `UPDATE graphile_worker._private_jobs job SET locked_by = $2, locked_at = CASE WHEN $2::text IS NULL THEN NULL ELSE now() END
       FROM graphile_worker._private_tasks task WHERE task.id = task_id AND identifier = $1 AND attempts > 0`,
      [task, is ? "worker" : null],
    );
  };
  const giveUp = (task: string) =>
    pool.query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts
       FROM graphile_worker._private_tasks task WHERE task.id = task_id AND identifier = $1`,
      [task],
    );
  const left = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ text: string }>(
      "SELECT task_identifier || ' ' || attempts || ' of ' || max_attempts AS text FROM graphile_worker.jobs ORDER BY 1",
    );
    return rows.map(({ text }) => text);
  };
  await jobs.drain(1, 0);
  await pool.query("UPDATE graphile_worker._private_jobs SET attempts = 1");
  await isWorkedOn("drain_inbox", true);
  // Queued while it is at work: its worker is killed then.
  await jobs.drain(1, 0);
  await utils.addJob("inbox_event", { shopId: 1 });
  await utils.addJob("sync_shop", { shopId: 1 }, { jobKey: "sync:1" });
  await giveUp("inbox_event");
  await giveUp("sync_shop");
  const replaced = "drain_inbox 25 of 25";
  const others = ["drain_inbox 0 of 25", "inbox_event 25 of 25", "sync_shop 25 of 25"];
  await jobs.forgetReplaced();
  expect(await left()).toEqual([others[0], replaced, ...others.slice(1)]);
  await isWorkedOn("drain_inbox", false);
  await jobs.forgetReplaced();
  expect(await left()).toEqual(others);
  await utils.release();
  await jobs.stop();
  await pool.end();
  await database.drop();
});
