import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { sixCustomers } from "#tests/factories/six-customers.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(sixCustomers(), WORLD_NOW);
  await app.install();
  // Two webhooks that failed for good, and a job that was given up.
  await app.database.pool.query(
    `INSERT INTO inbox_event (shop_id, event_id, topic, subject, received_at, status, attempts, error_code, error_message)
     SELECT id, event, 'orders/updated', 'gid://shopify/Order/' || event, $1, 'failed', 6, 'bug', 'Beyond me: ' || event
     FROM shop, unnest(ARRAY['1', '2']) AS event`,
    [WORLD_NOW],
  );
  await app.database.pool.query(
    `SELECT graphile_worker.add_job('run_tiers', json_build_object('shopId', id), queue_name => 'shop:' || id,
       max_attempts => 1, run_at => now() + interval '1 day') FROM shop`,
  );
  await app.database.pool.query(
    "UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'The disk is full', run_at = now()",
  );
});
afterAll(() => app.stop());

const press = async (fields: Record<string, string>): Promise<Response> =>
  app.ask("/app/status?index", { method: "POST", body: new URLSearchParams(fields) });

const failures = async (): Promise<{ events: string[]; jobs: string[] }> => {
  const text = await (await app.ask("/app/status")).text();
  return {
    events: ["1", "2"].filter((event) => text.includes(`Beyond me: ${event}`)),
    jobs: text.includes("The disk is full") ? ["run_tiers"] : [],
  };
};

const audited = async (): Promise<string[]> => {
  const { rows } = await app.database.pool.query<{ action: string }>("SELECT action FROM audit_event ORDER BY id");
  return rows.map(({ action }) => action);
};

test("the page shows webhooks that were set aside and jobs that were given up, with their errors", async () => {
  expect(await failures()).toEqual({ events: ["1", "2"], jobs: ["run_tiers"] });
});

test("a form that is none of the page's does nothing", async () => {
  for (const fields of [{}, { intent: "retry" }, { intent: "retry-job", job: "1 OR 1=1" }, { intent: "erase" }]) {
    const before = await audited();
    expect((await press(fields as Record<string, string>)).status).toBe(200);
    expect(await audited()).toEqual(before);
  }
  expect(await failures()).toEqual({ events: ["1", "2"], jobs: ["run_tiers"] });
});

test("a webhook that is tried again is worked off, and the others stay as they are", async () => {
  await press({ intent: "retry", eventId: "1", topic: "orders/updated" });
  await app.settled();
  expect((await failures()).events).toEqual(["2"]);
  await press({ intent: "retry-all" });
  await app.settled();
  expect((await failures()).events).toEqual([]);
});

test("a job that is tried again is done", async () => {
  const { rows } = await app.database.pool.query<{ id: string }>(
    "SELECT id::text FROM graphile_worker.jobs WHERE attempts >= max_attempts",
  );
  await press({ intent: "retry-job", job: rows[0]?.id ?? "" });
  await app.settled();
  expect((await failures()).jobs).toEqual([]);
});

test("who had what tried again is on record, and so is who had missed changes looked for", async () => {
  await press({ intent: "catch-up" });
  await app.settled();
  expect((await audited()).slice(-4)).toEqual([
    "webhooks-retried",
    "webhooks-retried",
    "job-retried",
    "catch-up-requested",
  ]);
});

test("scripts are told the same as JSON", async () => {
  const told = z
    .object({
      sync: z.object({ status: z.string() }),
      catchUp: z.object({ status: z.string() }),
      tiersAsOf: z.string(),
    })
    .parse(await (await app.ask("/app/status.json")).json());
  expect([told.sync.status, told.catchUp.status]).toEqual(["finished", "finished"]);
});
