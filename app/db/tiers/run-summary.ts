import { z } from "zod";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";

/** Minor units, as a decimal integer: JSON has no bigint. */
const amount = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const count = z.int().nonnegative();

const tier = z.object({ customers: count, value: amount, netSales: amount });

/** A run's summary as it is stored with the run. */
export const tierRunSummary: z.ZodType<TierRunSummary> = z.object({
  days: z.object({ from: z.int(), to: z.int() }),
  tiers: z.object({ A: tier, B: tier, C: tier }),
  borders: z.object({ a: amount.nullable(), b: amount.nullable() }),
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

/** A summary as JSON holds it. */
export const summaryToJson = (summary: TierRunSummary): unknown =>
  JSON.parse(JSON.stringify(summary, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)));
