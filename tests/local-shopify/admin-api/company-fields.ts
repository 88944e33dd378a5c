import type { WorldCompany } from "#tests/local-shopify/world/world.ts";
import { connectionOf, type Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { orderConnectionOf } from "./order-list.ts";
import { compileSearch } from "./search-query.ts";
import type { LocationInCompany, ShopStore } from "./shop-store.ts";
import {
  BuyerExperienceSource,
  CompanyContactSource,
  CompanyLocationSource,
  CompanySource,
  CountSource,
  CustomerSource,
  PurchasingCompanySource,
} from "./sources.ts";

export const companyTypes = [
  defineType("Company", CompanySource, {
    id: ({ company }) => gid("Company", company.id),
    name: ({ company }) => company.name,
    createdAt: ({ company }, _args, { store }) => companySince(company, store),
    contactsCount: ({ company }) => new CountSource(company.contacts.length, null),
    locationsCount: ({ company }) => new CountSource(company.locations.length, null),
    ordersCount: ({ company }, _args, { store }) => new CountSource(store.ordersOfCompany(company.id).length, null),
    contacts: ({ company }, args, context, info) =>
      connectionOf(contactSequence(company, args, context), args, context, info),
    locations: ({ company }, args, context, info) => {
      const places = company.locations.map((location) => ({ location, company }));
      return connectionOf(locationSequence(places, args), args, context, info);
    },
    orders: ({ company }, args, context, info) =>
      orderConnectionOf(context.store.ordersOfCompany(company.id), args, context, info),
  }),
  defineType("CompanyLocation", CompanyLocationSource, {
    id: ({ place }) => gid("CompanyLocation", place.location.id),
    name: ({ place }) => place.location.name,
    company: ({ place }) => new CompanySource(place.company),
    createdAt: ({ place }, _args, { store }) => companySince(place.company, store),
    buyerExperienceConfiguration: ({ place }) => new BuyerExperienceSource(place),
    orders: ({ place }, args, context, info) => {
      const orders = context.store.ordersOfCompany(place.company.id);
      const own = orders.filter((order) => order.companyLocationId === place.location.id);
      return orderConnectionOf(own, args, context, info);
    },
  }),
  defineType("BuyerExperienceConfiguration", BuyerExperienceSource, {
    checkoutToDraft: ({ place }) => place.location.checkoutToDraft,
  }),
  defineType("CompanyContact", CompanyContactSource, {
    id: ({ company, customer }) => gid("CompanyContact", contactId(company, customer.id)),
    company: ({ company }) => new CompanySource(company),
    customer: ({ customer }) => new CustomerSource(customer),
    isMainContact: ({ company, customer }) => company.contacts[0] === customer.id,
  }),
  defineType("PurchasingCompany", PurchasingCompanySource, {
    company: ({ place }) => new CompanySource(place.company),
    location: ({ place }) => new CompanyLocationSource(place),
    contact: ({ contact }) => contact,
  }),
];

/** The shop's companies, as the `companies` field finds them. */
export function companySequence(args: Args, { store }: AdminContext): Sequence<WorldCompany> {
  requireSortById(args, "companies");
  const query = stringArg(args, "query");
  const all = [...store.world.companies.values()].sort((a, b) => a.id - b.id);
  const fields = {
    instants: { created_at: (company: WorldCompany) => companySince(company, store) },
    ids: { id: (company: WorldCompany) => company.id },
    texts: { name: (company: WorldCompany) => company.name },
  };
  return {
    items: query ? all.filter(compileSearch(query, fields)) : all,
    key: ({ id }) => ({ value: id, id }),
    source: (company) => new CompanySource(company),
  };
}

/** Locations of companies, upwards by id. */
export function locationSequence(places: Iterable<LocationInCompany>, args: Args): Sequence<LocationInCompany> {
  requireSortById(args, "company locations");
  const query = stringArg(args, "query");
  const all = [...places].sort((a, b) => a.location.id - b.location.id);
  const fields = {
    instants: {},
    ids: {
      id: ({ location }: LocationInCompany) => location.id,
      company_id: ({ company }: LocationInCompany) => company.id,
    },
    texts: { name: ({ location }: LocationInCompany) => location.name },
  };
  return {
    items: query ? all.filter(compileSearch(query, fields)) : all,
    key: ({ location: { id } }) => ({ value: id, id }),
    source: (place) => new CompanyLocationSource(place),
  };
}

function contactSequence(
  company: WorldCompany,
  args: Args,
  { store, now }: AdminContext,
): Sequence<CompanyContactSource> {
  requireSortById(args, "company contacts");
  if (stringArg(args, "query")) throw new NotInLocalShopify("searching company contacts");
  const contacts = company.contacts.flatMap((id) => {
    const customer = store.customer(id, now);
    return customer ? [new CompanyContactSource(company, customer)] : [];
  });
  return {
    items: contacts,
    key: (_contact, index) => ({ value: index, id: index }),
    source: (contact) => contact,
  };
}

/**
 * The world does not say when a company came. It was there at the latest with its first order, and it came at the earliest
 * with the first of its contacts or, without contacts, with the shop's first product.
 */
function companySince(company: WorldCompany, store: ShopStore): string {
  const contacts = company.contacts.flatMap((id) => store.world.customers.get(id)?.createdAt ?? []);
  const orders = store.ordersOfCompany(company.id).map((order) => order.processedAt);
  const dates =
    contacts.length > 0 ? [...contacts, ...orders] : [...orders, ...store.world.products.map((p) => p.createdAt)];
  const first = dates.sort()[0];
  if (first === undefined) throw new NotInLocalShopify("Company.createdAt in a world without dates");
  return first;
}

function contactId(company: WorldCompany, customerId: number): string {
  return `${company.id}${String(customerId).padStart(16, "0")}`;
}

function requireSortById(args: Args, what: string): void {
  const sortKey = stringArg(args, "sortKey") ?? "ID";
  if (sortKey !== "ID") throw new NotInLocalShopify(`sorting ${what} by ${sortKey}`);
}
