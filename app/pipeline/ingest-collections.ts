import { otherCollections, writeCollections } from "#app/db/ingest/write-collections.server.ts";
import { toCollections } from "#app/shopify/mappers/catalog.ts";
import { BULK_COLLECTIONS } from "#app/shopify/operations/bulk.ts";
import { inBatches, runBulkStage, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";
import { readCollectionAgain } from "./read-again.ts";

/** Every collection with its products: what a discount plan may cover. */
export const ingestCollections = async (context: StageContext): Promise<Parked | undefined> => {
  const { shop, pool } = context;
  const seen: bigint[] = [];
  const parked = await runBulkStage(context, {
    query: BULK_COLLECTIONS,
    count: () => Promise.resolve(undefined),
    writer: inBatches({
      items: toCollections,
      batchSize: 50,
      write: async (batch) => {
        seen.push(...batch.map(({ id }) => id));
        await writeCollections(pool, shop.id, batch);
      },
    }),
  });
  if (parked) return parked;
  // Gone, or newer than the export.
  for (const id of await otherCollections(pool, shop.id, seen)) await readCollectionAgain(context, id);
  return undefined;
};
