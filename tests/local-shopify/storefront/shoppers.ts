import { nameOf } from "../admin-page/pages/resource-links.ts";
import type { World } from "../world/world.ts";
import type { ShopsAs } from "./storefront.ts";

/** Somebody as whom a person may shop. */
export interface Shopper {
  readonly as: ShopsAs;
  /** As a form names them. */
  readonly key: string;
  readonly name: string;
  readonly note: string;
}

const SHOWN = 12;

/** @example keyOf({ kind: "company", locationId: 51, contactId: 1 }) // "company-51-1" */
function keyOf(as: ShopsAs): string {
  if (as.kind === "guest") return "guest";
  return as.kind === "customer" ? `customer-${as.customerId}` : `company-${as.locationId}-${as.contactId}`;
}

/** Companies' contacts and customers whose name or address holds a text; the first few without one. */
export function findShoppers(world: World, text: string): Shopper[] {
  const wanted = text.trim().toLowerCase();
  const found: Shopper[] = [];
  const take = (as: ShopsAs, also = "") => {
    const shopper = describe(world, as);
    const words = `${shopper?.name} ${shopper?.note} ${also}`.toLowerCase();
    if (shopper && (wanted === "" || words.includes(wanted))) found.push(shopper);
  };
  for (const { contacts, locations } of world.companies.values()) {
    if (found.length >= SHOWN / 2) break;
    for (const location of locations) {
      const [contactId] = contacts;
      if (contactId !== undefined) take({ kind: "company", locationId: location.id, contactId });
    }
  }
  for (const { id, email } of world.customers.values()) {
    if (found.length >= SHOWN) break;
    take({ kind: "customer", customerId: id }, email ?? "");
  }
  return found.slice(0, SHOWN);
}

/** The shopper whom a form names, or null when there is none (any more). */
export function shopperOf(world: World, key: string): Shopper | null {
  const [kind, first, second] = key.split("-");
  if (kind === "guest") return describe(world, { kind: "guest" });
  if (kind === "customer") return describe(world, { kind: "customer", customerId: Number(first) });
  return describe(world, { kind: "company", locationId: Number(first), contactId: Number(second) });
}

export function describe(world: World, as: ShopsAs): Shopper | null {
  const key = keyOf(as);
  if (as.kind === "guest") return { as, key, name: "Guest", note: "not logged in" };
  const customer = world.customers.get(as.kind === "customer" ? as.customerId : as.contactId);
  if (!customer) return null;
  if (as.kind === "customer") return { as, key, name: nameOf(customer), note: customer.email ?? "no e-mail" };
  const place = world.locations.get(as.locationId);
  if (!place?.company.contacts.includes(as.contactId)) return null;
  const { company, location } = place;
  return {
    as,
    key,
    name: `${company.name}, ${location.name}`,
    note: `${nameOf(customer)}, ${termsOf(location.terms)}`,
  };
}

export function termsOf(terms: { type: string; dueInDays: number | null } | null): string {
  if (!terms) return "pays at once";
  return terms.dueInDays === null ? `pays on ${terms.type.toLowerCase()}` : `pays within ${terms.dueInDays} days`;
}
