import { readFile } from "node:fs/promises";
import path from "node:path";
import { latestInstant, readWorldFile } from "#tests/local-shopify/world/world.ts";
import { runApp } from "#tests/setup/running-app.ts";
import { checkCarts, type CartToCheck } from "./check-carts.ts";
import { Merchant, type SyncStage } from "./merchant.ts";
import type { Settings } from "./settings.ts";

export interface ScenarioOptions {
  readonly worldFile: string;
  readonly settings: Settings;
  /** A discount plan as docs/plan.schema.json has it; null: none. */
  readonly plan: unknown;
  /** Carts to push through the checkout, one a line. */
  readonly carts: readonly CartToCheck[];
  /** Null: the latest instant in the world. */
  readonly now: Date | null;
  readonly outDir: string;
  /** For the throw-away database and the local Shopify's state. */
  readonly dataDir: string;
}

export interface Timings {
  readonly now: string;
  readonly stages: readonly { readonly stage: string; readonly seconds: number; readonly rows?: number }[];
}

/** Nothing in a world is after it. */
const END_OF_TIME = new Date("9999-12-31T23:59:59Z");
/** The bucket of the shop's plan refills this many times faster: nobody waits for a rate limit here. */
const BUCKET_SPEED = 10_000;
/** Characters of the app's log that a failure shows. */
const LAST_WORDS = 4000;

/**
 * The whole system on a world, headless: a local Shopify with that world, the built app and its worker on a throw-away
 * database; installs, syncs, works out profit and tiers, and downloads the app's own exports as a merchant would.
 */
export const runScenario = async (options: ScenarioOptions): Promise<Timings> => {
  const stages: { stage: string; seconds: number; rows?: number }[] = [];
  const timed = async <T>(stage: string, work: () => Promise<T>, rows?: (result: T) => number): Promise<T> => {
    const started = performance.now();
    const result = await work();
    const seconds = (performance.now() - started) / 1000;
    stages.push(rows ? { stage, seconds, rows: rows(result) } : { stage, seconds });
    return result;
  };
  const note = (work: string, done: readonly SyncStage[]): void => {
    for (const { name, seconds, done: rows } of done)
      stages.push({ stage: `${work} ${name}`, seconds: seconds ?? 0, rows });
  };

  const world = await timed(
    "read world",
    () => readWorldFile(options.worldFile, { now: options.now ?? END_OF_TIME }),
    ({ orders }) => orders.length,
  );
  const now = options.now ?? latestInstant(world);
  const { scopes } = options.settings;
  const running = await timed("start", () =>
    runApp({
      world,
      dataDir: options.dataDir,
      clockOffsetMs: now.getTime() - Date.now(),
      shopify: { bucketSpeed: BUCKET_SPEED, ...(scopes ? { grantedScopes: scopes } : {}) },
    }),
  );
  try {
    running.shopify.oauth.install();
    const merchant = new Merchant(running);
    await timed("install", () => merchant.open());
    await merchant.saveSettings(options.settings);
    const synced = await timed("sync", () => merchant.waitForSync());
    note("sync", synced);
    if (options.plan !== null) note("publish", await timed("publish", () => merchant.publishPlan(options.plan)));
    if (options.carts.length > 0) {
      const file = path.join(options.outDir, "checkout.jsonl");
      await timed(
        "checkout",
        () => checkCarts(running.shopify, options.carts, file),
        (carts) => carts,
      );
    }
    note("reconcile", await timed("reconcile", () => merchant.reconcile()));
    const ofPlan = options.plan === null ? [] : ["backtest.json"];
    if (options.plan !== null) note("backtest", await timed("backtest", () => merchant.backtest(options.settings)));
    for (const file of ["customers.csv", "ledger.csv", "receivables.csv", "reconciliation.json", ...ofPlan]) {
      await timed(file, () => merchant.download(`/app/${file}`, path.join(options.outDir, file)));
    }
  } catch (error) {
    const log = await readFile(path.join(options.dataDir, "app.log"), "utf8").catch(() => "");
    throw new Error(`The scenario failed. The app's last words:\n${log.slice(-LAST_WORDS)}`, { cause: error });
  } finally {
    await running.stop();
  }
  return { now: now.toISOString(), stages };
};
