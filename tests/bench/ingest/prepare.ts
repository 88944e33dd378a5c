import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { BULK_RUN_QUERY, BULK_STATUS } from "#app/shopify/operations/bulk.ts";
import { TestShop } from "#tests/local-shopify/test-shop.ts";
import { generateWorld } from "#tests/local-shopify/world/generator.ts";
import { parseWorld } from "#tests/local-shopify/world/world.ts";
import { BULK_FILES, NOW, operationFile } from "./bulk-files.ts";

// Makes the bulk results that the bench reads: a generated world, exported by the local Shopify's own bulk operations.
// A program of its own, so that its memory is not the bench's.

/** So many orders are exported at a time: the local Shopify holds all of a world in memory. */
const ORDERS_AT_A_TIME = 50_000;

const started = z.object({ bulkOperationRunQuery: z.object({ bulkOperation: z.object({ id: z.string() }) }) });
const state = z.object({
  bulkOperation: z.looseObject({
    status: z.string(),
    url: z.string().nullable(),
    objectCount: z.coerce.number(),
    rootObjectCount: z.coerce.number(),
    fileSize: z.coerce.number(),
  }),
});
type Operation = z.infer<typeof state>["bulkOperation"];

/** Adds what stands behind a link to a file. */
const download = (shop: TestShop, url: string, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, pathname, search } = new URL(url);
    const headers = { "x-local-shopify-host": hostname };
    request(`${shop.shopify.url}${pathname}${search}`, { headers }, (response) => {
      pipeline(response, createWriteStream(file, { flags: "a" })).then(resolve, reject);
    })
      .once("error", reject)
      .end();
  });

/** Runs a bulk query and adds its result to a file. */
const exportTo = async (shop: TestShop, query: string, file: string): Promise<Operation> => {
  const run = await shop.graphql(BULK_RUN_QUERY, { query, groupObjects: true });
  const { id } = started.parse(run.data).bulkOperationRunQuery.bulkOperation;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const operation = state.parse((await shop.graphql(BULK_STATUS, { id })).data).bulkOperation;
    const { status, url } = operation;
    if (status === "COMPLETED") {
      if (url !== null) await download(shop, url, file);
      return operation;
    }
    if (status !== "CREATED" && status !== "RUNNING") throw new Error(`The export of ${file} ended as ${status}`);
  }
};

/** One operation's result after the other's, as if one operation had given both. */
const joined = (one: Operation | undefined, other: Operation): Operation => ({
  ...other,
  objectCount: (one?.objectCount ?? 0) + other.objectCount,
  rootObjectCount: (one?.rootObjectCount ?? 0) + other.rootObjectCount,
  fileSize: (one?.fileSize ?? 0) + other.fileSize,
});

/** The lines of a generated world, as many worlds as it takes: each has all but the orders, and some of the orders. */
function* worldsOf(options: Parameters<typeof generateWorld>[0]): Generator<string[]> {
  const always: string[] = [];
  let orders: string[] = [];
  for (const object of generateWorld(options)) {
    (object.type === "order" ? orders : always).push(JSON.stringify(object));
    if (orders.length < ORDERS_AT_A_TIME) continue;
    yield [...always, ...orders];
    orders = [];
  }
  if (orders.length > 0) yield [...always, ...orders];
}

const [dir = "", orders = "", customers = "", lines = ""] = process.argv.slice(2);
if (!existsSync(dir)) {
  const unfinished = `${dir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const size = { orders: Number(orders), customers: Number(customers), linesPerOrder: Number(lines) };
  const operations = new Map<string, Operation>();
  for (const world of worldsOf({ seed: "bench", now: NOW, ...size })) {
    const shop = await TestShop.open(parseWorld(world, { now: NOW }), { now: () => NOW, bucketSpeed: 1000 });
    for (const { file, query } of BULK_FILES) {
      const known = operations.get(file);
      // The orders alone differ from one of these worlds to the next.
      if (known && file !== "orders.jsonl") continue;
      operations.set(file, joined(known, await exportTo(shop, query, path.join(unfinished, file))));
    }
    await shop.stop();
  }
  for (const [file, operation] of operations)
    await writeFile(operationFile(unfinished, file), JSON.stringify(operation));
  await rename(unfinished, dir);
}
