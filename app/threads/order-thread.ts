import { workerData } from "piscina";
import { z } from "zod";
import { createBulkPool } from "#app/db/pool.server.ts";
import type { BulkCount } from "#app/shopify/bulk-result.server.ts";
import { postBlock, type OrderBlock } from "#app/pipeline/post-block.ts";
import { describeFault, type Fault } from "./thread-fault.ts";

// Where a thread begins: it writes over connections of its own.

/** A ledger is read up in one connection while another may still hold the transaction before. */
const CONNECTIONS = 2;

const { databaseUrl } = z.object({ databaseUrl: z.string() }).parse(workerData);
const pool = createBulkPool(databaseUrl, CONNECTIONS);

/** What a thread answers; of an error that is thrown only the text would reach the other side. */
export type ThreadAnswer = { readonly count: BulkCount } | { readonly fault: Fault };

export default (orders: OrderBlock): Promise<ThreadAnswer> =>
  postBlock(pool, orders).then(
    (count) => ({ count }),
    (error: unknown) => ({ fault: describeFault(error) }),
  );
