import type pg from "pg";
import { requestWork } from "#app/db/sync-progress.server.ts";

/** What is otherwise at Shopify than it was published. */
export type Drift = "deleted" | "inactive" | "title" | "dates" | "combination" | "class" | "plan";

/** Where a shop's plan stands at Shopify. */
export interface Publication {
  /** Of the automatic discount that carries the plan; null: there is none. */
  readonly discountId: bigint | null;
  /** Of the plan that is in force, or is about to be; null: none is. */
  readonly version: number | null;
  /** Null while it is not wholly there yet. */
  readonly publishedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly drift: readonly Drift[];
}

const NOTHING: Publication = { discountId: null, version: null, publishedAt: null, checkedAt: null, drift: [] };

export const publicationOf = async (pool: pg.Pool, shopId: number): Promise<Publication> => {
  const { rows } = await pool.query<Publication>(
    `SELECT discount_id AS "discountId", version, published_at AS "publishedAt", checked_at AS "checkedAt", drift
     FROM publication WHERE shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? NOTHING;
};

/** Has a version of the plan brought to Shopify, in place of the one that is there. */
export const requestPublication = async (pool: pg.Pool, shopId: number, version: number, now: Date): Promise<void> => {
  await pool.query(
    `INSERT INTO publication (shop_id, version) VALUES ($1, $2)
     ON CONFLICT (shop_id) DO UPDATE SET version = $2, published_at = NULL`,
    [shopId, version],
  );
  await requestWork(pool, shopId, "publish", now);
};

/** Has what follows from the shop's figures brought up to date at Shopify, where a plan is in force. */
export const refreshPublication = async (pool: pg.Pool, shopId: number, now: Date): Promise<void> => {
  const { version } = await publicationOf(pool, shopId);
  if (version !== null) await requestWork(pool, shopId, "publish", now);
};

/** Has everything taken away that the plan is at Shopify. */
export const requestWithdrawal = async (pool: pg.Pool, shopId: number, now: Date): Promise<void> => {
  await pool.query("UPDATE publication SET version = NULL, published_at = NULL WHERE shop_id = $1", [shopId]);
  await requestWork(pool, shopId, "withdraw", now);
};

export const saveDiscountId = async (pool: pg.Pool, shopId: number, discountId: bigint | null): Promise<void> => {
  await pool.query("UPDATE publication SET discount_id = $2 WHERE shop_id = $1", [shopId, discountId]);
};

/** The version is at Shopify, wholly, and was found there. */
export const markPublished = async (pool: pg.Pool, shopId: number, version: number, now: Date): Promise<void> => {
  await pool.query(
    `UPDATE publication SET published_at = coalesce(published_at, $3), checked_at = $3, drift = '{}'
     WHERE shop_id = $1 AND version = $2`,
    [shopId, version, now],
  );
  await pool.query(
    "UPDATE plan_version SET published_at = coalesce(published_at, $3) WHERE shop_id = $1 AND version = $2",
    [shopId, version, now],
  );
};

export const saveDrift = async (pool: pg.Pool, shopId: number, drift: readonly Drift[], now: Date): Promise<void> => {
  await pool.query("UPDATE publication SET drift = $2, checked_at = $3 WHERE shop_id = $1", [shopId, drift, now]);
};
