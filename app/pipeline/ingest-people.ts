import { companiesWithLocations, writeCompanies } from "#app/db/ingest/write-companies.server.ts";
import { writePeople } from "#app/db/ingest/write-people.server.ts";
import { toCompanies, toCustomers } from "#app/shopify/mappers/people.ts";
import { BULK_COMPANIES, bulkCustomers } from "#app/shopify/operations/bulk.ts";
import { COMPANIES_COUNT, CUSTOMERS_COUNT } from "#app/shopify/operations/shop.ts";
import { updatedAtLeast } from "#app/shopify/search.ts";
import { inBatches, report, runBulkStage, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";
import { readCompanyAgain } from "./read-again.ts";

/** Customers' names and e-mail addresses, as far as the shop lets the app see them. */
export const ingestCustomers = async (context: StageContext): Promise<Parked | undefined> => {
  const { shop, ask, pool, since } = context;
  const seen = { people: 0, names: 0, emails: 0 };
  const parked = await runBulkStage(context, {
    query: bulkCustomers({ since }),
    count: async () => (await ask(CUSTOMERS_COUNT, { query: since && updatedAtLeast(since) })).customersCount?.count,
    writer: inBatches({
      items: toCustomers,
      batchSize: 5000,
      write: async (batch) => {
        await writePeople(pool, shop.id, batch);
        seen.people += batch.length;
        seen.names += batch.filter(({ name }) => name !== null).length;
        seen.emails += batch.filter(({ email }) => email !== null).length;
      },
    }),
  });
  if (parked) return parked;
  // Not one name among many customers is how withheld data looks: Shopify answers null and no error.
  if (seen.people === 0) return undefined;
  const limits = [
    ...(seen.names === 0 ? ["no-names" as const] : []),
    ...(seen.emails === 0 ? ["no-emails" as const] : []),
  ];
  if (limits.length > 0) await report(context, { limits });
  return undefined;
};

/** Companies and their locations, where the shop sells to businesses. */
export const ingestCompanies = async (context: StageContext): Promise<Parked | undefined> => {
  const { shop, ask, pool } = context;
  const seen = new Set<bigint>();
  const parked = await runBulkStage(context, {
    query: BULK_COMPANIES,
    count: async () => (await ask(COMPANIES_COUNT, {})).companiesCount?.count,
    writer: inBatches({
      items: toCompanies,
      batchSize: 1000,
      write: async (batch) => {
        await writeCompanies(pool, shop.id, batch);
        for (const { id } of batch) seen.add(id);
      },
    }),
  });
  if (parked) return parked;
  // Gone, or newer than the export.
  for (const id of await companiesWithLocations(pool, shop.id)) if (!seen.has(id)) await readCompanyAgain(context, id);
  return undefined;
};
