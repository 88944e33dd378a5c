import { idOf } from "#app/core/ids/gid.ts";
import { allPages, someNode } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { CATALOG_LOCATIONS, COMPANY_CATALOGS, PRICE_BREAKS } from "./operations/catalogs.ts";

/** A catalog that companies buy from today, and its price list. Both by Shopify's whole ids. */
export interface CompanyCatalog {
  readonly gid: string;
  readonly priceListGid: string;
}

/**
 * The catalogs that companies buy from and that set prices.
 *
 * @throws ShopifyError
 */
export const readCompanyCatalogs = async (ask: Ask): Promise<CompanyCatalog[]> => {
  const catalogs = await allPages(async (after) => (await ask(COMPANY_CATALOGS, { after })).catalogs);
  return catalogs.flatMap(({ id, status, priceList }) =>
    status === "ACTIVE" && priceList ? { gid: id, priceListGid: priceList.id } : [],
  );
};

/**
 * Whether any price of a price list falls with the quantity. It is read as far as the first one that does.
 *
 * @throws ShopifyError
 */
export const hasPriceBreaks = (ask: Ask, priceListGid: string): Promise<boolean> =>
  someNode(
    async (after) => (await ask(PRICE_BREAKS, { id: priceListGid, after })).priceList?.prices,
    ({ quantityPriceBreaks }) => quantityPriceBreaks.nodes.length > 0,
  );

/**
 * The company locations that buy from a catalog; none where it is gone.
 *
 * @throws ShopifyError
 */
export const readCatalogLocations = async (ask: Ask, gid: string): Promise<bigint[]> => {
  const locations = await allPages(async (after) => {
    const { catalog } = await ask(CATALOG_LOCATIONS, { id: gid, after });
    return catalog && "companyLocations" in catalog ? catalog.companyLocations : null;
  });
  return locations.map(({ id }) => idOf(id, "CompanyLocation"));
};
