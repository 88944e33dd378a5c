import { z } from "zod";
import { planSchema } from "#app/db/plan/plan-schema.ts";
import { cartSchema } from "./check-carts.ts";
import { settingsSchema } from "./settings.ts";

const textOf = (schema: z.ZodType): string => `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`;

/** The texts of docs/*.schema.json for what a scenario reads beside its world. */
export const JSON_SCHEMAS: Readonly<Record<string, string>> = {
  "docs/settings.schema.json": textOf(settingsSchema),
  "docs/plan.schema.json": textOf(planSchema),
  "docs/cart.schema.json": textOf(cartSchema),
};
