import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChangedMigrationError, migrate } from "#app/db/migrate.server.ts";
import { emptyDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const MIGRATIONS = readdirSync("prisma/migrations", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let database: TestDatabase;
/** A copy of the migrations that a test may change. */
let copy: string;

beforeEach(async () => {
  database = await emptyDatabase();
  copy = await mkdtemp(path.join(tmpdir(), "pareto-migrations-"));
  await cp("prisma/migrations", copy, { recursive: true });
});

afterEach(async () => {
  await database.drop();
  await rm(copy, { recursive: true });
});

const prisma = async (...args: readonly string[]): Promise<string> => {
  const env = { ...process.env, DATABASE_URL: database.url, CHECKPOINT_DISABLE: "1", NO_COLOR: "1" };
  const { stdout } = await promisify(execFile)("node_modules/.bin/prisma", [...args], { env });
  return stdout;
};

const tables = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
  );
  return rows.map(({ tablename }) => tablename);
};

test("an empty database gets all migrations in the order of their names, and the second time none", async () => {
  expect(await migrate(database.pool)).toEqual(MIGRATIONS);
  expect(await tables()).toContain("ledger_entry");
  expect(await migrate(database.pool)).toEqual([]);
});

test("of two processes that start at once one applies the migrations and the other finds them done", async () => {
  const applied = await Promise.all([migrate(database.pool), migrate(database.pool)]);
  expect(applied.flat()).toEqual(MIGRATIONS);
});

test("a migration that was changed after it had been applied is refused", async () => {
  await migrate(database.pool, copy);
  await appendFile(path.join(copy, MIGRATIONS[0] ?? "", "migration.sql"), "\n-- changed\n");
  await expect(migrate(database.pool, copy)).rejects.toThrow(ChangedMigrationError);
});

test("a migration that fails leaves nothing behind, and is applied once it is mended", async () => {
  await migrate(database.pool, copy);
  const before = await tables();
  const file = path.join(copy, "20990101000000_broken", "migration.sql");
  await mkdir(path.dirname(file));
  await writeFile(file, "CREATE TABLE half_way (id int); SELECT no_such_column FROM half_way;");
  await expect(migrate(database.pool, copy)).rejects.toThrow("no_such_column");
  expect(await tables()).toEqual(before);
  await writeFile(file, "CREATE TABLE half_way (id int);");
  expect(await migrate(database.pool, copy)).toEqual(["20990101000000_broken"]);
});

test("schema.prisma and the migrations describe the same database", async () => {
  const difference = await prisma(
    ...["migrate", "diff", "--exit-code", "--from-migrations", "prisma/migrations"],
    ...["--to-schema-datamodel", "prisma/schema.prisma"],
  );
  expect(difference).toContain("No difference detected");
});

test("Prisma takes over a database that was migrated by the app, and the app one that was migrated by Prisma", async () => {
  await migrate(database.pool);
  expect(await prisma("migrate", "status")).toContain("Database schema is up to date");
  const other = await emptyDatabase();
  await database.drop();
  database = other;
  expect(await prisma("migrate", "deploy")).toContain("All migrations have been successfully applied");
  expect(await migrate(database.pool)).toEqual([]);
  // Prisma's process stays for ten seconds after it is done.
}, 120_000);

test("every table's primary, unique and foreign keys begin with the shop, so that it can be sharded by shop", async () => {
  await migrate(database.pool);
  const { rows } = await database.pool.query<{ key: string }>(
    `SELECT index.indexrelid::regclass::text AS key
     FROM pg_index index JOIN pg_class t ON t.oid = index.indrelid
     JOIN pg_attribute first ON first.attrelid = t.oid AND first.attnum = index.indkey[0]
     WHERE index.indisunique AND t.relnamespace = 'public'::regnamespace AND first.attname <> 'shop_id'
       AND t.relname NOT IN ('shop', 'session', '_prisma_migrations')
     UNION ALL
     SELECT conname FROM pg_constraint JOIN pg_attribute first ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND attname <> 'shop_id'`,
  );
  expect(rows).toEqual([]);
});
