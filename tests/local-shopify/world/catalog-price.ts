import type { WorldCatalogPrice, WorldLocation } from "./shape.ts";

/** A location's own prices by variant; of two entries for one variant the later holds. */
export const catalogOf = (location: WorldLocation | undefined): ReadonlyMap<number, WorldCatalogPrice> =>
  new Map(location?.catalogPrices.map((entry) => [entry.variantId, entry]));

/**
 * What each of so many units of a variant costs: the price of the largest break that they reach, or that of a single one.
 *
 * @example priceOfEach({ variantId: 11, price: "8.00", breaks: [{ from: 10, price: "7.50" }] }, 10) // "7.50"
 */
export const priceOfEach = ({ price, breaks }: WorldCatalogPrice, units: number): string =>
  breaks.findLast(({ from }) => from <= units)?.price ?? price;
