import type pg from "pg";
import { inTransaction } from "#app/db/pool.server.ts";
import { requestWork } from "#app/db/sync-progress.server.ts";
import { beginPeriod, type PlanToBegin } from "./plan-periods.server.ts";

/** What is otherwise at Shopify than it was published. */
export type Drift = "deleted" | "inactive" | "title" | "dates" | "combination" | "class" | "plan";

/**
 * Whether the plan's pay-now part is in force. It is off while nothing holds buyers to paying: without the access scope, on
 * a shop that may not customize payments or has as many customizations as it may, where Shopify refused it, and where
 * somebody has switched the customization off, changed or deleted it.
 */
export type PayNowState = "on" | "no-scope" | "not-eligible" | "full" | "refused" | "disabled" | "changed" | "deleted";

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
  /** Of the payment customization; null: there is none. */
  readonly customizationId: bigint | null;
  /** Null: the plan has no pay-now part, or it is not there yet. */
  readonly payNow: PayNowState | null;
}

const NOTHING: Publication = {
  discountId: null,
  version: null,
  publishedAt: null,
  checkedAt: null,
  drift: [],
  customizationId: null,
  payNow: null,
};

export const publicationOf = async (pool: pg.Pool, shopId: number): Promise<Publication> => {
  const { rows } = await pool.query<Publication>(
    `SELECT discount_id AS "discountId", version, published_at AS "publishedAt", checked_at AS "checkedAt", drift,
       customization_id AS "customizationId", pay_now AS "payNow"
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

export const saveCustomization = async (
  pool: pg.Pool,
  shopId: number,
  { customizationId, payNow }: Pick<Publication, "customizationId" | "payNow">,
): Promise<void> => {
  await pool.query("UPDATE publication SET customization_id = $2, pay_now = $3 WHERE shop_id = $1", [
    shopId,
    customizationId,
    payNow,
  ]);
};

/** The version is at Shopify, wholly, and was found there. From now on it is in force, in place of the one before. */
export const markPublished = (
  pool: pg.Pool,
  shopId: number,
  { version, compiled }: Pick<PlanToBegin, "version" | "compiled">,
  now: Date,
): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ payNow: boolean }>(
      `UPDATE publication SET published_at = coalesce(published_at, $3), checked_at = $3, drift = '{}'
       WHERE shop_id = $1 AND version = $2 RETURNING pay_now IS NOT DISTINCT FROM 'on' AS "payNow"`,
      [shopId, version, now],
    );
    await client.query(
      "UPDATE plan_version SET published_at = coalesce(published_at, $3) WHERE shop_id = $1 AND version = $2",
      [shopId, version, now],
    );
    const [published] = rows;
    if (published) await beginPeriod(client, shopId, { version, compiled, payNow: published.payNow }, now);
  });

export const saveDrift = async (pool: pg.Pool, shopId: number, drift: readonly Drift[], now: Date): Promise<void> => {
  await pool.query("UPDATE publication SET drift = $2, checked_at = $3 WHERE shop_id = $1", [shopId, drift, now]);
};
