import { GraphQLError } from "graphql";
import { BulkOperationSource, BulkPayloadSource, bulkSequence } from "./bulk-fields.ts";
import { priceListById } from "./catalog-fields.ts";
import { catalogById, shopCatalogSequence } from "./catalog-list.ts";
import { collectionSequence, CollectionSource, shopCollections } from "./collection-fields.ts";
import { companySequence, locationSequence } from "./company-fields.ts";
import { connectionOf, MAX_PAGE_SIZE } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { customerSequence } from "./customer-fields.ts";
import { type Args, defineType, GraphSource, intArg, type Resolver, stringArg } from "./define-type.ts";
import { discountSequence, DiscountNodeSource, functionSequence } from "./discount-fields.ts";
import {
  discountActivate,
  discountAppCreate,
  discountAppUpdate,
  discountDeactivate,
  discountDelete,
} from "./discount-mutations.ts";
import { NotInLocalShopify } from "./errors.ts";
import { disputeByNumber, disputeSequence, paymentsAccount } from "./dispute-fields.ts";
import { idOfType, parseGid, partsOfType } from "./gid.ts";
import { MetafieldSource } from "./metafield-fields.ts";
import { metafieldsDelete, metafieldsSet } from "./metafield-mutations.ts";
import { findOrders, orderById, orderConnection } from "./order-list.ts";
import { orderEditAddCustomItem, orderEditBegin, orderEditCommit, tagsAdd, tagsRemove } from "./order-mutations.ts";
import type { OrderSource } from "./order-sources.ts";
import { paymentCustomizationSequence, PaymentCustomizationSource } from "./payment-customization-fields.ts";
import {
  paymentCustomizationActivation,
  paymentCustomizationCreate,
  paymentCustomizationDelete,
  paymentCustomizationUpdate,
} from "./payment-customization-mutations.ts";
import { paymentScheduleOf, paymentTermsOf } from "./payment-terms-fields.ts";
import { inventoryItemSequence, productSequence, variantSequence } from "./product-fields.ts";
import { refundCreate } from "./refund-mutation.ts";
import { returnsOf } from "./return-fields.ts";
import { AppInstallationSource, ShopSource, shopId } from "./shop-fields.ts";
import { moveById, StoreCreditAccountSource } from "./store-credit-fields.ts";
import { storeCreditAccountCredit, storeCreditAccountDebit } from "./store-credit-mutations.ts";
import {
  CompanyLocationSource,
  CompanySource,
  CountSource,
  CustomerSource,
  InventoryItemSource,
  ProductSource,
  VariantSource,
} from "./sources.ts";

/** Where every operation begins. */
export class RootSource extends GraphSource {
  readonly typename = "QueryRoot";
}

/** Finds an object by its number, which is also given as written: it may pass 2^53. */
type Lookup = (id: number, context: AdminContext, digits: string) => GraphSource | null;

const lookups: Readonly<Record<string, Lookup>> = {
  Order: orderById,
  Refund: (id, context) => orderOfRefund(id, context)?.refunds.find(({ figures }) => figures.refund.id === id) ?? null,
  // A return has the number of the refund that settles it.
  Return: (id, context) => {
    const order = orderOfRefund(id, context);
    return order ? (returnsOf(order).find(({ figures }) => figures.refund.id === id) ?? null) : null;
  },
  // An order has terms at most once, and these one schedule: both have the number of the order.
  PaymentTerms: (id, context) => paymentTermsOf(orderById(id, context)),
  PaymentSchedule: (id, context) => paymentScheduleOf(orderById(id, context)),
  ShopifyPaymentsDispute: (_id, context, digits) => disputeByNumber(digits, context),
  Customer: (id, { store, now }) => {
    const customer = store.customer(id, now);
    return customer && new CustomerSource(customer);
  },
  Product: (id, { store }) => {
    const product = store.product(id);
    return product ? new ProductSource(product) : null;
  },
  ProductVariant: (id, { store }) => {
    const item = store.world.variants.get(id);
    return item ? new VariantSource(item) : null;
  },
  InventoryItem: (id, { store }) => {
    const item = store.world.variants.get(id);
    return item ? new InventoryItemSource(item) : null;
  },
  Collection: (id, context) => {
    const found = shopCollections(context).find((collection) => collection.id === id);
    return found ? new CollectionSource(found) : null;
  },
  Company: (id, { store }) => {
    const company = store.world.companies.get(id);
    return company ? new CompanySource(company) : null;
  },
  CompanyLocation: (id, { store }) => {
    const place = store.world.locations.get(id);
    return place ? new CompanyLocationSource(place) : null;
  },
  CompanyLocationCatalog: catalogById,
  PriceList: priceListById,
  Metafield: (id, { store }) => {
    const record = store.metafields.byId(id);
    return record ? new MetafieldSource(record) : null;
  },
  DiscountNode: (id, context) => discountNode(id, context, "DiscountNode"),
  DiscountAutomaticNode: (id, context) => discountNode(id, context, "DiscountAutomaticNode"),
  PaymentCustomization: (id, { store }) => {
    const customization = store.paymentCustomizations.get(id);
    return customization ? new PaymentCustomizationSource(customization) : null;
  },
  StoreCreditAccount: (id, { store }) => {
    const account = store.storeCredit.account(id);
    return account && new StoreCreditAccountSource(account);
  },
  StoreCreditAccountCreditTransaction: (id, context) => moveById(id, "credit", context),
  StoreCreditAccountDebitTransaction: (id, context) => moveById(id, "debit", context),
  BulkOperation: (id, { bulk }) => {
    const record = bulk.get(id);
    return record ? new BulkOperationSource(record) : null;
  },
  Shop: (id, { store: { world } }) => (id === shopId(world.shop.domain) ? new ShopSource(world.shop) : null),
};

