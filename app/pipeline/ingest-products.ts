import { toVariants } from "#app/shopify/mappers/catalog.ts";
import { BULK_VARIANTS } from "#app/shopify/operations/bulk.ts";
import { PRODUCT_VARIANTS_COUNT } from "#app/shopify/operations/shop.ts";
import { inBatches, runBulkStage, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";
import { postVariants } from "./post-variants.ts";

/** Every variant with its unit cost of today. */
export const ingestProducts = (context: StageContext): Promise<Parked | undefined> => {
  const { shop, ask } = context;
  return runBulkStage(context, {
    query: BULK_VARIANTS,
    count: async () => (await ask(PRODUCT_VARIANTS_COUNT, {})).productVariantsCount?.count,
    writer: inBatches({
      items: (rows) => toVariants(rows, shop.currency),
      batchSize: 5000,
      write: async (batch) => {
        await postVariants(context, batch);
      },
    }),
  });
};
