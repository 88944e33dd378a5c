import process from "node:process";

/**
 * Every bench by its name: `npm run bench -- NAME [options]`. Each prints one JSON object as its last line. A bench is loaded when
 * it is asked for: what some of them import makes all waits of the process shorter.
 */
const BENCHES: Readonly<Record<string, (args: string[]) => Promise<unknown>>> = {
  backtest: async (args) => (await import("./backtest/backtest.ts")).backtestBench(args),
  functions: async (args) => (await import("./functions/functions.ts")).functionsBench(args),
  ingest: async (args) => (await import("./ingest/ingest.ts")).ingestBench(args),
  ledger: async (args) => (await import("./ledger/ledger.ts")).ledgerBench(args),
  pages: async (args) => (await import("./pages/pages.ts")).pagesBench(args),
  publish: async (args) => (await import("./publish/publish.ts")).publishBench(args),
  recompute: async (args) => (await import("./recompute/recompute.ts")).recomputeBench(args),
  refresh: async (args) => (await import("./refresh/refresh.ts")).refreshBench(args),
  tiers: async (args) => (await import("./tiers/tiers.ts")).tiersBench(args),
  webhooks: async (args) => (await import("./webhooks/webhooks.ts")).webhooksBench(args),
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
