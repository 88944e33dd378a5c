import type pg from "pg";
import { shopDays } from "#app/core/time/shop-day.ts";

/**
 * Shops whose day has changed since their latest tier run: the window has moved on. Those that have not been read yet are
 * not among them.
 */
export const shopsDue = async (pool: pg.Pool, now: Date): Promise<{ readonly id: number }[]> => {
  const { rows } = await pool.query<{ id: number; timeZone: string; asOf: Date }>(
    `SELECT id, time_zone AS "timeZone", latest.as_of AS "asOf" FROM shop
     JOIN LATERAL (SELECT as_of FROM tier_run WHERE shop_id = shop.id ORDER BY tier_run.id DESC LIMIT 1) latest ON true
     WHERE uninstalled_at IS NULL ORDER BY id`,
  );
  return rows.filter(({ timeZone, asOf }) => {
    const dayOf = shopDays(timeZone);
    return dayOf(asOf.getTime()) < dayOf(now.getTime());
  });
};
