import type pg from "pg";

/** The handles of the collections that products are in, by product. */
export const collectionsOfProducts = async (
  pool: pg.Pool,
  shopId: number,
  productIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, readonly string[]>> => {
  const { rows } = await pool.query<{ id: bigint; handles: string[] }>(
    `SELECT product_id AS id, array_agg(handle) AS handles FROM collection_product member
     JOIN collection ON collection.shop_id = $1 AND collection.id = collection_id
     WHERE member.shop_id = $1 AND product_id = ANY ($2) GROUP BY product_id`,
    [shopId, productIds],
  );
  return new Map(rows.map(({ id, handles }) => [id, handles]));
};
