import type pg from "pg";

const LOCK = "hashtextextended('rebates:' || $1::int, 0)";

/**
 * Works on a shop's rebates while nobody else does. The lock is the connection's: a process that is killed loses it with
 * its connection, and one that is alive keeps it however long Shopify takes.
 *
 * @returns what the work returns, or "busy" where somebody else is at it
 */
export const withRebatesOf = async <T>(pool: pg.Pool, shopId: number, work: () => Promise<T>): Promise<T | "busy"> => {
  const client = await pool.connect();
  let isHeld = false;
  try {
    const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS held`, [shopId]);
    isHeld = rows[0]?.held ?? false;
    return isHeld ? await work() : "busy";
  } finally {
    const isFree =
      !isHeld ||
      (await client.query(`SELECT pg_advisory_unlock(${LOCK})`, [shopId]).then(
        () => true,
        () => false,
      ));
    // A connection that could not let go is closed, and the lock with it.
    client.release(!isFree);
  }
};
