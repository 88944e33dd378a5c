import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type pg from "pg";
import { build } from "vite";
import { z } from "zod";
import { migrate } from "#app/db/migrate.server.ts";
import { createPool } from "#app/db/pool.server.ts";
import { startEmbeddedPostgres, type EmbeddedDatabase } from "#app/platform/embedded-postgres.server.ts";
import { BULK_STATUS } from "#app/shopify/operations/bulk.ts";
import { databaseAt } from "#tests/setup/database-template.ts";
import { BULK_FILES } from "./bulk-files.ts";

const CACHE = path.resolve(".cache/bench");
const TSX = ["--import", "tsx"];

/** A program of this folder built as the app is: beside the app's threads, which it starts. */
const built = async (name: string): Promise<string> => {
  const outDir = "build/bench";
  await build({
    configFile: false,
    logLevel: "error",
    build: { ssr: `tests/bench/ingest/${name}.ts`, outDir, emptyOutDir: false, target: "es2022" },
  });
  return path.join(outDir, `${name}.js`);
};

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
  /** Lines that an order has on average. */
  readonly lines: string;
}

/** The options of a bench by which its shop's size is told, each with what it is unless said. */
export const sizeOptions = ({ orders, customers, lines }: ShopSize) =>
  ({
    orders: { type: "string", default: orders },
    customers: { type: "string", default: customers },
    lines: { type: "string", default: lines },
  }) as const;

/** A shop's size as a bench prints it. */
export const sizesOf = ({ orders, customers, lines }: ShopSize) => ({
  orders: Number(orders),
  customers: Number(customers),
  linesPerOrder: Number(lines),
});

export interface BenchShop {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** The folder of the bulk results. */
  readonly dir: string;
  /** Empties the database and reads the bulk results into it, in a process of its own. */
  readonly load: () => Promise<Measurement>;
}

const nameOf = ({ orders, customers, lines }: ShopSize): string => `${orders}-${customers}-${lines}`;

/** The folder of a generated shop's bulk results, made once and kept for the next time. */
const prepared = async (size: ShopSize): Promise<string> => {
  const queries = createHash("sha256")
    .update([BULK_STATUS, ...BULK_FILES.map(({ query }) => query)].join())
    .digest("hex")
    .slice(0, 8);
  const dir = path.join(CACHE, `ingest-${nameOf(size)}-${queries}`);
  await mkdir(CACHE, { recursive: true });
  process.stderr.write("Preparing the bulk results ...\n");
  const { orders, customers, lines } = size;
  execFileSync(process.execPath, [...TSX, "tests/bench/ingest/prepare.ts", dir, orders, customers, lines], {
    stdio: "inherit",
  });
  return dir;
};

/** Empties a database and reads bulk results into it, in a process of its own. */
const loadInto = async (databaseUrl: string, dir: string): Promise<Measurement> => {
  const pool = createPool(databaseUrl, 1);
  const files = await serve(dir);
  try {
    await pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await migrate(pool);
    await pool.query("CHECKPOINT");
    const measured = await output(await built("measured"), [databaseUrl, files.url, dir]);
    return measurement.parse(JSON.parse(measured));
  } finally {
    files.close();
    await pool.end();
  }
};

/** A throw-away database and the bulk results of a generated shop. */
export const withBenchShop = async <T>(size: ShopSize, work: (shop: BenchShop) => Promise<T>): Promise<T> => {
  const dir = await prepared(size);
  const databaseDir = path.join(CACHE, `postgres-${process.pid}`);
  const database = await startEmbeddedPostgres({ dir: databaseDir, keep: false });
  const pool = createPool(database.url);
  try {
    return await work({ pool, databaseUrl: database.url, dir, load: () => loadInto(database.url, dir) });
  } finally {
    await pool.end();
    await database.stop();
    await rm(databaseDir, { recursive: true, force: true });
  }
};

/** What the rows of a loaded shop follow from, beside the bulk results. */
const ROWS_FOLLOW_FROM = [
  "app/core/ledger",
  "app/core/orders",
  "app/core/profit",
  "app/shopify/mappers",
  "app/db/ingest",
];

const hashOfFolders = async (folders: readonly string[]): Promise<string> => {
  const hash = createHash("sha256");
  for (const folder of folders) {
    for (const name of (await readdir(folder)).sort())
      hash.update(name).update(await readFile(path.join(folder, name)));
  }
  return hash.digest("hex").slice(0, 8);
};

const KEPT = "kept";

/** A server with a loaded shop in a database that nobody works in; others of the same size are thrown away. */
const keptShop = async (size: ShopSize): Promise<{ server: EmbeddedDatabase; admin: pg.Pool }> => {
  const dir = await prepared(size);
  const name = `${path.basename(dir).replace("ingest", "loaded")}-${await hashOfFolders(ROWS_FOLLOW_FROM)}`;
  const outdated = `loaded-${nameOf(size)}-`;
  for (const other of await readdir(CACHE)) {
    if (other.startsWith(outdated) && !other.startsWith(name)) await rm(path.join(CACHE, other), { recursive: true });
  }
  const server = await startEmbeddedPostgres({ dir: path.join(CACHE, name), keep: true });
  const admin = createPool(databaseAt(server.url, "postgres"), 1);
  const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [KEPT]);
  if (rowCount === 0) {
    process.stderr.write("Loading the shop, which is kept for the next time ...\n");
    await loadInto(server.url, dir);
    const pool = createPool(server.url, 1);
    // As it is some minutes after a first sync.
    await pool.query("VACUUM ANALYZE").finally(() => pool.end());
    await admin.query(`ALTER DATABASE ${path.basename(new URL(server.url).pathname)} RENAME TO ${KEPT}`);
  }
  return { server, admin };
};

/**
 * A database with a generated shop in it, to do with as one likes: a copy of one that is loaded once, and again when what its
 * rows follow from has changed. Nothing of the loading is measured.
 */
export const withLoadedShop = async <T>(
  size: ShopSize,
  work: (shop: Pick<BenchShop, "pool" | "databaseUrl">) => Promise<T>,
): Promise<T> => {
  const { server, admin } = await keptShop(size);
  const own = path.basename(new URL(server.url).pathname);
  const drop = (): Promise<unknown> => admin.query(`DROP DATABASE IF EXISTS ${own} WITH (FORCE)`);
  const pool = createPool(server.url);
  try {
    await drop();
    await admin.query(`CREATE DATABASE ${own} TEMPLATE ${KEPT} STRATEGY file_copy`);
    await migrate(pool);
    await pool.query("CHECKPOINT");
    return await work({ pool, databaseUrl: server.url });
  } finally {
    await pool.end();
    await drop();
    await admin.end();
    await server.stop();
  }
};
