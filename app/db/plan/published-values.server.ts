import type pg from "pg";
import { MS_PER_DAY } from "#app/core/time/shop-day.ts";
import { inTransaction } from "#app/db/pool.server.ts";

/** Whose metafields carry parts of a plan. */
export type ValueOwner = "product" | "variant" | "customer" | "location";

/** What is at Shopify and has to become another value; null: nothing is to be there. */
export interface ValueChange {
  readonly owner: ValueOwner;
  readonly id: bigint;
  readonly value: string | null;
}

/** What owners are to hold: null where nothing. */
export type Desired = ReadonlyMap<bigint, string | null>;

/** Of some owners, those whose value at Shopify is not the one that they are to hold. */
export const changesOf = async (
  pool: pg.Pool,
  shopId: number,
  owner: ValueOwner,
  desired: Desired,
): Promise<ValueChange[]> => {
  const { rows } = await pool.query<{ id: bigint; value: string }>(
    `SELECT owner_id AS id, value FROM published_value WHERE shop_id = $1 AND owner = $2 AND owner_id = ANY ($3)`,
    [shopId, owner, [...desired.keys()]],
  );
  const there = new Map(rows.map(({ id, value }) => [id, value]));
  return [...desired].flatMap(([id, value]) => ((there.get(id) ?? null) === value ? [] : [{ owner, id, value }]));
};

/** Remembers what was written at Shopify, and when. */
export const recordChanges = (
  pool: pg.Pool,
  shopId: number,
  changes: readonly ValueChange[],
  now: Date,
): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query(
      `INSERT INTO published_value_log (shop_id, owner, owner_id, at, value)
       SELECT $1, owner, id, $5, value FROM unnest($2::text[], $3::bigint[], $4::text[]) AS change (owner, id, value)
       ON CONFLICT (shop_id, owner, owner_id, at) DO UPDATE SET value = EXCLUDED.value`,
      [shopId, changes.map(({ owner }) => owner), changes.map(({ id }) => id), changes.map(({ value }) => value), now],
    );
    await keepLatest(client, shopId, changes);
  });

const keepLatest = async (client: pg.PoolClient, shopId: number, changes: readonly ValueChange[]): Promise<void> => {
  const set = changes.filter(({ value }) => value !== null);
  const gone = changes.filter(({ value }) => value === null);
  await client.query(
    `INSERT INTO published_value (shop_id, owner, owner_id, value)
     SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[])
     ON CONFLICT (shop_id, owner, owner_id) DO UPDATE SET value = EXCLUDED.value`,
    [shopId, set.map(({ owner }) => owner), set.map(({ id }) => id), set.map(({ value }) => value)],
  );
  await client.query(
    `DELETE FROM published_value USING unnest($2::text[], $3::bigint[]) AS gone (owner, owner_id)
     WHERE shop_id = $1 AND published_value.owner = gone.owner AND published_value.owner_id = gone.owner_id`,
    [shopId, gone.map(({ owner }) => owner), gone.map(({ id }) => id)],
  );
};

/** All that was written at Shopify, of one kind of owner or of all, a batch at a time, by owner. */
export async function* publishedValues(
  pool: pg.Pool,
  shopId: number,
  batchSize: number,
  only: ValueOwner | null = null,
): AsyncGenerator<{ readonly owner: ValueOwner; readonly id: bigint }[]> {
  for (let after: { owner: string; id: bigint } = { owner: "", id: 0n }; ;) {
    const { rows } = await pool.query<{ owner: ValueOwner; id: bigint }>(
      `SELECT owner, owner_id AS id FROM published_value
       WHERE shop_id = $1 AND (owner, owner_id) > ($2, $3) AND ($5::text IS NULL OR owner = $5)
       ORDER BY owner, owner_id LIMIT $4`,
      [shopId, after.owner, after.id, batchSize, only],
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < batchSize || !last) return;
    after = last;
  }
}

/** How many values are at Shopify, by kind of owner. */
export const countPublished = async (pool: pg.Pool, shopId: number): Promise<Readonly<Record<ValueOwner, number>>> => {
  const { rows } = await pool.query<{ owner: ValueOwner; count: number }>(
    "SELECT owner, count(*)::int AS count FROM published_value WHERE shop_id = $1 GROUP BY owner",
    [shopId],
  );
  const counts = { product: 0, variant: 0, customer: 0, location: 0 };
  for (const { owner, count } of rows) counts[owner] = count;
  return counts;
};

/** Values that others took the place of are kept so long: a back-test reaches as far back. */
const LOG_DAYS = 800;

/** Forgets what was published too long ago, over all shops; what was in force since is kept. */
export const forgetOldValues = async (pool: pg.Pool, now: Date): Promise<number> => {
  const { rowCount } = await pool.query(
    `DELETE FROM published_value_log old WHERE EXISTS (
       SELECT FROM published_value_log new WHERE new.shop_id = old.shop_id AND new.owner = old.owner
         AND new.owner_id = old.owner_id AND new.at > old.at AND new.at <= $1)`,
    [new Date(now.getTime() - LOG_DAYS * MS_PER_DAY)],
  );
  return rowCount ?? 0;
};
