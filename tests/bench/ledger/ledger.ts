import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import type pg from "pg";
import { migrate } from "#app/db/migrate.server.ts";
import { createPool } from "#app/db/pool.server.ts";
import { allDifferences, latestReconciliation } from "#app/db/reconcile/reconciliation.server.ts";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { compareWithReference } from "#tests/pipeline/reference/compare.ts";
import { giveUpUnpaid, SHOPS } from "#tests/pipeline/reference/shops.ts";
import { openPipelineShop } from "#tests/setup/pipeline-shop.ts";
import { machine } from "../machine.ts";

const HELP = `npm run bench -- ledger [--orders 20000]

Generated shops in which everything happens, in USD, JPY and KWD, with tax on top and inside: each is synced over HTTP, every
entry of its ledger and the sums of its customers are compared with those of an independent reference, and the ledger with
the totals and sales of the local Shopify. Ends with code 1 if anything differs.
`;

/** How many differences are printed one by one. */
const PRINTED = 20;

interface Checked {
  readonly orders: number;
  readonly entries: number;
  readonly customers: number;
  readonly ordersComparedSaleBySale: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly differences: readonly string[];
  readonly seconds: { readonly sync: number; readonly reference: number; readonly reconcile: number };
}

const timed = async <T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> => {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
};

const checkShop = async (pool: pg.Pool, shop: (typeof SHOPS)[number], orders: number): Promise<Checked> => {
  const size = { customers: Math.ceil(orders / 2.5), orders };
  const world = giveUpUnpaid(generatedWorld({ ...shop, ...size, seed: `bench ${shop.domain}`, mix: "everything" }));
  const opened = await openPipelineShop(pool, world, { grantedScopes: ALL_SCOPES });
  try {
    const sync = await timed(() => opened.sync());
    const reference = await timed(() => compareWithReference(pool, opened.shop.id, world, WORLD_NOW));
    const reconcile = await timed(() => opened.work("reconcile"));
    const run = await latestReconciliation(pool, opened.shop.id);
    if (run?.ordersChecked !== orders) throw new Error(`${run?.ordersChecked} of ${orders} orders were reconciled`);
    const found = await allDifferences(pool, opened.shop.id, run.id);
    return {
      ...reference.result,
      ordersComparedSaleBySale: run.salesChecked,
      differences: [
        ...reference.result.differences,
        ...found.map((one) => `${one.orderName} ${one.lineType}: ledger ${one.ledger}, Shopify ${one.shopify}`),
      ],
      seconds: { sync: sync.seconds, reference: reference.seconds, reconcile: reconcile.seconds },
    };
  } finally {
    await opened.close();
  }
};

const inDatabase = async <T>(work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  const cache = path.resolve(".cache/bench");
  const dir = path.join(cache, `postgres-${process.pid}`);
  await mkdir(cache, { recursive: true });
  const database = await startEmbeddedPostgres({ dir, keep: false });
  const pool = createPool(database.url);
  try {
    await migrate(pool);
    return await work(pool);
  } finally {
    await pool.end();
    await database.stop();
    await rm(dir, { recursive: true, force: true });
  }
};

const add = (all: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const one of all) for (const [key, value] of Object.entries(one)) sums[key] = (sums[key] ?? 0) + value;
  return sums;
};

/** `npm run bench -- ledger`: every entry against the reference and Shopify, to the minor unit. */
export const ledgerBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: { orders: { type: "string", default: "20000" }, help: { type: "boolean", default: false } },
  });
  if (values.help) return HELP;
  const ordersOfShop = Math.ceil(Number(values.orders) / SHOPS.length);
  const shops = await inDatabase(async (pool) => {
    const checked: Checked[] = [];
    for (const shop of SHOPS) {
      const one = await checkShop(pool, shop, ordersOfShop);
      checked.push(one);
      process.stderr.write(`${shop.domain}: ${one.entries} entries, ${one.differences.length} differences, `);
      process.stderr.write(`sync ${one.seconds.sync.toFixed(0)} s, reconcile ${one.seconds.reconcile.toFixed(0)} s\n`);
      for (const difference of one.differences.slice(0, PRINTED)) process.stderr.write(`  ${difference}\n`);
    }
    return checked;
  });
  const differences = shops.reduce((count, one) => count + one.differences.length, 0);
  if (differences > 0) process.exitCode = 1;
  return {
    name: "ledger",
    machine: machine(),
    sizes: add(
      shops.map(({ orders, entries, customers, ordersComparedSaleBySale }) => ({
        orders,
        entries,
        customers,
        ordersComparedSaleBySale,
      })),
    ),
    kinds: add(shops.map(({ kinds }) => kinds)),
    differences,
    seconds: add(shops.map(({ seconds }) => seconds)),
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
};
