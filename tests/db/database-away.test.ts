import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isDatabaseAway } from "#app/db/pool.server.ts";
import { freePort } from "#tests/setup/app-process.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test("a database that nobody answers for is away", async () => {
  const client = new pg.Client({ connectionString: `postgresql://nobody@127.0.0.1:${await freePort()}/none` });
  expect(isDatabaseAway(await failure(client.connect()))).toBe(true);
});

test("so is one whose connection breaks while it is asked, and when it is asked again", async () => {
  const client = new pg.Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const asking = failure(client.query("SELECT pg_sleep(30)"));
  await database.pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  expect(isDatabaseAway(await asking)).toBe(true);
  expect(isDatabaseAway(await failure(client.query("SELECT 1")))).toBe(true);
});

test.each([
  ["a question that is none", "SELECT nothing FROM nowhere"],
  ["what is there already", "INSERT INTO shop SELECT * FROM shop UNION ALL SELECT 1 / 0"],
  ["an amount that is too large", "SELECT 9223372036854775807 + 1"],
])("%s says nothing of the kind", async (_what, sql) => {
  const error = await failure(database.pool.query(sql));
  expect(error).toBeInstanceOf(Error);
  expect(isDatabaseAway(error)).toBe(false);
});

test("nor does what is no error of the database", () => {
  for (const error of [new Error("of something else"), new TypeError("x"), "ECONNREFUSED", null]) {
    expect(isDatabaseAway(error)).toBe(false);
  }
});
