import { z } from "zod";
import { PLAN_VERSION, type CompiledStanding } from "#app/core/plan/compiled-plan.ts";

const standing: z.ZodType<CompiledStanding> = z.strictObject({
  v: z.literal(PLAN_VERSION),
  tier: z.enum(["A", "B", "C"]).optional(),
  key: z.boolean().optional(),
  prune: z.boolean().optional(),
  company: z.int().optional(),
  breaks: z.boolean().optional(),
  pay: z.boolean().optional(),
  sums: z.array(z.tuple([z.int(), z.int(), z.int()])).optional(),
});

/** What a buyer is entitled to, from the text of its metafield. @throws ZodError for what is none */
export const parseStanding = (text: string): CompiledStanding => standing.parse(JSON.parse(text));
