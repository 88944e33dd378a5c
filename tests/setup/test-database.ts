import { randomBytes } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import { createPool } from "#app/db/pool.server.ts";
import { databaseAt, TEMPLATE } from "./database-template.ts";

export interface TestDatabase {
  readonly pool: pg.Pool;
  readonly url: string;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

const databaseFrom = async (template: string): Promise<TestDatabase> => {
  const server = inject("databaseServer");
  const name = `pareto_test_${randomBytes(6).toString("hex")}`;
  const asAdmin = async (sql: string): Promise<void> => {
    const admin = createPool(server, 1);
    await admin.query(sql).finally(() => admin.end());
  };
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = databaseAt(server, name);
  const pool = createPool(url);
  return {
    pool,
    url,
    drop: async () => {
      await pool.end();
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};

/** A database of the test's own, with all migrations applied and nothing in it. Drop it when the file is done. */
export const testDatabase = (): Promise<TestDatabase> => databaseFrom(TEMPLATE);

/** A database of the test's own without any tables. */
export const emptyDatabase = (): Promise<TestDatabase> => databaseFrom("template0");
