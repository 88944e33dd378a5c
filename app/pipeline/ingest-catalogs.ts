import { companiesWithLocations, markLocationsWithBreaks } from "#app/db/ingest/write-companies.server.ts";
import { hasPriceBreaks, readCatalogLocations, readCompanyCatalogs } from "#app/shopify/catalog-reader.server.ts";
import { report, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";

/** Which companies' locations have quantity breaks in a catalog of their own: quantity breaks of the plan are not for them. */
export const ingestCatalogs = async (context: StageContext): Promise<Parked | undefined> => {
  const { shop, ask, pool } = context;
  // Most shops have no companies, and some could not have any: they are not asked.
  if ((await companiesWithLocations(pool, shop.id)).length === 0) return undefined;
  const catalogs = await readCompanyCatalogs(ask);
  await report(context, { status: "loading", total: catalogs.length, done: 0 });
  const withBreaks = new Set<bigint>();
  for (const [index, { gid, priceListGid }] of catalogs.entries()) {
    if (context.isStopping()) return { afterMs: 0 };
    if (await hasPriceBreaks(ask, priceListGid)) {
      for (const id of await readCatalogLocations(ask, gid)) withBreaks.add(id);
    }
    await report(context, { done: index + 1 });
  }
  await markLocationsWithBreaks(pool, shop.id, [...withBreaks]);
  return undefined;
};
