import type pg from "pg";
import { inTransaction } from "./pool.server.ts";

/**
 * Ledgers follow from more than their orders: from rules, unit costs, whom an order may name. Many write ledgers at the same
 * time, each from what it has read before; whoever changes what they follow from counts the shop's `ledger_version` up. A
 * ledger is written only while the version is the one that it was worked out by, and worked out again otherwise. So nothing
 * that was worked out by old rules is written after the new ones hold.
 */

/** The version has moved on since it was read: what was worked out by it is to be worked out again. */
class LedgerMoved extends Error {
  override readonly name = "LedgerMoved";
}

/** The shop is not installed any more: nothing is written about it. */
export class ShopGone extends Error {
  override readonly name = "ShopGone";
}

export interface LedgerAt {
  readonly shopId: number;
  readonly version: number;
  /** The shop's time zone at that version: days are counted by it. */
  readonly timeZone: string;
}

const LOCK = "hashtextextended('ledger:' || $1::int, 0)";

const ledgerOf = async (on: pg.Pool | pg.PoolClient, shopId: number): Promise<LedgerAt> => {
  const { rows } = await on.query<Omit<LedgerAt, "shopId">>(
    `SELECT ledger_version AS version, time_zone AS "timeZone" FROM shop WHERE id = $1 AND uninstalled_at IS NULL`,
    [shopId],
  );
  const [ledger] = rows;
  if (!ledger) throw new ShopGone(`Shop ${shopId} is not installed`);
  return { shopId, ...ledger };
};

/**
 * Works something out by the ledger's version of now and writes it; again, when the version moves on meanwhile.
 *
 * @throws ShopGone when the shop is not installed
 */
export const atLedgerVersion = async <T>(
  pool: pg.Pool,
  shopId: number,
  work: (at: LedgerAt) => Promise<T>,
): Promise<T> => {
  for (;;) {
    const at = await ledgerOf(pool, shopId);
    try {
      return await work(at);
    } catch (error) {
      if (!(error instanceof LedgerMoved)) throw error;
    }
  }
};

/** Holds, until the transaction ends, whoever wants to move the version on. @throws when it has moved on already */
const holdVersion = async (client: pg.PoolClient, { shopId, version }: LedgerAt): Promise<void> => {
  await client.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`, [shopId]);
  // A statement of its own: it has to see what was committed while the lock was waited for.
  const { version: now } = await ledgerOf(client, shopId);
  if (now !== version) throw new LedgerMoved(`Ledger of shop ${shopId} after ${version}`);
};

/** Writes in one transaction what was worked out by a version, which cannot move on before it ends. */
export const writeAsOf = <T>(pool: pg.Pool, at: LedgerAt, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (client) => {
    await holdVersion(client, at);
    return work(client);
  });

/** Waits for all ledgers of the shop that are being written, and keeps others waiting until the transaction ends. */
export const lockLedger = async (client: pg.PoolClient, shopId: number): Promise<void> => {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`, [shopId]);
};

/**
 * To be called in the transaction that changes what ledgers follow from, before anything else is locked: what was worked out
 * before it commits will be worked out again.
 */
export const moveLedger = async (client: pg.PoolClient, shopId: number): Promise<void> => {
  await lockLedger(client, shopId);
  await client.query("UPDATE shop SET ledger_version = ledger_version + 1 WHERE id = $1", [shopId]);
};
