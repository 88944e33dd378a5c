import { accessDenied } from "./access.ts";
import type { Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import type { Args, GraphSource } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { objectSequence } from "./object-list.ts";
import type { LocationInCompany } from "./shop-store.ts";
import { LocationCatalogSource } from "./sources.ts";

/** Whether a location has a catalog: in a world that is a location with prices of its own. */
export const hasCatalog = ({ location }: LocationInCompany): boolean => location.catalogPrices.length > 0;

/** A location's catalog, which has its number; null when the location has no prices of its own. */
export const catalogById = (id: number, { store }: AdminContext): GraphSource | null => {
  const place = store.world.locations.get(id);
  return place && hasCatalog(place) ? new LocationCatalogSource(place) : null;
};

/** The shop's catalogs, as the `catalogs` field finds them. Of markets and of apps the world says nothing. */
export const shopCatalogSequence = (args: Args, context: AdminContext): Sequence<LocationInCompany> => {
  if (args["type"] !== "COMPANY_LOCATION")
    throw new NotInLocalShopify("catalogs of another type than COMPANY_LOCATION");
  return catalogSequence(context.store.world.locations.values(), args, context);
};

/**
 * The catalogs of locations, upwards by id, which is the location's.
 *
 * @throws GraphQLError as Shopify without the scope. The schema says only that a catalog comes, not of which kind: with
 *   the rules of fields alone a list without catalogs would be open to everyone.
 */
export const catalogSequence = (
  places: Iterable<LocationInCompany>,
  args: Args,
  { access }: AdminContext,
): Sequence<LocationInCompany> => {
  const missing = access.missingForType("CompanyLocationCatalog");
  if (missing) throw accessDenied("catalogs", missing);
  return objectSequence(args, {
    what: "catalogs",
    all: [...places].filter(hasCatalog),
    id: ({ location }) => location.id,
    search: { instants: {}, ids: { id: ({ location }) => location.id }, texts: {} },
    source: (place) => new LocationCatalogSource(place),
  });
};
