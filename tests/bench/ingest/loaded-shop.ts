import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type pg from "pg";
import { z } from "zod";
import { migrate } from "#app/db/migrate.server.ts";
import { createPool } from "#app/db/pool.server.ts";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { BULK_FILES } from "./bulk-files.ts";

const CACHE = path.resolve(".cache/bench");
const TSX = ["--import", "tsx"];

const measurement = z.object({ seconds: z.record(z.string(), z.number()), peakMegabytes: z.number() });
export type Measurement = z.infer<typeof measurement>;

const serve = async (dir: string): Promise<{ url: string; close: () => void }> => {
  const server = createServer((request, response) => {
    createReadStream(path.join(dir, path.basename(request.url ?? ""))).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
};

/** Runs a program and gives what it printed; the event loop stays free to serve it. */
export const output = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...TSX, program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    child.once("exit", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${program} ended with code ${code}`)),
    );
  });

export interface ShopSize {
  readonly orders: string;
  readonly customers: string;
}

export interface BenchShop {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** The folder of the bulk results. */
  readonly dir: string;
  /** Empties the database and reads the bulk results into it, in a process of its own. */
  readonly load: () => Promise<Measurement>;
}

/** A throw-away database and the bulk results of a generated shop, made once and kept for the next time. */
export const withBenchShop = async <T>(size: ShopSize, work: (shop: BenchShop) => Promise<T>): Promise<T> => {
  const queries = createHash("sha256")
    .update(BULK_FILES.map(({ query }) => query).join())
    .digest("hex")
    .slice(0, 8);
  const dir = path.join(CACHE, `ingest-${size.orders}-${size.customers}-${queries}`);
  await mkdir(CACHE, { recursive: true });
  process.stderr.write("Preparing the bulk results ...\n");
  execFileSync(process.execPath, [...TSX, "tests/bench/ingest/prepare.ts", dir, size.orders, size.customers], {
    stdio: "inherit",
  });
  const databaseDir = path.join(CACHE, `postgres-${process.pid}`);
  const database = await startEmbeddedPostgres({ dir: databaseDir, keep: false });
  const pool = createPool(database.url);
  const files = await serve(dir);
  const load = async (): Promise<Measurement> => {
    await pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await migrate(pool);
    await pool.query("CHECKPOINT");
    return measurement.parse(
      JSON.parse(await output("tests/bench/ingest/measured.ts", [database.url, files.url, dir])),
    );
  };
  try {
    return await work({ pool, databaseUrl: database.url, dir, load });
  } finally {
    files.close();
    await pool.end();
    await database.stop();
    await rm(databaseDir, { recursive: true, force: true });
  }
};
