import { readFile } from "node:fs/promises";
import { z } from "zod";
import { costRulesSchema } from "#app/db/costs/cost-rules-schema.ts";

const weight = z.int().min(0).max(100).optional();
const weights = z
  .strictObject({ profit: weight, receivables: weight, cooperation: weight })
  .refine(({ profit = 0, receivables = 0, cooperation = 0 }) => profit + receivables + cooperation === 100, {
    error: "the weights have to be 100 together",
  });

/** What a scenario sets before it starts; every key is optional. docs/settings.schema.json is made from this. */
export const settingsSchema = z
  .strictObject({
    window: z
      .union([z.literal("all"), z.strictObject({ days: z.int().min(1).max(36_500) })])
      .describe("What profit and tiers count: all time, or the last days. Default: 365 days.")
      .optional(),
    tierMethod: z
      .enum(["share", "rank", "score"])
      .describe("How customers are put into tiers. Default: share.")
      .optional(),
    weights: weights
      .describe("By score: how much each factor weighs, in percent, 100 in all; what is left out weighs nothing.")
      .optional(),
    rules: costRulesSchema
      .describe("What orders cost beside their goods; amounts in the shop's currency. Default: none.")
      .optional(),
    scopes: z
      .array(z.string().regex(/^(read|write)_[a-z_]+$/))
      .describe("The access scopes that the merchant grants. Default: all that the app asks for.")
      .optional(),
  })
  .meta({ title: "Scenario settings", description: "Settings of `npm run scenario`." });

export type Settings = z.infer<typeof settingsSchema>;

/** @throws Error naming the file and the reason */
export const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

/** @throws Error naming the file, the place in it and the reason */
export const readSettings = async (file: string | undefined): Promise<Settings> => {
  if (file === undefined) return {};
  const result = settingsSchema.safeParse(await readJson(file));
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join(".") || "(root)"}: ${message}`);
  throw new Error(`${file}: ${faults.join("; ")}`);
};
