import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { BULK_RUN_QUERY, BULK_STATUS } from "#app/shopify/operations/bulk.ts";
import { TestShop } from "#tests/local-shopify/test-shop.ts";
import { generateWorld } from "#tests/local-shopify/world/generator.ts";
import { parseWorld } from "#tests/local-shopify/world/world.ts";
import { BULK_FILES, NOW, operationFile, type BulkFile } from "./bulk-files.ts";

// Makes the bulk results that the bench reads: a generated world, exported by the local Shopify's own bulk operations.
// A program of its own, so that its memory is not the bench's.

const started = z.object({ bulkOperationRunQuery: z.object({ bulkOperation: z.object({ id: z.string() }) }) });
const state = z.object({
  bulkOperation: z.looseObject({ status: z.string(), url: z.string().nullable() }),
});

const download = (shop: TestShop, url: string, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, pathname, search } = new URL(url);
    const headers = { "x-local-shopify-host": hostname };
    request(`${shop.shopify.url}${pathname}${search}`, { headers }, (response) => {
      pipeline(response, createWriteStream(file)).then(resolve, reject);
    })
      .once("error", reject)
      .end();
  });

const exportTo = async (shop: TestShop, bulk: BulkFile, dir: string): Promise<void> => {
  const run = await shop.graphql(BULK_RUN_QUERY, { query: bulk.query, groupObjects: true });
  const { id } = started.parse(run.data).bulkOperationRunQuery.bulkOperation;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const operation = state.parse((await shop.graphql(BULK_STATUS, { id })).data).bulkOperation;
    const { status, url } = operation;
    if (status === "COMPLETED") {
      if (url === null) return;
      await writeFile(operationFile(dir, bulk.file), JSON.stringify(operation));
      return download(shop, url, path.join(dir, bulk.file));
    }
    if (status !== "CREATED" && status !== "RUNNING") throw new Error(`The export of ${bulk.file} ended as ${status}`);
  }
};

const [dir = "", orders = "", customers = ""] = process.argv.slice(2);
if (!existsSync(dir)) {
  const unfinished = `${dir}.unfinished`;
  await mkdir(unfinished, { recursive: true });
  const lines = function* (): Generator<string> {
    const size = { orders: Number(orders), customers: Number(customers) };
    for (const object of generateWorld({ seed: "bench", now: NOW, ...size })) yield JSON.stringify(object);
  };
  const shop = await TestShop.open(parseWorld(lines(), { now: NOW }), { now: () => NOW, bucketSpeed: 1000 });
  for (const bulk of BULK_FILES) await exportTo(shop, bulk, unfinished);
  await shop.stop();
  await rename(unfinished, dir);
}
