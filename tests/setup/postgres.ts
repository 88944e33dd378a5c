import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runMigrations } from "graphile-worker";
import type { TestProject } from "vitest/node";
import { migrate } from "#app/db/migrate.server.ts";
import { createPool } from "#app/db/pool.server.ts";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { databaseAt, TEMPLATE } from "./database-template.ts";
import { startInstalledPostgres } from "./installed-postgres.ts";

const makeTemplate = async (server: string): Promise<void> => {
  const admin = createPool(server, 1);
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  const template = createPool(databaseAt(server, TEMPLATE), 1);
  await migrate(template);
  await runMigrations({ pgPool: template });
  await template.end();
};

/** One throw-away PostgreSQL for all database tests: that of the npm package, or the one that is installed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(path.join(tmpdir(), "pareto-test-"));
  // The database's own user has to get through to the folder in it.
  await chmod(dir, 0o711);
  const bin = process.env.PARETO_TEST_POSTGRES_BIN;
  const isInstalled = project.name === "database-installed";
  if (!isInstalled && !bin) {
    console.log("PARETO_TEST_POSTGRES_BIN is not set: database tests run on the embedded PostgreSQL alone.");
  }
  const server =
    isInstalled && bin
      ? await startInstalledPostgres(bin, path.join(dir, "data"))
      : await startEmbeddedPostgres({ dir: path.join(dir, "data"), keep: false });
  await makeTemplate(server.url);
  project.provide("databaseServer", server.url);
  return async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
