import type pg from "pg";

/** A company's location with what a plan asks about it. */
export interface BuyerLocation {
  readonly id: bigint;
  /**
   * Whether who asks to pay now there would otherwise pay later: by payment terms, with no deposit, in orders and not in
   * drafts. Only Functions of Plus shops may take payment terms away: elsewhere a company would be rewarded and pay later.
   */
  readonly couldPayLater: boolean;
  /** Whether a catalog of its own has quantity breaks. */
  readonly hasBreaks: boolean;
}

/** A location's facts as columns, beside its id. */
const FACTS = `
  has_terms AND NOT has_deposit AND NOT checkout_to_draft AND (SELECT is_plus FROM shop WHERE shop.id = shop_id) AS "couldPayLater",
  has_breaks AS "hasBreaks"`;

/** Locations of companies, by the companies' numbers at Shopify; each company's in the order of their numbers. */
export const locationsOfCompanies = async (
  pool: pg.Pool,
  shopId: number,
  companyIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, readonly BuyerLocation[]>> => {
  if (companyIds.length === 0) return new Map();
  const byCompany = new Map<bigint, BuyerLocation[]>(companyIds.map((id) => [id, []]));
  const { rows } = await pool.query<BuyerLocation & { companyId: bigint }>(
    `SELECT id, company_id AS "companyId", ${FACTS} FROM company_location
     WHERE shop_id = $1 AND company_id = ANY ($2) ORDER BY id`,
    [shopId, companyIds],
  );
  for (const { companyId, ...location } of rows) byCompany.get(companyId)?.push(location);
  return byCompany;
};

/** Locations by their numbers. */
export const locationsById = async (
  pool: pg.Pool,
  shopId: number,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, BuyerLocation>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<BuyerLocation>(
    `SELECT id, ${FACTS} FROM company_location WHERE shop_id = $1 AND id = ANY ($2)`,
    [shopId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
};
