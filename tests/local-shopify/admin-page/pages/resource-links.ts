import type { World, WorldOrder } from "#tests/local-shopify/world/world.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "./layout.ts";

/** The shop's day of an instant, such as "3 Mar 2026". */
export function dayOf(instant: string, world: World): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: world.shop.timezone }).format(
    new Date(instant),
  );
}

/** A link to the customer or company of an order, or the words for whoever it was. */
export function buyerLink(frame: Frame, order: WorldOrder): Html {
  const base = `/store/${frame.store}`;
  const place = order.companyLocationId === null ? undefined : frame.world.locations.get(order.companyLocationId);
  if (place) return html`<a href="${base}/companies/${place.company.id}">${place.company.name}</a>`;
  const customer = order.customerId === null ? undefined : frame.world.customers.get(order.customerId);
  if (customer) return html`<a href="${base}/customers/${customer.id}">${nameOf(customer)}</a>`;
  return order.email === null ? html`No name` : html`${order.email.trim()} (guest)`;
}

/** A person's name, or what else is known of them. */
export function nameOf(customer: {
  id: number;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}) {
  return (
    [customer.firstName, customer.lastName].filter(Boolean).join(" ") || customer.email || `Customer ${customer.id}`
  );
}
