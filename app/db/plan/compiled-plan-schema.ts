import { z } from "zod";
import { PLAN_VERSION, type CompiledPlan } from "#app/core/plan/compiled-plan.ts";

const number = z.int().nonnegative();
const groups = z.array(number).optional();
const step = z.union([z.tuple([number, number]), z.tuple([number, number, z.enum(["off", "price"])])]);
const steps = z.array(step);

const part = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("quantity"),
    by: z.enum(["variant", "product", "group", "cart"]),
    of: z.enum(["units", "amount"]),
    steps,
    groups,
  }),
  z.strictObject({ kind: z.literal("cumulative"), id: number, steps, groups }),
  z.strictObject({
    kind: z.literal("tier"),
    percents: z.strictObject({
      A: number.optional(),
      B: number.optional(),
      C: number.optional(),
      key: number.optional(),
    }),
    companies: z.array(z.tuple([number, number])).optional(),
    groups,
  }),
  z.strictObject({ kind: z.literal("payNow"), percent: number }),
]);

const compiledPlan: z.ZodType<CompiledPlan> = z.strictObject({
  v: z.literal(PLAN_VERSION),
  exp: number,
  meet: z.enum(["best", "add"]),
  cap: number.optional(),
  floor: z.boolean().optional(),
  from: number.optional(),
  to: number.optional(),
  skip: z.array(number).optional(),
  also: z
    .strictObject({
      gift: z.boolean().optional(),
      subscription: z.boolean().optional(),
      pos: z.boolean().optional(),
      sale: z.boolean().optional(),
      catalog: z.boolean().optional(),
    })
    .optional(),
  parts: z.array(part),
});

/** A plan as the checkout Function reads it, from JSON. @throws ZodError for what is none */
export const readCompiledPlan = (json: unknown): CompiledPlan => compiledPlan.parse(json);
