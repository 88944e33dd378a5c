import { z } from "zod";
import { ShopifyError } from "#app/platform/errors.ts";

/** @throws ShopifyError `bulk-broken` naming the place in the row and the reason */
export const parseRow = <Schema extends z.ZodType>(schema: Schema, raw: unknown): z.infer<Schema> => {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const id = z.object({ id: z.string() }).safeParse(raw);
  const which = id.success ? id.data.id : "a row without id";
  throw new ShopifyError(
    "bulk-broken",
    `${which}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not readable"}`,
  );
};
