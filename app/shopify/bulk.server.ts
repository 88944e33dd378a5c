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
