import { afterEach, beforeEach, expect, test } from "vitest";
import { createQueuePool } from "#app/db/pool.server.ts";
import { endGivenUpWorks, latestWork, requestWork } from "#app/db/sync-progress.server.ts";
import { createJobs, type Jobs } from "#app/platform/jobs.server.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { presentSync } from "#app/presenters/sync.ts";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { NOW } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let queue: ReturnType<typeof createQueuePool>;
let jobs: Jobs;
let opened: PipelineShop;

beforeEach(async () => {
  database = await testDatabase();
  queue = createQueuePool(database.url);
  jobs = await createJobs(queue, createLogger("silent"));
  opened = await openPipelineShop(database.pool, generatedWorld({ seed: "given up", customers: 5, orders: 5 }));
});
afterEach(async () => {
  await opened.close();
  await jobs.stop();
  await queue.end();
  await database.drop();
});

const setJobs = (changes: string): Promise<unknown> =>
  database.pool.query(`UPDATE graphile_worker._private_jobs SET ${changes}`);

const sync = () => latestWork(database.pool, opened.shop.id, "sync");

test("a work whose worker was killed at the last try has failed, and the page says so", async () => {
  await requestWork(database.pool, opened.shop.id, "sync", NOW);
  await setJobs("attempts = max_attempts");
  expect(await endGivenUpWorks(database.pool, NOW)).toBe(1);
  const run = await sync();
  expect(run).toMatchObject({ status: "failed", errorCode: "given-up", finishedAt: NOW });
  expect(run && presentSync(run).failure?.title).toBe("The work was broken off again and again");
  // Trying again carries it on.
  await requestWork(database.pool, opened.shop.id, "sync", NOW);
  expect(await sync()).toMatchObject({ id: run?.id, status: "running", errorCode: null });
  expect(await endGivenUpWorks(database.pool, NOW)).toBe(0);
});

test("one that waits, is parked, or is at its last try is left alone", async () => {
  await requestWork(database.pool, opened.shop.id, "sync", NOW);
  expect(await endGivenUpWorks(database.pool, NOW)).toBe(0);
  await setJobs("attempts = max_attempts, locked_at = now(), locked_by = 'somebody'");
  expect(await endGivenUpWorks(database.pool, NOW)).toBe(0);
  await jobs.carryOn("sync", opened.shop.id, 60_000);
  await setJobs("locked_at = NULL, locked_by = NULL");
  expect(await endGivenUpWorks(database.pool, NOW)).toBe(0);
  expect((await sync())?.status).toBe("running");
});

test("the job of another shop or of another work does not stand for it", async () => {
  await requestWork(database.pool, opened.shop.id, "sync", NOW);
  await setJobs("attempts = max_attempts");
  await jobs.carryOn("sync", opened.shop.id + 1, 60_000);
  await jobs.carryOn("catch_up", opened.shop.id, 60_000);
  expect(await endGivenUpWorks(database.pool, NOW)).toBe(1);
});
