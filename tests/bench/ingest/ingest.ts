import { stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { machine, median } from "../machine.ts";
import { copyAgain, countRows } from "./copy-again.ts";
import { withBenchShop, type Measurement } from "./loaded-shop.ts";

const HELP = `npm run bench -- ingest [--orders 100000] [--customers 20000] [--runs 3]

From bulk results (JSON Lines over HTTP) to ledger and tiers, against COPY of the very same final rows into the same
logged, indexed tables. Changed orders, which come by paged queries, are not part of it.
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
  return withBenchShop(values, async ({ pool, dir, load }) => {
    const ingests: (Measurement & { total: number })[] = [];
    const copies: number[] = [];
    let rows: Record<string, number> = {};
    for (let run = 1; run <= Number(values.runs); run++) {
      const measured = await load();
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
        orders: Number(values.orders),
        customers: Number(values.customers),
        jsonlBytes: (await stat(path.join(dir, "orders.jsonl"))).size,
        rows,
      },
      seconds: { ingest: ingestSeconds, copy: copySeconds, stages: ingests.at(-1)?.seconds },
      ratios: { ingestToCopy: ingestSeconds / copySeconds },
      peakMegabytes: Math.max(...ingests.map(({ peakMegabytes }) => peakMegabytes)),
    };
  });
};
