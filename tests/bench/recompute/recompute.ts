import { parseArgs } from "node:util";
import { z } from "zod";
import { copyAgain, countRows } from "../ingest/copy-again.ts";
import { output, sizeOptions, sizesOf, withBenchShop } from "../ingest/loaded-shop.ts";
import { machine } from "../machine.ts";

const HELP = `npm run bench -- recompute [--orders 100000] [--customers 20000] [--lines 1.2]

A rule change: every order's ledger worked out again from what is kept, and tiers, without asking Shopify, against COPY of
all of the shop's rows into the same logged, indexed tables.
`;

const measurement = z.object({ seconds: z.number(), peakMegabytes: z.number() });

/** `npm run bench -- recompute`: how long a rule change takes. */
export const recomputeBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      ...sizeOptions({ orders: "100000", customers: "20000", lines: "1.2" }),
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  return withBenchShop(values, async ({ pool, databaseUrl, load }) => {
    await load();
    const before = await countRows(pool);
    const measured = measurement.parse(JSON.parse(await output("tests/bench/recompute/recomputed.ts", [databaseUrl])));
    const rows = await countRows(pool);
    const copy = await copyAgain(pool);
    return {
      name: "recompute",
      machine: machine(),
      sizes: {
        ...sizesOf(values),
        entriesBefore: before["ledger_entry"],
        entriesAfter: rows["ledger_entry"],
      },
      seconds: { recompute: measured.seconds, copy },
      ratios: { recomputeToCopy: measured.seconds / copy },
      peakMegabytes: measured.peakMegabytes,
    };
  });
};
