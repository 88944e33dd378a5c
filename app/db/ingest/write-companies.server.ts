import type pg from "pg";
import type { Company } from "#app/core/customers/company.ts";
import { writePeople } from "./write-people.server.ts";

/** Writes companies with their locations; those that a company has no more are removed. */
export const writeCompanies = async (pool: pg.Pool, shopId: number, companies: readonly Company[]): Promise<void> => {
  await writePeople(
    pool,
    shopId,
    companies.map(({ id, name }) => ({ kind: "company", id, name, email: null })),
  );
  const locations = companies.flatMap((company) => company.locations);
  await pool.query(
    `WITH gone AS (
       DELETE FROM company_location WHERE shop_id = $1 AND company_id = ANY ($8::bigint[]) AND id <> ALL ($2::bigint[]))
     INSERT INTO company_location (shop_id, id, company_id, name, has_terms, has_deposit, checkout_to_draft)
     SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::boolean[], $6::boolean[], $7::boolean[])
     ON CONFLICT (shop_id, id) DO UPDATE SET company_id = EXCLUDED.company_id, name = EXCLUDED.name,
       has_terms = EXCLUDED.has_terms, has_deposit = EXCLUDED.has_deposit,
       checkout_to_draft = EXCLUDED.checkout_to_draft`,
    [
      shopId,
      locations.map(({ id }) => id),
      locations.map(({ companyId }) => companyId),
      locations.map(({ name }) => name),
      locations.map(({ hasTerms }) => hasTerms),
      locations.map(({ hasDeposit }) => hasDeposit),
      locations.map(({ checkoutToDraft }) => checkoutToDraft),
      companies.map(({ id }) => id),
    ],
  );
};

/** Removes a location that is gone, or all of a company that is. */
export const removeLocations = async (
  pool: pg.Pool,
  shopId: number,
  { id, companyId }: { readonly id?: bigint; readonly companyId?: bigint },
): Promise<void> => {
  await pool.query("DELETE FROM company_location WHERE shop_id = $1 AND (id = $2 OR company_id = $3)", [
    shopId,
    id,
    companyId,
  ]);
};

export const companiesWithLocations = async (pool: pg.Pool, shopId: number): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    "SELECT DISTINCT company_id AS id FROM company_location WHERE shop_id = $1",
    [shopId],
  );
  return rows.map(({ id }) => id);
};

/** Notes which company locations, and no others, have quantity breaks in a catalog of their own. */
export const markLocationsWithBreaks = async (pool: pg.Pool, shopId: number, ids: readonly bigint[]): Promise<void> => {
  await pool.query(
    `UPDATE company_location SET has_breaks = NOT has_breaks
     WHERE shop_id = $1 AND has_breaks IS DISTINCT FROM (id = ANY ($2::bigint[]))`,
    [shopId, ids],
  );
};
