import { z } from "zod";
import { gidOf, idOf } from "#app/core/ids/gid.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { Ask } from "./gateway.server.ts";
import { BULK_RUN_QUERY, BULK_STATUS } from "./operations/bulk.ts";

/** How much there is in a bulk result, as Shopify counted it. */
export interface BulkSize {
  readonly bytes: number;
  /** One a row: objects of the top connection and all of their children. */
  readonly objects: number;
  /** Those of the top connection alone. */
  readonly rootObjects: number;
}

/** A bulk operation at one moment. */
export type BulkState =
  | { readonly state: "running"; readonly rootObjects: number; readonly startedAt: Date }
  | { readonly state: "finished"; readonly url: string | null; readonly size: BulkSize }
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
        size: {
          bytes: count.parse(bulkOperation.fileSize ?? 0),
          objects: count.parse(bulkOperation.objectCount),
          rootObjects: count.parse(bulkOperation.rootObjectCount),
        },
      };
    default:
      return { state: "failed", reason: bulkOperation.errorCode ?? bulkOperation.status };
  }
};

const interrupted = (cause: unknown): never => {
  throw new ShopifyError("unavailable", "The bulk result could not be fetched", { cause });
};

const isRoot = (row: unknown): boolean => !(typeof row === "object" && row !== null && "__parentId" in row);

/** Parses lines, counts what is in them, and in the end holds it against what Shopify had counted. */
class RowCounter {
  private objects = 0;
  private roots = 0;

  parse(text: string): unknown {
    this.objects += 1;
    const row = this.read(text);
    if (isRoot(row)) this.roots += 1;
    return row;
  }

  /** @throws ShopifyError `bulk-broken` where a row is missing, or one is there that Shopify did not count */
  expect({ objects, rootObjects }: BulkSize): void {
    if (this.objects === objects && this.roots === rootObjects) return;
    const held = `${this.objects} rows (${this.roots} of them roots)`;
    throw new ShopifyError("bulk-broken", `The bulk result held ${held} instead of ${objects} (${rootObjects})`);
  }

  private read(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new ShopifyError("bulk-broken", `Line ${this.objects} of the bulk result is not JSON`, { cause });
    }
  }
}

/**
 * The rows of a bulk result, parsed from JSON, one at a time.
 *
 * @param size what Shopify gave; a result that ends before it, or has other numbers of rows, is refused when it has been read
 * @throws ShopifyError `bulk-broken` with the line or the numbers, or `unavailable`
 */
export async function* readBulkRows(url: string, size: BulkSize): AsyncGenerator {
  const response = await fetch(url).catch(interrupted);
  if (!response.ok || !response.body) {
    // A result that is refused or gone will not come back; a server that is down may.
    throw new ShopifyError(response.status < 500 ? "bulk-broken" : "unavailable", `Result: HTTP ${response.status}`);
  }
  const decoder = new TextDecoder();
  const counter = new RowCounter();
  let rest = "";
  let received = 0;
  const reader = response.body.getReader();
  const next = () => reader.read().catch(interrupted);
  for (let read = await next(); !read.done; read = await next()) {
    received += read.value.byteLength;
    const lines = (rest + decoder.decode(read.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) if (text !== "") yield counter.parse(text);
  }
  if (received < size.bytes)
    throw new ShopifyError("bulk-broken", `The bulk result ended after ${received} of ${size.bytes} bytes`);
  if (rest !== "") yield counter.parse(rest);
  counter.expect(size);
}
