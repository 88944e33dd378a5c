import type pg from "pg";
import { z } from "zod";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";

const percent = z.int().min(1).max(100);

const tierPolicy: z.ZodType<TierPolicy> = z.object({
  method: z.literal("share"),
  window: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("all") }),
    z.object({ kind: z.literal("days"), days: z.int().min(1) }),
  ]),
  shares: z.object({ a: percent, b: percent }),
  topPercent: percent,
  prune: z.object({ minOrders: z.int().nonnegative(), minDays: z.int().nonnegative() }),
  newDays: z.int().nonnegative(),
});

/** The shop's tier policy; the default one until the merchant sets it. */
export const readTierPolicy = async (pool: pg.Pool, shopId: number): Promise<TierPolicy> => {
  const { rows } = await pool.query<{ policy: unknown }>("SELECT tier_policy AS policy FROM shop WHERE id = $1", [
    shopId,
  ]);
  const policy = rows[0]?.policy;
  return policy === null || policy === undefined ? DEFAULT_TIER_POLICY : tierPolicy.parse(policy);
};

export const saveTierPolicy = async (pool: pg.Pool, shopId: number, policy: TierPolicy): Promise<void> => {
  await pool.query("UPDATE shop SET tier_policy = $2 WHERE id = $1", [shopId, JSON.stringify(policy)]);
};
