import { readFileSync } from "node:fs";
import type { AdminApiContext } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { createPool } from "#app/db/pool.server.ts";
import { saveShop } from "#app/db/shops.server.ts";
import { startWork } from "#app/db/sync-progress.server.ts";
import type { StageName } from "#app/core/sync/stages.ts";
import type { StageContext } from "#app/pipeline/bulk-stage.ts";
import { ingestOrders } from "#app/pipeline/ingest-orders.ts";
import { ingestCompanies, ingestCustomers } from "#app/pipeline/ingest-people.ts";
import { ingestProducts } from "#app/pipeline/ingest-products.ts";
import { rankCustomers } from "#app/pipeline/recompute.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { threadsFor } from "#app/threads/order-threads.ts";
import { createAsk, RateLimit } from "#app/shopify/gateway.server.ts";
import { BULK_FILES, NOW, operationFile } from "./bulk-files.ts";

// The process whose time and memory are measured: the app's own stages, from bulk results served over HTTP to tiers.

const [databaseUrl = "", filesUrl = "", dir = ""] = process.argv.slice(2);

interface Variables {
  readonly query?: string;
  readonly id?: string;
}

const kept = z.looseObject({ status: z.literal("COMPLETED") });

/** Answers for Shopify: every bulk operation is finished, and its result is the prepared file. */
const answer = (operation: string, { query, id }: Variables): unknown => {
  if (operation.includes("mutation BulkRunQuery")) {
    const index = BULK_FILES.findIndex((bulk) => bulk.query === query);
    const bulkOperation = { id: `gid://shopify/BulkOperation/${index + 1}`, status: "CREATED" };
    return { bulkOperationRunQuery: { bulkOperation, userErrors: [] } };
  }
  if (operation.includes("query BulkStatus")) {
    const { file } = BULK_FILES[Number(id?.split("/").at(-1)) - 1] ?? { file: "" };
    const told: unknown = JSON.parse(readFileSync(operationFile(dir, file), "utf8"));
    return { bulkOperation: { ...kept.parse(told), id, url: `${filesUrl}/${file}` } };
  }
  return {};
};

const admin = {
  graphql: (operation: string, options?: { variables?: Variables }) =>
    Promise.resolve(Response.json({ data: answer(operation, options?.variables ?? {}) })),
} as unknown as AdminApiContext;

const pool = createPool(databaseUrl);
const { shop } = await saveShop(
  pool,
  {
    domain: "bench.myshopify.com",
    name: "Bench",
    currency: "USD",
    timeZone: "America/New_York",
    taxesIncluded: false,
    planName: "Basic",
    isPlus: false,
    scopes: ["read_all_orders", "read_payment_terms"],
  },
  NOW,
);
const run = await startWork(pool, shop.id, "sync", NOW);
const limit = new RateLimit();
const common = {
  shop,
  ask: createAsk(admin, limit),
  limit,
  pool,
  logger: createLogger("warn"),
  now: () => NOW,
  threadsFor: threadsFor(databaseUrl, "auto"),
  isStopping: () => false,
  runId: run.id,
  startedAt: NOW,
  since: null,
};

const STAGES: readonly (readonly [StageName, (context: StageContext) => Promise<unknown>])[] = [
  ["products", ingestProducts],
  ["customers", ingestCustomers],
  ["companies", ingestCompanies],
  ["orders", ingestOrders],
  ["tiers", () => rankCustomers(pool, shop, NOW)],
];

const seconds: Record<string, number> = {};
for (const [name, stage] of STAGES) {
  const progress = run.stages.find((one) => one.name === name);
  if (!progress) throw new Error(`No stage ${name}`);
  const started = performance.now();
  await stage({ ...common, stage: progress });
  seconds[name] = (performance.now() - started) / 1000;
}
await pool.end();
process.stdout.write(`${JSON.stringify({ seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 })}\n`);
