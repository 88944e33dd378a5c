import type pg from "pg";
import { moveLedger } from "./ledger-version.server.ts";
import { inTransaction } from "./pool.server.ts";

export interface Shop {
  readonly id: number;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxesIncluded: boolean;
  /** Shopify lets Functions of Plus shops set payment terms. */
  readonly isPlus: boolean;
  readonly scopes: readonly string[];
}

export interface ShopFacts {
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxesIncluded: boolean;
  readonly planName: string;
  readonly isPlus: boolean;
  readonly scopes: readonly string[];
}

const COLUMNS = `id, domain, name, currency, time_zone AS "timeZone", taxes_included AS "taxesIncluded", is_plus AS "isPlus", scopes`;

/** The shop as it is installed; null before the first install and after the app was uninstalled. */
export const findShop = async (pool: pg.Pool, domain: string): Promise<Shop | null> => {
  const { rows } = await pool.query<Shop>(`SELECT ${COLUMNS} FROM shop WHERE domain = $1 AND uninstalled_at IS NULL`, [
    domain,
  ]);
  return rows[0] ?? null;
};

export const findShopById = async (pool: pg.Pool, id: number): Promise<Shop | null> => {
  const { rows } = await pool.query<Shop>(`SELECT ${COLUMNS} FROM shop WHERE id = $1 AND uninstalled_at IS NULL`, [id]);
  return rows[0] ?? null;
};

/**
 * Records what the shop says of itself.
 *
 * @returns the shop, and whether this was an install: its first, or again after an uninstall. Of two callers at once,
 * one installs.
 */
export const saveShop = async (
  pool: pg.Pool,
  facts: ShopFacts,
  now: Date,
): Promise<{ shop: Shop; isInstall: boolean }> => {
  const { rows } = await pool.query<Shop & { isInstall: boolean }>(
    // The insert reads from `gone`, so that it is looked at, and locked, before the row changes.
    `WITH gone AS (SELECT 1 FROM shop WHERE domain = $1 AND uninstalled_at IS NOT NULL FOR UPDATE),
       reinstall AS (SELECT count(*) > 0 AS is_one FROM gone)
     INSERT INTO shop (domain, name, currency, time_zone, taxes_included, plan_name, is_plus, scopes, installed_at)
     SELECT $1, $2, $3, $4, $5::boolean, $6, $9::boolean, $7::text[], $8::timestamptz FROM reinstall
     ON CONFLICT (domain) DO UPDATE SET
       name = EXCLUDED.name, currency = EXCLUDED.currency, time_zone = EXCLUDED.time_zone,
       taxes_included = EXCLUDED.taxes_included, plan_name = EXCLUDED.plan_name,
       is_plus = EXCLUDED.is_plus, scopes = EXCLUDED.scopes,
       installed_at = CASE WHEN shop.uninstalled_at IS NULL THEN shop.installed_at ELSE EXCLUDED.installed_at END,
       uninstalled_at = NULL
     RETURNING ${COLUMNS}, (xmax = 0 OR (SELECT is_one FROM reinstall)) AS "isInstall"`,
    [
      facts.domain,
      facts.name,
      facts.currency,
      facts.timeZone,
      facts.taxesIncluded,
      facts.planName,
      facts.scopes,
      now,
      facts.isPlus,
    ],
  );
  const row = rows[0];
  if (!row) throw new Error(`Shop ${facts.domain} was not saved`);
  const { isInstall, ...shop } = row;
  return { shop, isInstall };
};

/** @returns false when the shop was installed again after that instant, or is not installed */
export const markUninstalled = async (pool: pg.Pool, domain: string, at: Date): Promise<boolean> => {
  // Shopify tells the instant in whole seconds.
  const { rowCount } = await pool.query(
    `UPDATE shop SET uninstalled_at = $2
     WHERE domain = $1 AND uninstalled_at IS NULL AND date_trunc('second', installed_at) <= $2`,
    [domain, at],
  );
  return rowCount === 1;
};

/** Uninstalled without the app having been told when. */
export const markGone = async (pool: pg.Pool, shopId: number, now: Date): Promise<void> => {
  await pool.query("UPDATE shop SET uninstalled_at = $2 WHERE id = $1 AND uninstalled_at IS NULL", [shopId, now]);
};

/** The shop's domain, whether or not it is installed; null once it is erased. */
export const shopDomain = async (pool: pg.Pool, id: number): Promise<string | null> => {
  const { rows } = await pool.query<{ domain: string }>("SELECT domain FROM shop WHERE id = $1", [id]);
  return rows[0]?.domain ?? null;
};

/**
 * Takes over what an installed shop says of itself now. Its currency stays: what was kept is in it.
 *
 * @returns whether it counts its days by another time zone than before
 */
export const saveShopFacts = (
  pool: pg.Pool,
  shopId: number,
  { name, timeZone, taxesIncluded, planName, isPlus, scopes }: ShopFacts,
): Promise<{ hasOtherDays: boolean }> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ timeZone: string }>(
      `SELECT time_zone AS "timeZone" FROM shop WHERE id = $1`,
      [shopId],
    );
    const hasOtherDays = rows[0] !== undefined && rows[0].timeZone !== timeZone;
    if (hasOtherDays) await moveLedger(client, shopId);
    await client.query(
      "UPDATE shop SET name = $2, time_zone = $3, taxes_included = $4, plan_name = $5, scopes = $6, is_plus = $7 WHERE id = $1",
      [shopId, name, timeZone, taxesIncluded, planName, scopes, isPlus],
    );
    return { hasOtherDays };
  });
