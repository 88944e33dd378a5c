import { z } from "zod";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";

const percent = z.int().min(1).max(100);
const weight = z.int().min(0).max(100);

/** A policy as it is stored with a shop and with a run. What an earlier version of the app did not know is as by default. */
export const storedPolicy: z.ZodType<TierPolicy> = z.object({
  method: z.enum(["share", "rank", "score"]),
  window: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("all") }),
    z.object({ kind: z.literal("days"), days: z.int().min(1) }),
  ]),
  shares: z.object({ a: percent, b: percent }),
  rank: z.object({ a: weight, b: weight }).default({ ...DEFAULT_TIER_POLICY.rank }),
  score: z
    .object({
      weights: z.object({ profit: weight, receivables: weight, cooperation: weight }),
      cut: z.enum(["share", "rank"]),
    })
    .default({ ...DEFAULT_TIER_POLICY.score }),
  hysteresis: z
    .object({
      fallBelow: z.int().min(0).max(100),
      riseAbove: z.int().min(100),
      runs: z.int().min(1),
    })
    .nullable()
    .default(DEFAULT_TIER_POLICY.hysteresis),
  topPercent: percent,
  prune: z.object({ minOrders: z.int().nonnegative(), minDays: z.int().nonnegative() }),
  newDays: z.int().nonnegative(),
});
