import type pg from "pg";

export interface PlanVariant {
  readonly id: bigint;
  readonly giftCard: boolean;
}

/** The variants of a shop, a batch at a time, by id. */
export async function* planVariants(pool: pg.Pool, shopId: number, batchSize: number): AsyncGenerator<PlanVariant[]> {
  for (let after = -1n; ;) {
    const { rows } = await pool.query<PlanVariant>(
      `SELECT id, gift_card AS "giftCard" FROM product_variant WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3`,
      [shopId, after, batchSize],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** The products of a shop with the handles of those of some collections that they are in, a batch at a time, by id. */
export async function* planProducts(
  pool: pg.Pool,
  shopId: number,
  handles: readonly string[],
  batchSize: number,
): AsyncGenerator<{ readonly id: bigint; readonly handles: readonly string[] }[]> {
  for (let after = -1n; ;) {
    const { rows } = await pool.query<{ id: bigint; handles: string[] }>(
      `SELECT product.id, ARRAY(
         SELECT handle FROM collection_product member
         JOIN collection ON collection.shop_id = $1 AND collection.id = member.collection_id
         WHERE member.shop_id = $1 AND member.product_id = product.id AND handle = ANY ($3)) AS handles
       FROM (SELECT DISTINCT product_id AS id FROM product_variant WHERE shop_id = $1 AND product_id > $2
             ORDER BY product_id LIMIT $4) product ORDER BY product.id`,
      [shopId, after, handles, batchSize],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}
