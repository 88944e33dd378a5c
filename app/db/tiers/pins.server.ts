import type pg from "pg";
import { pinHolds, type TierPin } from "#app/core/tiers/pin.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";

/** The tiers that pins give on a day, by customer. Pins are set by hand: there are few. */
export const pinsHolding = async (
  pool: pg.Pool | pg.PoolClient,
  shopId: number,
  today: ShopDay,
): Promise<ReadonlyMap<bigint, Tier>> => {
  const { rows } = await pool.query<TierPin & { customerId: bigint }>(
    `SELECT customer_id AS "customerId", tier, reason, until FROM tier_pin WHERE shop_id = $1`,
    [shopId],
  );
  return new Map(rows.filter((pin) => pinHolds(pin, today)).map(({ customerId, tier }) => [customerId, tier]));
};

/** A customer's pin, whether it still holds or not; null without one. */
export const findPin = async (pool: pg.Pool, shopId: number, customerId: bigint): Promise<TierPin | null> => {
  const { rows } = await pool.query<TierPin>(
    "SELECT tier, reason, until FROM tier_pin WHERE shop_id = $1 AND customer_id = $2",
    [shopId, customerId],
  );
  return rows[0] ?? null;
};

/** Pins a customer of the shop's to a tier, in place of a pin that it may have. */
export const savePin = async (
  pool: pg.Pool,
  { shopId, customerId }: { readonly shopId: number; readonly customerId: bigint },
  { tier, reason, until }: TierPin,
  now: Date,
): Promise<void> => {
  await pool.query(
    `INSERT INTO tier_pin (shop_id, customer_id, tier, reason, until, pinned_at)
     SELECT shop_id, id, $3, $4, $5, $6 FROM customer WHERE shop_id = $1 AND id = $2 AND kind <> 'anonymous'
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET
       tier = EXCLUDED.tier, reason = EXCLUDED.reason, until = EXCLUDED.until, pinned_at = EXCLUDED.pinned_at`,
    [shopId, customerId, tier, reason, until === null ? null : formatDay(until), now],
  );
};

export const removePin = async (pool: pg.Pool, shopId: number, customerId: bigint): Promise<void> => {
  await pool.query("DELETE FROM tier_pin WHERE shop_id = $1 AND customer_id = $2", [shopId, customerId]);
};
