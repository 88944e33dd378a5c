import { z } from "zod";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import { amount, count } from "./json.ts";

const tier = z.object({ customers: count, value: amount, netSales: amount });

const stored = z.object({
  days: z.object({ from: z.int(), to: z.int() }),
  tiers: z.object({ A: tier, B: tier, C: tier }),
  borders: z.object({ a: amount.nullable(), b: amount.nullable() }),
  ranking: z.object({ by: z.enum(["profit", "score"]), unit: amount, total: amount }).optional(),
  positiveTotal: amount,
  topFifth: z.object({ customers: count, value: amount }),
  totals: z.object({
    orders: count,
    netSales: amount,
    cm1: amount,
    cm2: amount,
    cm3: amount,
    cm4: amount,
    goods: amount,
    goodsWithKnownCost: amount,
  }),
  whale: z.object({
    customers: count,
    total: amount,
    peak: z.object({ value: amount, customers: count }),
    destroyed: amount,
    losses: z.object({ customers: count, total: amount }),
    points: z.array(z.object({ customers: count, value: amount })).readonly(),
  }),
});

/** A run's summary as it is stored with the run. Runs of before there were scores ranked by profit, and do not say so. */
export const tierRunSummary: z.ZodType<TierRunSummary> = stored.transform(({ ranking, ...summary }) => ({
  ...summary,
  ranking: ranking ?? { by: "profit" as const, unit: 1n, total: summary.positiveTotal },
}));
