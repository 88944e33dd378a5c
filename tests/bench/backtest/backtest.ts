import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { migrate } from "#app/db/migrate.server.ts";
import { createPool } from "#app/db/pool.server.ts";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { createJobs } from "#app/platform/jobs.server.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { output } from "../ingest/loaded-shop.ts";
import { machine } from "../machine.ts";
import { seed } from "./seed.ts";

const HELP = `npm run bench -- backtest [--orders 100000]

A plan tried on past orders of five lines, under two plans that were in force one after the other: discounts priced by the
tests' reference, replayed by the app through the built Function, at a fifth of the orders and at all of them, against reading
the orders alone. Every total has to be the reference's.
`;

const SERVER = "postgres";

const measurement = z.object({ seconds: z.number(), peakMegabytes: z.number() });
const replayed = measurement.extend({
  result: z.object({
    orders: z.int(),
    lines: z.int(),
    underPlan: z.int(),
    differences: z.int(),
    status: z.string(),
    past: z.string(),
    candidate: z.string(),
  }),
});

const run = async (databaseUrl: string, orders: number) => {
  const pool = createPool(databaseUrl);
  process.stderr.write(`Seeding ${orders} orders ...\n`);
  try {
    await pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await migrate(pool);
    // The queue's tables: a back-test is asked for through it.
    await (await createJobs(pool, createLogger("silent"))).stop();
    const seeded = await seed(pool, orders);
    const child = (what: string) => output("tests/bench/backtest/replayed.ts", [databaseUrl, what]);
    const read = measurement.parse(JSON.parse(await child("read")));
    const { result, ...measured } = replayed.parse(JSON.parse(await child("replay")));
    const expected = [0, orders, String(seeded.given), String(seeded.candidate), "finished"];
    const found = [result.differences, result.orders, result.past, result.candidate, result.status];
    if (expected.join() !== found.join()) throw new Error(`Found ${found.join()}, expected ${expected.join()}`);
    return { ...measured, ...result, ordersPerSecond: orders / measured.seconds, readSeconds: read.seconds };
  } finally {
    await pool.end();
  }
};

/** `npm run bench -- backtest`: how long past orders take to replay. */
export const backtestBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: { orders: { type: "string", default: "100000" }, help: { type: "boolean", default: false } },
  });
  if (values.help) return HELP;
  const orders = Number(values.orders);
  const dir = path.resolve(".cache/bench", `${SERVER}-backtest-${process.pid}`);
  const database = await startEmbeddedPostgres({ dir, keep: false });
  try {
    const few = await run(database.url, Math.floor(orders / 5));
    const all = await run(database.url, orders);
    return {
      name: "backtest",
      machine: machine(),
      sizes: { orders, lines: all.lines, underPlan: all.underPlan },
      few,
      all,
      seconds: all.seconds,
      ratios: { toReading: all.seconds / all.readSeconds, memoryToFew: all.peakMegabytes / few.peakMegabytes },
      peakMegabytes: all.peakMegabytes,
    };
  } finally {
    await database.stop();
    await rm(dir, { recursive: true, force: true });
  }
};
