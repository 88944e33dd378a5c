import { backtestBench } from "./backtest/backtest.ts";
import { functionsBench } from "./functions/functions.ts";
import { ingestBench } from "./ingest/ingest.ts";
import { ledgerBench } from "./ledger/ledger.ts";
import { publishBench } from "./publish/publish.ts";
import { recomputeBench } from "./recompute/recompute.ts";
import { refreshBench } from "./refresh/refresh.ts";
import { tiersBench } from "./tiers/tiers.ts";
import { webhooksBench } from "./webhooks/webhooks.ts";

/** Every bench by its name: `npm run bench -- NAME [options]`. Each prints one JSON object as its last line. */
const BENCHES: Readonly<Record<string, (args: string[]) => Promise<unknown>>> = {
  backtest: backtestBench,
  functions: functionsBench,
  ingest: ingestBench,
  ledger: ledgerBench,
  publish: publishBench,
  recompute: recomputeBench,
  refresh: refreshBench,
  tiers: tiersBench,
  webhooks: webhooksBench,
};

const main = async (): Promise<void> => {
  const [name = "", ...args] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (!bench) {
    process.stderr.write(`npm run bench -- NAME, with NAME one of: ${Object.keys(BENCHES).join(", ")}\n`);
    process.exitCode = 2;
    return;
  }
  const result = await bench(args);
  process.stdout.write(`${JSON.stringify(result)}\n`);
};

await main();
