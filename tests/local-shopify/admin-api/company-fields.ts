import type { WorldCompany } from "#tests/local-shopify/world/world.ts";
import { catalogSequence } from "./catalog-list.ts";
import { connectionOf, type Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { metafieldFields } from "./metafield-fields.ts";
import { companyCreatedAt, companyUpdatedAt, locationCreatedAt, locationUpdatedAt } from "./object-dates.ts";
import { objectSequence } from "./object-list.ts";
import { orderConnectionOf } from "./order-list.ts";
import type { LocationInCompany } from "./shop-store.ts";
import { accountSequence } from "./store-credit-fields.ts";
import {
  BuyerExperienceSource,
  CompanyContactSource,
  CompanyLocationSource,
  CompanySource,
  CountSource,
  CustomerSource,
  DepositSource,
  PaymentTermsTemplateSource,
  PurchasingCompanySource,
} from "./sources.ts";

export const companyTypes = [
  defineType("Company", CompanySource, {
    id: ({ company }) => gid("Company", company.id),
    name: ({ company }) => company.name,
    createdAt: ({ company }, _args, { store }) => companyCreatedAt(company, store),
    updatedAt: ({ company }, _args, { store }) => companyUpdatedAt(company, store),
    contactsCount: ({ company }) => new CountSource(company.contacts.length, null),
    locationsCount: ({ company }) => new CountSource(company.locations.length, null),
    ordersCount: ({ company }, _args, { store }) => new CountSource(store.ordersOfCompany(company.id).length, null),
    contacts: ({ company }, args, context, info) =>
      connectionOf(contactSequence(company, args, context), args, context, info),
    locations: ({ company }, args, context, info) => {
      const places = company.locations.map((location) => ({ location, company }));
      return connectionOf(locationSequence(places, args, context), args, context, info);
    },
    orders: ({ company }, args, context, info) =>
      orderConnectionOf(context.store.ordersOfCompany(company.id), args, context, info),
  }),
  defineType("CompanyLocation", CompanyLocationSource, {
    ...metafieldFields<CompanyLocationSource>(({ place }) => gid("CompanyLocation", place.location.id)),
    id: ({ place }) => gid("CompanyLocation", place.location.id),
    name: ({ place }) => place.location.name,
    company: ({ place }) => new CompanySource(place.company),
    createdAt: ({ place }, _args, { store }) => locationCreatedAt(place, store),
    updatedAt: ({ place }, _args, { store }) => locationUpdatedAt(place, store),
    buyerExperienceConfiguration: ({ place }) => new BuyerExperienceSource(place),
    catalogs: ({ place }, args, context, info) =>
      connectionOf(catalogSequence([place], args, context), args, context, info),
    storeCreditAccounts: ({ place }, args, context, info) =>
      connectionOf(
        accountSequence({ type: "CompanyLocation", id: place.location.id }, args, context),
        args,
        context,
        info,
      ),
    orders: ({ place }, args, context, info) => {
      const orders = context.store.ordersOfCompany(place.company.id);
      const own = orders.filter((order) => order.companyLocationId === place.location.id);
      return orderConnectionOf(own, args, context, info);
    },
  }),
  defineType("BuyerExperienceConfiguration", BuyerExperienceSource, {
    checkoutToDraft: ({ place }) => place.location.checkoutToDraft,
    deposit: ({ place }) => {
      const { depositPercent } = place.location;
      return depositPercent === null ? null : new DepositSource(Number(depositPercent));
    },
    paymentTermsTemplate: ({ place }) => {
      const { terms } = place.location;
      return terms === null ? null : new PaymentTermsTemplateSource(terms);
    },
  }),
  defineType("DepositPercentage", DepositSource, { percentage: ({ percentage }) => percentage }),
  defineType("PaymentTermsTemplate", PaymentTermsTemplateSource, {
    paymentTermsType: ({ terms }) => terms.type,
    dueInDays: ({ terms }) => terms.dueInDays,
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
  const createdAt = (company: WorldCompany) => companyCreatedAt(company, store);
  const updatedAt = (company: WorldCompany) => companyUpdatedAt(company, store);
  return objectSequence(args, {
    what: "companies",
    all: store.world.companies.values(),
    id: ({ id }) => id,
    search: {
      instants: { created_at: createdAt, updated_at: updatedAt },
      ids: { id: ({ id }) => id },
      texts: { name: ({ name }) => name },
    },
    sortKeys: { CREATED_AT: createdAt, UPDATED_AT: updatedAt },
    source: (company) => new CompanySource(company),
  });
}

/** Locations of companies, upwards by id or as the arguments say. */
export function locationSequence(
  places: Iterable<LocationInCompany>,
  args: Args,
  { store }: AdminContext,
): Sequence<LocationInCompany> {
  const createdAt = (place: LocationInCompany) => locationCreatedAt(place, store);
  const updatedAt = (place: LocationInCompany) => locationUpdatedAt(place, store);
  return objectSequence(args, {
    what: "company locations",
    all: places,
    id: ({ location }) => location.id,
    search: {
      instants: { created_at: createdAt, updated_at: updatedAt },
      ids: { id: ({ location }) => location.id, company_id: ({ company }) => company.id },
      texts: { name: ({ location }) => location.name },
    },
    sortKeys: { CREATED_AT: createdAt, UPDATED_AT: updatedAt },
    source: (place) => new CompanyLocationSource(place),
  });
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

function contactId(company: WorldCompany, customerId: number): string {
  return `${company.id}${String(customerId).padStart(16, "0")}`;
}

function requireSortById(args: Args, what: string): void {
  const sortKey = stringArg(args, "sortKey") ?? "ID";
  if (sortKey !== "ID") throw new NotInLocalShopify(`sorting ${what} by ${sortKey}`);
}
