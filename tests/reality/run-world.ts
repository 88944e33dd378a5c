import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse/sync";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { runScenario } from "../../scripts/scenario/run-scenario.ts";
import { cents, decimal, totalOf } from "./plain-expectations.ts";

/** A shop's exports, as a merchant downloads them. */
export interface Exports {
  /** In the order of the file. */
  readonly customers: readonly Record<string, string>[];
  /** Rows as text, in the order of the file. */
  readonly ledger: readonly string[];
  /** When it all happened: the latest instant in the world. */
  readonly now: string;
}

/** Pushes a world through the whole system, all time counting, and reads what customers.csv and ledger.csv say. */
export const runWorld = async (name: string, world: Iterable<WorldObject>): Promise<Exports> => {
  const outDir = await mkdtemp(path.join(tmpdir(), `pareto-${name}-`));
  // The database may run as a user of its own, who cannot enter a temporary folder of this one.
  const dataDir = path.resolve(`.data/${name}-${process.pid}`);
  try {
    const worldFile = path.join(outDir, "world.jsonl");
    await pipeline(Readable.from(textOf(world)), createWriteStream(worldFile));
    const { now, stages } = await runScenario({
      worldFile,
      plan: null,
      carts: [],
      settings: { window: "all" },
      now: null,
      outDir,
      dataDir,
    });
    console.log(`${name}: ${stages.map(({ stage, seconds }) => `${stage} ${seconds.toFixed(1)} s`).join(", ")}`);
    const read = (file: string): Promise<string> => readFile(path.join(outDir, file), "utf8");
    const [, ...ledger] = (await read("ledger.csv")).trimEnd().split("\n");
    return { customers: parse(await read("customers.csv"), { columns: true }), ledger, now };
  } finally {
    await rm(outDir, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
};

const textOf = function* (world: Iterable<WorldObject>): Generator<string> {
  for (const object of world) yield `${JSON.stringify(object)}\n`;
};

/** A column of amounts in cents, from the first rank to the last. */
export const column = ({ customers }: Exports, name: string): number[] =>
  customers.map((customer) => cents(customer[name] ?? ""));

/** Customers and profit of each tier, for people. */
export const tierSummary = (exports: Exports): string => {
  const profits = column(exports, "cm4");
  return ["A", "B", "C"]
    .map((tier) => {
      const values = profits.filter((_, index) => exports.customers[index]?.tier === tier);
      return `tier ${tier}: ${values.length} customers, CM4 ${decimal(totalOf(values))}`;
    })
    .join("; ");
};

/** Rows that one has and the other lacks, each as often as it is missing: a few of them to look at. */
export const ledgerDifferences = (
  ledger: readonly string[],
  expected: readonly string[],
): { missing: string[]; unexpected: string[] } => {
  const balance = new Map<string, number>();
  for (const row of expected) balance.set(row, (balance.get(row) ?? 0) + 1);
  for (const row of ledger) balance.set(row, (balance.get(row) ?? 0) - 1);
  const rows = [...balance];
  return {
    missing: rows.flatMap(([row, count]) => (count > 0 ? [row] : [])).slice(0, 10),
    unexpected: rows.flatMap(([row, count]) => (count < 0 ? [row] : [])).slice(0, 10),
  };
};
