import { stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { machine, median } from "../machine.ts";
import { copyAgain, countRows } from "./copy-again.ts";
import { type Measurement, type ShopSize, sizeOptions, sizesOf, withBenchShop } from "./loaded-shop.ts";

const HELP = `npm run bench -- ingest [--orders 100000] [--customers 20000] [--lines 3] [--runs 3] [--tenth]

From bulk results (JSON Lines over HTTP) to ledger and tiers, against COPY of the very same final rows into the same
logged, indexed tables. Changed orders, which come by paged queries, are not part of it. --tenth: a shop of a tenth of the
size is measured before, in the same run.
`;

const totalOf = ({ seconds }: Measurement): number => Object.values(seconds).reduce((a, b) => a + b, 0);

const measure = (size: ShopSize, runs: number) =>
  withBenchShop(size, async ({ pool, dir, load }) => {
    const ingests: Measurement[] = [];
    const copies: number[] = [];
    let rows: Record<string, number> = {};
    for (let run = 1; run <= runs; run++) {
      const measured = await load();
      ingests.push(measured);
      rows = await countRows(pool);
      copies.push(await copyAgain(pool));
      process.stderr.write(`${size.orders} orders, run ${run}: ingest ${totalOf(measured).toFixed(1)} s, `);
      process.stderr.write(`COPY ${copies.at(-1)?.toFixed(1)} s, peak ${measured.peakMegabytes.toFixed(0)} MB\n`);
    }
    const ingest = median(ingests.map(totalOf));
    const copy = median(copies);
    return {
      sizes: {
        ...sizesOf(size),
        jsonlBytes: (await stat(path.join(dir, "orders.jsonl"))).size,
        rows,
      },
      seconds: { ingest, copy, stages: ingests.at(-1)?.seconds },
      ratios: { ingestToCopy: ingest / copy },
      peakMegabytes: Math.max(...ingests.map(({ peakMegabytes }) => peakMegabytes)),
    };
  });

/** `npm run bench -- ingest`: the time and memory of a first sync's reading, and their ratio to COPY. */
export const ingestBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      ...sizeOptions({ orders: "100000", customers: "20000", lines: "3" }),
      runs: { type: "string", default: "3" },
      tenth: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  const tenthOf = (count: string): string => String(Number(count) / 10);
  const smaller = { orders: tenthOf(values.orders), customers: tenthOf(values.customers), lines: values.lines };
  const tenth = values.tenth ? await measure(smaller, Number(values.runs)) : null;
  const whole = await measure(values, Number(values.runs));
  const ratios = {
    ...whole.ratios,
    ...(tenth && { timeToTenth: whole.seconds.ingest / tenth.seconds.ingest }),
    ...(tenth && { memoryToTenth: whole.peakMegabytes / tenth.peakMegabytes }),
  };
  return { name: "ingest", machine: machine(), ...whole, ratios, ...(tenth && { tenth }) };
};
