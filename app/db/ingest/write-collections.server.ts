import type pg from "pg";
import { inTransaction } from "#app/db/pool.server.ts";

export interface CollectionToWrite {
  readonly id: bigint;
  readonly handle: string;
  readonly title: string;
  readonly productIds: readonly bigint[];
}

/** Writes collections with their products, in place of those that they had. */
export const writeCollections = (
  pool: pg.Pool,
  shopId: number,
  collections: readonly CollectionToWrite[],
): Promise<void> =>
  inTransaction(pool, async (client) => {
    const ids = collections.map(({ id }) => id);
    const handles = collections.map(({ handle }) => handle);
    // A handle may have gone over from one collection to another, also among these.
    await client.query("DELETE FROM collection WHERE shop_id = $1 AND (handle = ANY ($3) OR id = ANY ($2))", [
      shopId,
      ids,
      handles,
    ]);
    await client.query(
      `INSERT INTO collection (shop_id, id, handle, title) SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[])`,
      [shopId, ids, handles, collections.map(({ title }) => title)],
    );
    await client.query("DELETE FROM collection_product WHERE shop_id = $1 AND collection_id = ANY ($2)", [shopId, ids]);
    const members = collections.flatMap(({ id, productIds }) => productIds.map((productId) => ({ id, productId })));
    await client.query(
      `INSERT INTO collection_product (shop_id, collection_id, product_id)
       SELECT $1, * FROM unnest($2::bigint[], $3::bigint[]) ON CONFLICT DO NOTHING`,
      [shopId, members.map(({ id }) => id), members.map(({ productId }) => productId)],
    );
  });

/** The collections that are known beside some. */
export const otherCollections = async (pool: pg.Pool, shopId: number, ids: readonly bigint[]): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    "SELECT id FROM collection WHERE shop_id = $1 AND id <> ALL ($2) ORDER BY id",
    [shopId, ids],
  );
  return rows.map(({ id }) => id);
};

export const removeCollection = async (pool: pg.Pool, shopId: number, id: bigint): Promise<void> => {
  await pool.query(
    `WITH gone AS (DELETE FROM collection WHERE shop_id = $1 AND id = $2)
     DELETE FROM collection_product WHERE shop_id = $1 AND collection_id = $2`,
    [shopId, id],
  );
};
