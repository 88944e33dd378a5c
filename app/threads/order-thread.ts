import { workerData } from "piscina";
import { z } from "zod";
import { createPool } from "#app/db/pool.server.ts";
import type { BulkCount } from "#app/shopify/bulk-result.server.ts";
import { postBlock, type OrderBlock } from "#app/pipeline/post-block.ts";
import { describeFault, type Fault } from "./thread-fault.ts";

// Where a thread begins: it writes over connections of its own.

/** A ledger is read up in one connection while another may still hold the transaction before. */
const CONNECTIONS = 2;

const { databaseUrl } = z.object({ databaseUrl: z.string() }).parse(workerData);
const pool = createPool(databaseUrl, CONNECTIONS);
// Blocks need not be on disk before the next: whatever is committed after them, as that the stage is finished, is not there
// without them, and until then all of them are read again.
pool.on("connect", (client) => {
  client.query("SET synchronous_commit = off").catch(() => undefined);
});

/** What a thread answers; of an error that is thrown only the text would reach the other side. */
export type ThreadAnswer = { readonly count: BulkCount } | { readonly fault: Fault };

export default (orders: OrderBlock): Promise<ThreadAnswer> =>
  postBlock(pool, orders).then(
    (count) => ({ count }),
    (error: unknown) => ({ fault: describeFault(error) }),
  );
