import type pg from "pg";

/** Orders with a line of one of some variants that were placed since an instant. */
export const ordersOfVariantsSince = async (
  pool: pg.Pool,
  shopId: number,
  variantIds: readonly bigint[],
  since: Date,
): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT id FROM "order" WHERE shop_id = $1 AND facts IS NOT NULL
       AND processed_at >= $3 AND EXISTS (
         SELECT 1 FROM json_array_elements(facts -> 'lines') line WHERE line ->> 'variantId' = ANY ($2)
       ) ORDER BY id`,
    [shopId, variantIds.map(String), since],
  );
  return rows.map(({ id }) => id);
};
