import { execFileSync, spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { parseArgs } from "node:util";
import type pg from "pg";
import { z } from "zod";
import { migrate } from "#app/db/migrate.server.ts";
import { createPool } from "#app/db/pool.server.ts";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { machine, median } from "../machine.ts";
import { copyAgain, countRows } from "./copy-again.ts";

const CACHE = path.resolve(".cache/bench");
const TSX = ["--import", "tsx"];

const measurement = z.object({ seconds: z.record(z.string(), z.number()), peakMegabytes: z.number() });

const serve = async (dir: string): Promise<{ url: string; close: () => void }> => {
  const server = createServer((request, response) => {
    createReadStream(path.join(dir, path.basename(request.url ?? ""))).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
};

/** Runs a program and gives what it printed; the event loop stays free to serve it. */
const output = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...TSX, program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    child.once("exit", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${program} ended with code ${code}`)),
    );
  });

const emptyDatabase = async (pool: pg.Pool): Promise<void> => {
  await pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  await migrate(pool);
  await pool.query("CHECKPOINT");
};

const HELP = `npm run bench -- ingest [--orders 100000] [--customers 20000] [--runs 3]

From bulk results (JSON Lines over HTTP) to ledger and tiers, against COPY of the very same final rows into the same
logged, indexed tables. Refunded lines, which come by paged queries, are not part of it.
`;

/** `npm run bench -- ingest`: the time and memory of a first sync's reading, and their ratio to COPY. */
export const ingestBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      orders: { type: "string", default: "100000" },
      customers: { type: "string", default: "20000" },
      runs: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  const { orders, customers } = values;
  const dir = path.join(CACHE, `ingest-${orders}-${customers}`);
  await mkdir(CACHE, { recursive: true });
  process.stderr.write("Preparing the bulk results ...\n");
  execFileSync(process.execPath, [...TSX, "tests/bench/ingest/prepare.ts", dir, orders, customers], {
    stdio: "inherit",
  });

  const databaseDir = path.join(CACHE, `postgres-${process.pid}`);
  const database = await startEmbeddedPostgres({ dir: databaseDir, keep: false });
  const pool = createPool(database.url);
  const files = await serve(dir);
  try {
    const ingests: { total: number; seconds: Record<string, number>; peakMegabytes: number }[] = [];
    const copies: number[] = [];
    let rows: Record<string, number> = {};
    for (let run = 1; run <= Number(values.runs); run++) {
      await emptyDatabase(pool);
      const text = await output("tests/bench/ingest/measured.ts", [database.url, files.url, dir]);
      const measured = measurement.parse(JSON.parse(text));
      const total = Object.values(measured.seconds).reduce((a, b) => a + b, 0);
      ingests.push({ total, ...measured });
      rows = await countRows(pool);
      copies.push(await copyAgain(pool));
      process.stderr.write(`run ${run}: ingest ${total.toFixed(1)} s, COPY ${copies.at(-1)?.toFixed(1)} s, `);
      process.stderr.write(`peak ${measured.peakMegabytes.toFixed(0)} MB\n`);
    }
    const ingestSeconds = median(ingests.map(({ total }) => total));
    const copySeconds = median(copies);
    return {
      name: "ingest",
      machine: machine(),
      sizes: {
        orders: Number(orders),
        customers: Number(customers),
        jsonlBytes: (await stat(path.join(dir, "orders.jsonl"))).size,
        rows,
      },
      seconds: { ingest: ingestSeconds, copy: copySeconds, stages: ingests.at(-1)?.seconds },
      ratios: { ingestToCopy: ingestSeconds / copySeconds },
      peakMegabytes: Math.max(...ingests.map(({ peakMegabytes }) => peakMegabytes)),
    };
  } finally {
    files.close();
    await pool.end();
    await database.stop();
    await rm(databaseDir, { recursive: true, force: true });
  }
};
