import pg from "pg";
import { parseDay } from "#app/core/time/shop-day.ts";

/** PostgreSQL's type numbers: bigints become bigint, dates the shop's days, timestamps stay JavaScript dates. */
const INT8 = 20;
const DATE = 1082;

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") => {
    if (oid === INT8) return BigInt;
    if (oid === DATE) return parseDay;
    return format === "binary" ? pg.types.getTypeParser(oid, "binary") : pg.types.getTypeParser(oid, "text");
  },
};

export const createPool = (databaseUrl: string, max = 10): pg.Pool =>
  lasting(new pg.Pool({ connectionString: databaseUrl, max, types }));

/**
 * For writing in bulk what is written again if the server goes down: a commit does not wait for the disk. Whatever is
 * committed after it by others, as that all of it is written, is not there without it.
 */
export const createBulkPool = (databaseUrl: string, max: number): pg.Pool =>
  lasting(new pg.Pool({ connectionString: databaseUrl, max, types, onConnect: commitAtOnce }));

// The pool waits for what this returns, which its type does not say.
const commitAtOnce = (client: pg.ClientBase): unknown => client.query("SET synchronous_commit = off");

/** For the job queue: its library hands ids from the database on as JSON, which has no bigint. */
export const createQueuePool = (databaseUrl: string): pg.Pool =>
  lasting(new pg.Pool({ connectionString: databaseUrl }));

const lasting = (pool: pg.Pool): pg.Pool => {
  // A broken idle connection is replaced at its next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
};

/** SQLSTATEs of a server that takes no connection, or is going down: connection_exception, operator_intervention and the like. */
const AWAY_STATE = /^(08|53|57P|58)/;
const AWAY_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
]);
/** How the driver tells of a connection that broke while it was in use: without a code. */
const AWAY_WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether an error says that the database cannot be reached, and nothing of what it was asked. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return AWAY_STATE.test(code) || AWAY_CODES.has(code) || AWAY_WORDS.test(error.message);
};

/** SQLSTATE disk_full. */
const FULL_STATE = "53100";

/** What is wrong with the database when a work fails for its sake; null when the work itself is at fault. */
export const databaseFault = (error: unknown): "database-full" | "database-away" | null => {
  if (!isDatabaseAway(error)) return null;
  return error instanceof Error && "code" in error && error.code === FULL_STATE ? "database-full" : "database-away";
};

/**
 * Yields what `read` yields from one snapshot of the database: an export that takes a minute shows one moment, whatever
 * is written meanwhile.
 */
export async function* fromSnapshot<T>(
  pool: pg.Pool,
  read: (client: pg.PoolClient) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const client = await pool.connect();
  let isDone = false;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    yield* read(client);
    await client.query("COMMIT");
    isDone = true;
  } finally {
    // Not done: it failed, or whoever read has gone. The connection is closed, and the transaction with it.
    client.release(!isDone);
  }
}

/** Runs `work` in one transaction, rolled back when it throws. */
export const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollback: unknown) => {
      broken = rollback instanceof Error ? rollback : new Error("the connection was lost");
    });
    throw error;
  } finally {
    client.release(broken);
  }
};
