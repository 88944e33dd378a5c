import type { WorldCompany, WorldCustomer, WorldProduct } from "#tests/local-shopify/world/world.ts";
import { NotInLocalShopify } from "./errors.ts";
import { isoSeconds, type LocationInCompany, type ShopStore, type VariantInProduct } from "./shop-store.ts";

// When objects came and last changed. All instants have the one form 2025-01-01T00:00:00Z, so that they compare as text.

/** A customer changes when they are saved, and when another one is merged into them. */
export function customerUpdatedAt({ id, createdAt }: WorldCustomer, store: ShopStore, now: Date): string {
  const until = isoSeconds(now);
  let latest = createdAt;
  for (const { intoCustomerId, at } of store.world.events) {
    if (intoCustomerId === id && at <= until && at > latest) latest = at;
  }
  return store.history.latest("customer", id, latest);
}

export function productUpdatedAt({ id, createdAt }: WorldProduct, store: ShopStore): string {
  return store.history.latest("product", id, createdAt);
}

/** A variant came with its product, or later while the shop was open. Its inventory item came with it. */
export function variantCreatedAt({ variant, product }: VariantInProduct, store: ShopStore): string {
  return store.history.cameAt("variant", variant.id) ?? product.createdAt;
}

export function variantUpdatedAt(item: VariantInProduct, store: ShopStore): string {
  return store.history.latest("variant", item.variant.id, variantCreatedAt(item, store));
}

/** An inventory item changes with its cost. */
export function inventoryItemUpdatedAt(item: VariantInProduct, store: ShopStore, now: Date): string {
  const until = isoSeconds(now);
  let latest = variantCreatedAt(item, store);
  for (const { at } of item.variant.costChanges) if (at <= until && at > latest) latest = at;
  return store.history.latest("inventoryItem", item.variant.id, latest);
}

/**
 * The world does not say when a company came. It was there at the latest with its first order, and it came at the earliest
 * with the first of its contacts or, without contacts, with the shop's first product.
 */
export function companyCreatedAt(company: WorldCompany, store: ShopStore): string {
  const came = store.history.cameAt("company", company.id);
  if (came !== undefined) return came;
  const contacts = company.contacts.flatMap((id) => store.world.customers.get(id)?.createdAt ?? []);
  const orders = store.ordersOfCompany(company.id).map((order) => order.processedAt);
  const dates =
    contacts.length > 0 ? [...contacts, ...orders] : [...orders, ...store.world.products.map((p) => p.createdAt)];
  const first = dates.sort()[0];
  if (first === undefined) throw new NotInLocalShopify("Company.createdAt in a world without dates");
  return first;
}

/** A company that has not changed while the shop was open is as it came. */
export function companyUpdatedAt(company: WorldCompany, store: ShopStore): string {
  return store.history.latest("company", company.id, companyCreatedAt(company, store));
}

export function locationCreatedAt({ location, company }: LocationInCompany, store: ShopStore): string {
  return store.history.cameAt("companyLocation", location.id) ?? companyCreatedAt(company, store);
}

export function locationUpdatedAt(place: LocationInCompany, store: ShopStore): string {
  return store.history.latest("companyLocation", place.location.id, locationCreatedAt(place, store));
}
