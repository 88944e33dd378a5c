import type { WorldCustomer } from "#tests/local-shopify/world/world.ts";
import { toMinor } from "#tests/local-shopify/world/money.ts";
import { connectionOf, type Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { metafieldFields } from "./metafield-fields.ts";
import { MoneySource } from "./money-source.ts";
import { customerUpdatedAt } from "./object-dates.ts";
import { objectSequence } from "./object-list.ts";
import { isVisible, orderConnectionOf } from "./order-list.ts";
import { OrderSource } from "./order-sources.ts";
import { accountSequence } from "./store-credit-fields.ts";
import { CompanyContactSource, CustomerEmailSource, CustomerSource, MailingAddressSource } from "./sources.ts";

export const customerTypes = [
  defineType("Customer", CustomerSource, {
    ...metafieldFields<CustomerSource>(({ customer }) => gid("Customer", customer.id)),
    id: ({ customer }) => gid("Customer", customer.id),
    legacyResourceId: ({ customer }) => String(customer.id),
    firstName: ({ customer }) => customer.firstName,
    lastName: ({ customer }) => customer.lastName,
    displayName: ({ customer }) => displayName(customer),
    email: ({ customer }) => customer.email,
    defaultEmailAddress: ({ customer }) =>
      customer.email === null ? null : new CustomerEmailSource(customer, customer.email),
    defaultAddress: ({ customer }) =>
      customer.countryCode === null ? null : new MailingAddressSource(customer.countryCode),
    createdAt: ({ customer }) => customer.createdAt,
    updatedAt: ({ customer }, _args, { store, now }) => customerUpdatedAt(customer, store, now),
    tags: ({ customer }) => customer.tags,
    companyContactProfiles: ({ customer }, _args, { store }) =>
      [...store.world.companies.values()]
        .filter((company) => company.contacts.includes(customer.id))
        .map((company) => new CompanyContactSource(company, customer)),
    storeCreditAccounts: ({ customer }, args, context, info) =>
      connectionOf(accountSequence({ type: "Customer", id: customer.id }, args, context), args, context, info),
    orders: ({ customer }, args, context, info) =>
      orderConnectionOf(context.store.ordersOfCustomer(customer.id), args, context, info),
    lastOrder: ({ customer }, _args, context) => {
      const last = visibleOrders(customer, context).reduce<OrderSource | null>(
        (latest, order) => (latest && latest.order.processedAt > order.processedAt ? latest : source(order, context)),
        null,
      );
      return last;
    },
    // Shopify counts all orders here, also those that the app may not read.
    numberOfOrders: ({ customer }, _args, { store }) => String(store.ordersOfCustomer(customer.id).length),
    amountSpent: ({ customer }, _args, { store }) => {
      const spent = store.ordersOfCustomer(customer.id).map((order) => {
        const { received, refunded } = new OrderSource(order, store).figures.totals;
        return received - refunded;
      });
      return new MoneySource(
        spent.reduce((sum, amount) => sum + amount, toMinor("0", store.currency)),
        store.currency,
      );
    },
  }),
  defineType("CustomerEmailAddress", CustomerEmailSource, {
    emailAddress: ({ email }) => email,
    marketingState: ({ customer }) => customer.emailMarketing,
  }),
];

/** The shop's customers, as the `customers` field and its count find them. */
export function customerSequence(args: Args, { store, now }: AdminContext): Sequence<WorldCustomer> {
  const updatedAt = (customer: WorldCustomer) => customerUpdatedAt(customer, store, now);
  return objectSequence(args, {
    what: "customers",
    all: store.customers(now),
    id: ({ id }) => id,
    search: {
      instants: { created_at: ({ createdAt }) => createdAt, updated_at: updatedAt },
      ids: { id: ({ id }) => id },
      texts: { email: ({ email }) => email ?? "" },
    },
    sortKeys: { CREATED_AT: ({ createdAt }) => createdAt, UPDATED_AT: updatedAt },
    source: (customer) => new CustomerSource(customer),
  });
}

function visibleOrders(customer: WorldCustomer, context: AdminContext) {
  return context.store.ordersOfCustomer(customer.id).filter((order) => isVisible(order, context));
}

function source(order: OrderSource["order"], { store }: AdminContext): OrderSource {
  return new OrderSource(order, store);
}

/** The full name, else the e-mail address, as Shopify. */
function displayName({ firstName, lastName, email }: WorldCustomer): string {
  const name = [firstName, lastName].filter(Boolean).join(" ");
  if (name === "" && email === null)
    throw new NotInLocalShopify("Customer.displayName of a customer without name and e-mail");
  return name === "" ? (email ?? "") : name;
}
