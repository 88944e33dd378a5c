import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { runScenario } from "./scenario/run-scenario.ts";
import { readCarts } from "./scenario/check-carts.ts";
import { readJson, readSettings } from "./scenario/settings.ts";

const USAGE = `npm run scenario -- --world W.jsonl [--settings S.json] [--plan P.json] [--carts C.jsonl] [--now ISO] --out DIR

  --world     a shop as JSON Lines (docs/world.schema.json)
  --settings  docs/settings.schema.json
  --plan      a discount plan to publish (docs/plan.schema.json)
  --carts     carts to push through the checkout, one a line (docs/cart.schema.json)
  --now       the instant at which it all happens; by default the latest instant in the world
  --out       where customers.csv, ledger.csv, receivables.csv, reconciliation.json, checkout.jsonl, backtest.json and
              timings.json go
`;

const { values } = parseArgs({
  options: {
    world: { type: "string" },
    settings: { type: "string" },
    plan: { type: "string" },
    carts: { type: "string" },
    now: { type: "string" },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const main = async (): Promise<void> => {
  if (values.help || values.world === undefined || values.out === undefined) {
    process.stdout.write(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const now = values.now === undefined ? null : new Date(values.now);
  if (now !== null && Number.isNaN(now.getTime()))
    throw new RangeError(`--now "${values.now}" is not an ISO 8601 instant`);
  const settings = await readSettings(values.settings);
  const plan = values.plan === undefined ? null : await readJson(values.plan);
  const carts = values.carts === undefined ? [] : await readCarts(values.carts);
  const dataDir = path.resolve(`.data/scenario-${process.pid}`);
  await mkdir(values.out, { recursive: true });
  try {
    const timings = await runScenario({
      worldFile: values.world,
      settings,
      plan,
      carts,
      now,
      outDir: values.out,
      dataDir,
    });
    await writeFile(path.join(values.out, "timings.json"), `${JSON.stringify(timings, null, 2)}\n`);
    for (const { stage, seconds, rows } of timings.stages) {
      process.stdout.write(
        `${stage.padEnd(20)} ${seconds.toFixed(2).padStart(8)} s ${String(rows ?? "").padStart(9)}\n`,
      );
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof Error && error.cause instanceof Error) process.stderr.write(`${error.cause.message}\n`);
  process.exit(1);
});