function discountNode(id: number, { store }: AdminContext, typename: DiscountNodeSource["typename"]) {
  const discount = store.discounts.get(id);
  return discount ? new DiscountNodeSource(discount, typename) : null;
}

const byId =
  (type: string): Resolver<RootSource> =>
  (_root, args, context) => {
    const { id, digits } = partsOfType(stringArg(args, "id") ?? "", type);
    return lookups[type]?.(id, context, digits) ?? null;
  };

const singles: Record<string, Resolver<RootSource>> = {
  shop: (_root, _args, { store }) => new ShopSource(store.world.shop),
  currentAppInstallation: () => new AppInstallationSource(),
  node: (_root, args, context) => nodeOf(stringArg(args, "id") ?? "", context),
  nodes: (_root, args, context) => nodesOf(args, context),
  order: byId("Order"),
  refund: byId("Refund"),
  return: byId("Return"),
  dispute: byId("ShopifyPaymentsDispute"),
  shopifyPaymentsAccount: (_root, _args, context) => paymentsAccount(context),
  customer: byId("Customer"),
  product: byId("Product"),
  productVariant: byId("ProductVariant"),
  inventoryItem: byId("InventoryItem"),
  collection: byId("Collection"),
  company: byId("Company"),
  companyLocation: byId("CompanyLocation"),
  catalog: byId("CompanyLocationCatalog"),
  priceList: byId("PriceList"),
  automaticDiscountNode: byId("DiscountAutomaticNode"),
  // Either name of a discount's type finds it.
  discountNode: (_root, args, context) => {
    const { type, id } = parseGid(stringArg(args, "id") ?? "");
    const number = type === "DiscountNode" ? id : idOfType(stringArg(args, "id") ?? "", "DiscountAutomaticNode");
    return discountNode(number, context, "DiscountNode");
  },
  paymentCustomization: byId("PaymentCustomization"),
  storeCreditAccount: byId("StoreCreditAccount"),
  bulkOperation: byId("BulkOperation"),
  currentBulkOperation: (_root, args, { bulk }) => {
    if (args["type"] !== "QUERY") return null;
    const latest = bulk.list().at(-1);
    return latest ? new BulkOperationSource(latest) : null;
  },
};

const connections: Record<string, Resolver<RootSource>> = {
  orders: (_root, args, context, info) => orderConnection(args, context, info),
  customers: (_root, args, context, info) => connectionOf(customerSequence(args, context), args, context, info),
  products: (_root, args, context, info) => connectionOf(productSequence(args, context), args, context, info),
  productVariants: (_root, args, context, info) => connectionOf(variantSequence(args, context), args, context, info),
  inventoryItems: (_root, args, context, info) =>
    connectionOf(inventoryItemSequence(args, context), args, context, info),
  collections: (_root, args, context, info) => connectionOf(collectionSequence(args, context), args, context, info),
  companies: (_root, args, context, info) => connectionOf(companySequence(args, context), args, context, info),
  companyLocations: (_root, args, context, info) =>
    connectionOf(locationSequence(context.store.world.locations.values(), args, context), args, context, info),
  catalogs: (_root, args, context, info) => connectionOf(shopCatalogSequence(args, context), args, context, info),
  discountNodes: (_root, args, context, info) =>
    connectionOf(discountSequence(args, context, "DiscountNode"), args, context, info),
  automaticDiscountNodes: (_root, args, context, info) =>
    connectionOf(discountSequence(args, context, "DiscountAutomaticNode"), args, context, info),
  shopifyFunctions: (_root, args, context, info) => connectionOf(functionSequence(args, context), args, context, info),
  paymentCustomizations: (_root, args, context, info) =>
    connectionOf(paymentCustomizationSequence(args, context), args, context, info),
  disputes: (_root, args, context, info) => connectionOf(disputeSequence(args, context), args, context, info),
  bulkOperations: (_root, args, context, info) =>
    connectionOf(bulkSequence(context.bulk.list(), args), args, context, info),
};

