import { z } from "zod";
import { settingsSchema } from "./settings.ts";

/** The text of docs/settings.schema.json. */
export const settingsJsonSchemaText = (): string => `${JSON.stringify(z.toJSONSchema(settingsSchema), null, 2)}\n`;
