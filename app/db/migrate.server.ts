import { createHash, randomUUID } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";

/** A migration that was changed after it had been applied; the database no longer says what the files say. */
export class ChangedMigrationError extends Error {
  override readonly name = "ChangedMigrationError";
  constructor(migration: string) {
    super(`Migration ${migration} was changed after it had been applied to this database`);
  }
}

/** Prisma's own table, in its own layout, so that `prisma migrate deploy` carries on where this left off. */
const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

/** Two processes that start at once take turns. An arbitrary constant that nothing else in the database uses. */
const LOCK = 7_205_100;

/** The migrations that a database has, with their checksums. */
const appliedIn = async (client: pg.Pool | pg.PoolClient): Promise<Map<string, string>> => {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
};

/** The names of the migrations that the database lacks. */
export const pendingMigrations = async (pool: pg.Pool, dir = path.resolve("prisma/migrations")): Promise<string[]> => {
  const applied = await appliedIn(pool);
  return (await folders(dir))
    .filter(({ name, isDirectory }) => isDirectory && !applied.has(name))
    .map(({ name }) => name);
};

/**
 * Applies the migrations of prisma/migrations that the database lacks, each in a transaction of its own, as
 * `prisma migrate deploy` would, in milliseconds and without Prisma's schema engine.
 *
 * @returns the names applied, in order
 * @throws ChangedMigrationError
 */
export const migrate = async (pool: pg.Pool, dir = path.resolve("prisma/migrations")): Promise<string[]> => {
  const client = await pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(MIGRATIONS_TABLE);
    const applied = await appliedIn(client);
    const done: string[] = [];
    for (const { name, isDirectory } of await folders(dir)) {
      if (!isDirectory) continue;
      const sql = await readFile(path.join(dir, name, "migration.sql"), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      const known = applied.get(name);
      if (known !== undefined && known !== checksum) throw new ChangedMigrationError(name);
      if (known !== undefined) continue;
      await apply(client, { name, sql, checksum });
      done.push(name);
    }
    return done;
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
    client.release();
  }
};

const folders = async (dir: string): Promise<{ name: string; isDirectory: boolean }[]> =>
  (await readdir(dir, { withFileTypes: true }))
    .map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const apply = async (
  client: pg.PoolClient,
  { name, sql, checksum }: { name: string; sql: string; checksum: string },
): Promise<void> => {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
};
