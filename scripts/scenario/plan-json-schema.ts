import { z } from "zod";
import { planSchema } from "#app/db/plan/plan-schema.ts";

/** The text of docs/plan.schema.json. */
export const planJsonSchemaText = (): string => `${JSON.stringify(z.toJSONSchema(planSchema), null, 2)}\n`;
