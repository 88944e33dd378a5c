import type pg from "pg";
import { lockLedger } from "#app/db/ledger-version.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { DROP_SHOP_JOBS } from "#app/platform/jobs.server.ts";
import { tablesWith } from "./shop-tables.server.ts";

/**
 * Erases a shop: every row of every table that has a shop, its sessions and its waiting jobs. What it is not told of it
 * finds in the database's own list of tables.
 *
 * @returns false where the shop is installed, and nothing was erased
 */
export const redactShop = (pool: pg.Pool, shopId: number): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await lockLedger(client, shopId);
    // Locked, so that neither a re-install nor a webhook writes in between.
    const { rows } = await client.query<{ domain: string }>(
      "SELECT domain FROM shop WHERE id = $1 AND uninstalled_at IS NOT NULL FOR UPDATE",
      [shopId],
    );
    const domain = rows[0]?.domain;
    if (domain === undefined) return false;
    for (const table of await tablesWith(client, "shop_id")) {
      await client.query(`DELETE FROM ${table} WHERE shop_id = $1`, [shopId]);
    }
    await client.query("DELETE FROM session WHERE shop = $1", [domain]);
    await client.query(DROP_SHOP_JOBS, [shopId]);
    await client.query("DELETE FROM shop WHERE id = $1", [shopId]);
    return true;
  });
