import { exponentOf, toDecimal } from "#tests/local-shopify/world/money.ts";
import type { ProtectedContent } from "../admin-api/access.ts";
import type { ShopStore } from "../admin-api/shop-store.ts";

export type Payload = Record<string, unknown>;

/** What the body of a webhook is written from. Protected data that the shop has not granted is null, as in a query. */
export interface View {
  readonly store: ShopStore;
  readonly now: Date;
  readonly shows: (content: ProtectedContent) => boolean;
}

/** The REST-like bodies print amounts without a needless decimal: "10.00", and "1000" in a currency without decimals. */
export function restMoney(minor: bigint, currency: string): string {
  return exponentOf(currency) === 0 ? minor.toString() : toDecimal(minor, currency);
}

/**
 * An id as the number that a body holds.
 *
 * @throws RangeError beyond 2^53, where a number of JSON would be another one
 */
export function jsonId(digits: string): number {
  const id = Number(digits);
  if (!Number.isSafeInteger(id)) throw new RangeError(`not in the local Shopify: a webhook about number ${digits}`);
  return id;
}
