import { afterAll, beforeAll, expect, test } from "vitest";
import { presentSync } from "#app/presenters/sync.ts";
import { RateLimit } from "#app/shopify/gateway.server.ts";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const answer = (actualQueryCost: number, currentlyAvailable: number) => ({
  cost: { requestedQueryCost: 900, actualQueryCost, throttleStatus: { currentlyAvailable, restoreRate: 100 } },
});

test("what is left to ask takes as long as its points need to come back, beyond those that are there", () => {
  const limit = new RateLimit();
  expect(limit.secondsFor(1000)).toBeNull();
  limit.note(answer(40, 1960));
  limit.note({ cost: "not said" });
  limit.note(answer(60, 200));
  expect(limit.spent).toBe(100);
  expect(limit.secondsFor(1000)).toBe(8);
  expect(limit.secondsFor(1001)).toBe(9);
  expect(limit.secondsFor(150)).toBe(0);
});

let database: TestDatabase;
let opened: PipelineShop;

beforeAll(async () => {
  database = await testDatabase();
  const world = generatedWorld({ seed: "limit", customers: 60, orders: 150, mix: "everything" });
  opened = await openPipelineShop(database.pool, world, { grantedScopes: ALL_SCOPES });
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

test("while changed orders are read again the page says how long the rest takes", async () => {
  const said = new Set<string>();
  const { pool } = database;
  await pool.query(`CREATE TABLE said (seconds_left int);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO said VALUES (NEW.seconds_left); RETURN NEW; END $$;
    CREATE TRIGGER note AFTER UPDATE ON sync_stage FOR EACH ROW WHEN (NEW.name = 'changes' AND NEW.seconds_left IS NOT NULL)
      EXECUTE FUNCTION note()`);
  await opened.sync();
  const { rows } = await pool.query<{ seconds_left: number }>("SELECT seconds_left FROM said");
  expect(rows.length).toBeGreaterThan(1);
  const run = await opened.latest();
  for (const { seconds_left: secondsLeft } of rows) {
    const stages = (run?.stages ?? []).map((stage) => ({ ...stage, status: "loading" as const, secondsLeft }));
    const [view] = presentSync({ status: "running", errorCode: null, stages }).stages.filter(
      ({ name }) => name === "changes",
    );
    said.add(view?.detail ?? "");
  }
  for (const detail of said) expect(detail).toMatch(/^Reading: \d+ of \d+, about \d+ (s|min|h) left$/);
  expect(run?.stages.find(({ name }) => name === "changes")?.secondsLeft).toBeNull();
});
