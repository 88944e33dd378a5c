import type pg from "pg";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";
import { storedPolicy } from "./stored-policy.ts";

/** The shop's tier policy; the default one until the merchant sets it. */
export const readTierPolicy = async (pool: pg.Pool, shopId: number): Promise<TierPolicy> => {
  const { rows } = await pool.query<{ policy: unknown }>("SELECT tier_policy AS policy FROM shop WHERE id = $1", [
    shopId,
  ]);
  const policy = rows[0]?.policy;
  return policy === null || policy === undefined ? DEFAULT_TIER_POLICY : storedPolicy.parse(policy);
};

export const saveTierPolicy = async (pool: pg.Pool, shopId: number, policy: TierPolicy): Promise<void> => {
  await pool.query("UPDATE shop SET tier_policy = $2 WHERE id = $1", [shopId, JSON.stringify(policy)]);
};
