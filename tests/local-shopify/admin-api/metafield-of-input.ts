import { z } from "zod";
import type { MetafieldWrite } from "../metafields/metafield-store.ts";
import { namespaceOf } from "../metafields/namespaces.ts";
import type { AdminContext } from "./context.ts";
import { NotInLocalShopify } from "./errors.ts";
import { faultOfMetafield, type MetafieldFault } from "./metafield-mutations.ts";

/** A metafield among the input of whatever is to have it. */
export const metafieldOfInput = z.object({
  id: z.string().nullish(),
  namespace: z.string().nullish(),
  key: z.string().nullish(),
  type: z.string().nullish(),
  value: z.string().nullish(),
});
type MetafieldOfInput = z.output<typeof metafieldOfInput>;

/** Why a metafield cannot be written; null where it can. @throws NotInLocalShopify for one that is named by its id */
export function faultOf(one: MetafieldOfInput, context: AdminContext): MetafieldFault | null {
  if (one.id) throw new NotInLocalShopify("metafields of an input by their id");
  return faultOfMetafield({ ...one, key: one.key ?? "", value: one.value ?? "" }, context);
}

export const writeOf = (one: MetafieldOfInput, ownerId: string, { appId }: AdminContext): MetafieldWrite => ({
  ownerId,
  namespace: namespaceOf(one.namespace ?? null, appId),
  key: one.key ?? "",
  type: one.type ?? "",
  value: one.value ?? "",
});
