import type pg from "pg";

/** Orders whose refunds are still to be read. */
export const partialOrders = async (pool: pg.Pool, shopId: number): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT id FROM "order" WHERE shop_id = $1 AND partial ORDER BY id`,
    [shopId],
  );
  return rows.map(({ id }) => id);
};
