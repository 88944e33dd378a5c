import { catalogOf } from "#tests/local-shopify/world/catalog-price.ts";
import { toMinor } from "#tests/local-shopify/world/money.ts";
import type { WorldCatalogPrice } from "#tests/local-shopify/world/world.ts";
import { hasCatalog } from "./catalog-list.ts";
import { locationSequence } from "./company-fields.ts";
import { connectionOf, type Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import { MoneySource } from "./money-source.ts";
import { objectSequence } from "./object-list.ts";
import type { LocationInCompany, ShopStore, VariantInProduct } from "./shop-store.ts";
import { LocationCatalogSource, VariantSource } from "./sources.ts";

type WorldBreak = WorldCatalogPrice["breaks"][number];

/** The prices of a location's catalog; both have the number of the location. */
class PriceListSource extends GraphSource {
  readonly typename = "PriceList";
  readonly place: LocationInCompany;

  constructor(place: LocationInCompany) {
    super();
    this.place = place;
  }
}

interface ListedPrice {
  readonly place: LocationInCompany;
  readonly item: VariantInProduct;
  readonly entry: WorldCatalogPrice;
}

class ListedPriceSource extends GraphSource {
  readonly typename = "PriceListPrice";
  readonly listed: ListedPrice;

  constructor(listed: ListedPrice) {
    super();
    this.listed = listed;
  }
}

class PriceBreakSource extends GraphSource {
  readonly typename = "QuantityPriceBreak";
  readonly listed: ListedPrice;
  readonly priceBreak: WorldBreak;

  constructor(listed: ListedPrice, priceBreak: WorldBreak) {
    super();
    this.listed = listed;
    this.priceBreak = priceBreak;
  }
}

/** The world names no catalogs: they bear the name of whom they are for. */
const titleOf = ({ company, location }: LocationInCompany): string => `${company.name} - ${location.name}`;

const money = (decimal: string, { currency }: ShopStore) => new MoneySource(toMinor(decimal, currency), currency);

export const catalogTypes = [
  defineType("CompanyLocationCatalog", LocationCatalogSource, {
    id: ({ place }) => gid("CompanyLocationCatalog", place.location.id),
    title: ({ place }) => titleOf(place),
    status: () => "ACTIVE",
    companyLocations: ({ place }, args, context, info) =>
      connectionOf(locationSequence([place], args, context), args, context, info),
    priceList: ({ place }) => new PriceListSource(place),
  }),
  defineType("PriceList", PriceListSource, {
    id: ({ place }) => gid("PriceList", place.location.id),
    name: ({ place }) => titleOf(place),
    currency: (_list, _args, { store }) => store.currency,
    fixedPricesCount: ({ place }, _args, { store }) => listedPrices(place, store).length,
    prices: ({ place }, args, context, info) => connectionOf(priceSequence(place, args, context), args, context, info),
  }),
  defineType("PriceListPrice", ListedPriceSource, {
    originType: () => "FIXED",
    price: ({ listed }, _args, { store }) => money(listed.entry.price, store),
    variant: ({ listed }) => new VariantSource(listed.item),
    quantityPriceBreaks: ({ listed }, args, context, info) => connectionOf(breakSequence(listed), args, context, info),
  }),
  defineType("QuantityPriceBreak", PriceBreakSource, {
    id: ({ listed, priceBreak }) => gid("QuantityPriceBreak", breakNumber(listed, priceBreak)),
    minimumQuantity: ({ priceBreak }) => priceBreak.from,
    price: ({ priceBreak }, _args, { store }) => money(priceBreak.price, store),
    variant: ({ listed }) => new VariantSource(listed.item),
  }),
];

/** The price list of a location, which has its number; null when the location has no prices of its own. */
export const priceListById = (id: number, { store }: AdminContext): GraphSource | null => {
  const place = store.world.locations.get(id);
  return place && hasCatalog(place) ? new PriceListSource(place) : null;
};

const listedPrices = (place: LocationInCompany, { world }: ShopStore): ListedPrice[] =>
  [...catalogOf(place.location).values()].flatMap((entry) => {
    const item = world.variants.get(entry.variantId);
    return item ? [{ place, item, entry }] : [];
  });

/** The prices of a list, upwards by their variants' ids. All are fixed ones: no list of a world follows another. */
const priceSequence = (place: LocationInCompany, args: Args, { store }: AdminContext): Sequence<ListedPrice> => {
  const origin = args["originType"] ?? "FIXED";
  return objectSequence(args, {
    what: "prices",
    all: origin === "FIXED" ? listedPrices(place, store) : [],
    id: ({ entry }) => entry.variantId,
    search: { instants: {}, ids: {}, texts: {} },
    source: (listed) => new ListedPriceSource(listed),
  });
};

/** Upwards by units. By id, the other way to sort them, they come the same. */
const breakSequence = (listed: ListedPrice): Sequence<WorldBreak> => ({
  items: listed.entry.breaks,
  key: ({ from }) => ({ value: from, id: from }),
  source: (priceBreak) => new PriceBreakSource(listed, priceBreak),
});

/** A number that no other break of the shop has: location, variant and units, the last two in 16 digits each. */
const breakNumber = ({ place, entry }: ListedPrice, { from }: WorldBreak): string =>
  [place.location.id, ...[entry.variantId, from].map((number) => String(number).padStart(16, "0"))].join("");