const counts: Record<string, Resolver<RootSource>> = {
  ordersCount: (_root, args, context) => countOf(findOrders(args, context).orders.length, args),
  customersCount: (_root, args, context) => countOf(customerSequence(args, context).items.length, args),
  productsCount: (_root, args, context) => countOf(productSequence(args, context).items.length, args),
  productVariantsCount: (_root, args, context) => countOf(variantSequence(args, context).items.length, args),
  discountNodesCount: (_root, args, context) =>
    countOf(discountSequence(args, context, "DiscountNode").items.length, args),
  companiesCount: (_root, args, context) => countOf(companySequence(args, context).items.length, args),
};

const mutations: Record<string, Resolver<RootSource>> = {
  metafieldsSet: (_root, args, context) => metafieldsSet(args, context),
  metafieldsDelete: (_root, args, context) => metafieldsDelete(args, context),
  discountAutomaticAppCreate: (_root, args, context) => discountAppCreate(args, context),
  discountAutomaticAppUpdate: (_root, args, context) => discountAppUpdate(args, context),
  discountAutomaticActivate: (_root, args, context) => discountActivate(args, context),
  discountAutomaticDeactivate: (_root, args, context) => discountDeactivate(args, context),
  discountAutomaticDelete: (_root, args, context) => discountDelete(args, context),
  paymentCustomizationCreate: (_root, args, context) => paymentCustomizationCreate(args, context),
  paymentCustomizationUpdate: (_root, args, context) => paymentCustomizationUpdate(args, context),
  paymentCustomizationActivation: (_root, args, context) => paymentCustomizationActivation(args, context),
  paymentCustomizationDelete: (_root, args, context) => paymentCustomizationDelete(args, context),
  tagsAdd: (_root, args, context) => tagsAdd(args, context),
  tagsRemove: (_root, args, context) => tagsRemove(args, context),
  orderEditBegin: (_root, args, context) => orderEditBegin(args, context),
  orderEditAddCustomItem: (_root, args, context) => orderEditAddCustomItem(args, context),
  orderEditCommit: (_root, args, context) => orderEditCommit(args, context),
  storeCreditAccountCredit: (_root, args, context) => storeCreditAccountCredit(args, context),
  storeCreditAccountDebit: (_root, args, context) => storeCreditAccountDebit(args, context),
  refundCreate: (_root, args, context, info) => refundCreate(args, context, info),
  bulkOperationRunQuery: (_root, args, { bulk }) => {
    const request = { query: stringArg(args, "query") ?? "", groupObjects: args["groupObjects"] === true };
    const { operation, userErrors } = bulk.run(request);
    return new BulkPayloadSource(operation, userErrors, "BulkOperationUserError");
  },
  bulkOperationCancel: (_root, args, { bulk }) => {
    const { operation, message } = bulk.cancel(idOfType(stringArg(args, "id") ?? "", "BulkOperation"));
    const userErrors = message === null ? [] : [{ code: null, field: ["id"], message }];
    return new BulkPayloadSource(operation, userErrors, "UserError");
  },
};

export const rootTypes = [
  defineType("QueryRoot", RootSource, { ...singles, ...connections, ...counts }),
  defineType("Mutation", RootSource, mutations),
];

function orderOfRefund(id: number, context: AdminContext): OrderSource | null {
  const owner = context.store.world.orders.find(({ refunds }) => refunds.some((refund) => refund.id === id));
  return owner ? orderById(owner.id, context) : null;
}

function nodeOf(id: string, context: AdminContext): GraphSource | null {
  const { type, id: number, digits } = parseGid(id);
  const lookup = lookups[type];
  if (!lookup) throw new NotInLocalShopify(`node of type ${type}`);
  return lookup(number, context, digits);
}

function nodesOf(args: Args, context: AdminContext): (GraphSource | null)[] {
  const ids = args["ids"];
  if (!Array.isArray(ids)) return [];
  if (ids.length > MAX_PAGE_SIZE) {
    const message = `The input array size of ${ids.length} is greater than the maximum allowed of ${MAX_PAGE_SIZE}.`;
    throw new GraphQLError(message, { extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } });
  }
  return ids.map((id) => nodeOf(String(id), context));
}

function countOf(total: number, args: Args): CountSource {
  return new CountSource(total, intArg(args, "limit"));
}
