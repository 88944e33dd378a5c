import { z } from "zod";
import { gidOf, idOf } from "#app/core/ids/gid.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { Ask } from "./gateway.server.ts";
import { BULK_RUN_QUERY, BULK_STATUS } from "./operations/bulk.ts";

/** A bulk operation at one moment. */
export type BulkState =
  | { readonly state: "running"; readonly rootObjects: number; readonly startedAt: Date }
  | { readonly state: "finished"; readonly url: string | null; readonly bytes: number; readonly objects: number }
  | { readonly state: "failed"; readonly reason: string };

const count = z.coerce.number();

/**
 * Starts a bulk query. Children are asked for grouped under their parents, so that the result can be read as a stream
 * with one object in memory at a time.
 *
 * @returns the number of the bulk operation's id
 * @throws ShopifyError when Shopify refuses it
 */
export const startBulk = async (ask: Ask, query: string): Promise<bigint> => {
  const { bulkOperationRunQuery: payload } = await ask(BULK_RUN_QUERY, { query, groupObjects: true });
  const error = payload?.userErrors[0];
  if (error) {
    const isBusy = error.code === "LIMIT_REACHED" || error.code === "OPERATION_IN_PROGRESS";
    throw new ShopifyError(isBusy ? "throttled" : "refused", error.message);
  }
  if (!payload?.bulkOperation) throw new ShopifyError("refused", "Shopify started no bulk operation");
  return idOf(payload.bulkOperation.id, "BulkOperation");
};

export const bulkState = async (ask: Ask, id: bigint): Promise<BulkState> => {
  const { bulkOperation } = await ask(BULK_STATUS, { id: gidOf("BulkOperation", id) });
  if (!bulkOperation) return { state: "failed", reason: "gone" };
  switch (bulkOperation.status) {
    case "CREATED":
    case "RUNNING":
      return {
        state: "running",
        rootObjects: count.parse(bulkOperation.rootObjectCount),
        startedAt: new Date(bulkOperation.createdAt),
      };
    case "COMPLETED":
      return {
        state: "finished",
        url: bulkOperation.url ?? null,
        bytes: count.parse(bulkOperation.fileSize ?? 0),
        objects: count.parse(bulkOperation.objectCount),
      };
    default:
      return { state: "failed", reason: bulkOperation.errorCode ?? bulkOperation.status };
  }
};

const interrupted = (cause: unknown): never => {
  throw new ShopifyError("unavailable", "The bulk result could not be fetched", { cause });
};

/**
 * The rows of a bulk result, parsed from JSON, one at a time.
 *
 * @param bytes the size that Shopify gave; a result that ends before it is refused
 * @throws ShopifyError `bulk-broken` with the line, or `unavailable`
 */
export async function* readBulkRows(url: string, bytes: number): AsyncGenerator {
  const response = await fetch(url).catch(interrupted);
  if (!response.ok || !response.body) {
    // A result that is refused or gone will not come back; a server that is down may.
    throw new ShopifyError(response.status < 500 ? "bulk-broken" : "unavailable", `Result: HTTP ${response.status}`);
  }
  const decoder = new TextDecoder();
  let rest = "";
  let line = 0;
  let received = 0;
  const parse = (text: string): unknown => {
    line += 1;
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new ShopifyError("bulk-broken", `Line ${line} of the bulk result is not JSON`, { cause });
    }
  };
  const reader = response.body.getReader();
  const next = () => reader.read().catch(interrupted);
  for (let read = await next(); !read.done; read = await next()) {
    received += read.value.byteLength;
    const lines = (rest + decoder.decode(read.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) if (text !== "") yield parse(text);
  }
  if (received < bytes)
    throw new ShopifyError("bulk-broken", `The bulk result ended after ${received} of ${bytes} bytes`);
  if (rest !== "") yield parse(rest);
}
