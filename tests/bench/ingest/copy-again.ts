import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

/** Every table that an ingest fills. */
const TABLES = [
  "product_variant",
  "unit_cost",
  "customer",
  "company_location",
  "order",
  "invoice",
  "ledger_entry",
  "order_day",
  "standing",
] as const;

export const countRows = async (pool: pg.Pool): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`);
    counts[table] = rows[0]?.n ?? 0;
  }
  return counts;
};

/**
 * The baseline: writes all rows out, empties the tables, and reads the same rows in again with plain COPY, indexes and
 * write-ahead log as they are.
 *
 * @returns the seconds that reading in took
 */
export const copyAgain = async (pool: pg.Pool): Promise<number> => {
  const dir = await mkdtemp(path.join(tmpdir(), "pareto-copy-"));
  const client = await pool.connect();
  try {
    for (const table of TABLES) {
      await pipeline(client.query(copyTo(`COPY "${table}" TO STDOUT`)), createWriteStream(path.join(dir, table)));
    }
    await client.query(`TRUNCATE ${TABLES.map((table) => `"${table}"`).join(", ")}`);
    await client.query("CHECKPOINT");
    const started = performance.now();
    for (const table of TABLES) {
      await pipeline(createReadStream(path.join(dir, table)), client.query(copyFrom(`COPY "${table}" FROM STDIN`)));
    }
    return (performance.now() - started) / 1000;
  } finally {
    client.release();
    await rm(dir, { recursive: true, force: true });
  }
};
