import { writeDisputes } from "#app/db/ingest/write-disputes.server.ts";
import { readDisputes } from "#app/shopify/dispute-reader.server.ts";
import { report, type StageContext } from "./bulk-stage.ts";
import { recomputeOrders } from "./recompute.ts";

/** Every disputed payment with its amount and fee; orders that are known already follow at once. */
export const ingestDisputes = async (context: StageContext): Promise<void> => {
  const { shop, ask, pool, now } = context;
  const disputes = await readDisputes({ ask, scopes: shop.scopes, currency: shop.currency });
  await report(context, { status: "loading", total: disputes.length, done: 0 });
  const changed = await writeDisputes(pool, shop.id, disputes);
  await recomputeOrders(pool, shop.id, changed, now());
  await report(context, { done: disputes.length });
};
