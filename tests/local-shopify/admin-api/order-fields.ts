import { agreements } from "./agreement-fields.ts";
import { connectionOf, sequenceOf } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { defineType, firstOf, type GraphSource, type Resolver, stringArg } from "./define-type.ts";
import { disputesOf, DisputeSummarySource } from "./dispute-fields.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { orderAmounts } from "./order-amounts.ts";
import { OrderSource } from "./order-sources.ts";
import { financialStatus, returnStatus } from "./order-status.ts";
import { paymentTermsOf } from "./payment-terms-fields.ts";
import { returnsOf } from "./return-fields.ts";
import {
  AttributeSource,
  CompanyContactSource,
  CountSource,
  CustomerSource,
  MailingAddressSource,
  PurchasingCompanySource,
} from "./sources.ts";

const SOURCE_NAMES = { web: "web", pos: "pos", draft: "shopify_draft_order" };

const facts: Record<string, Resolver<OrderSource>> = {
  id: ({ order }) => gid("Order", order.id),
  legacyResourceId: ({ order }) => String(order.id),
  name: ({ order }) => order.name,
  createdAt: ({ order }) => order.processedAt,
  processedAt: ({ order }) => order.processedAt,
  updatedAt: ({ order, store }) => store.updatedAt(order),
  cancelledAt: ({ order }) => order.cancelledAt,
  test: ({ order }) => order.test,
  edited: ({ order }) => order.edits.length > 0,
  returnStatus: ({ order }) => returnStatus(order),
  email: ({ order }) => order.email,
  currencyCode: ({ store }) => store.currency,
  presentmentCurrencyCode: ({ order }) => order.presentmentCurrency,
  taxesIncluded: ({ figures }) => figures.taxesIncluded,
  sourceName: ({ order }) => SOURCE_NAMES[order.source],
  customAttributes: ({ order }) =>
    Object.entries(order.attributes ?? {}).map(([key, value]) => new AttributeSource(key, value)),
  tags: ({ order }) => order.tags ?? [],
  // Neither the world nor the checkout here knows codes.
  discountCodes: () => [],
  displayFinancialStatus: (source) => financialStatus(source),
  fullyPaid: ({ figures }) => figures.totals.outstanding <= 0n,
  unpaid: ({ figures }) => figures.totals.received === 0n,
  paymentGatewayNames: ({ order }) => [...new Set(order.transactions.map(({ gateway }) => gateway))],
  subtotalLineItemsQuantity: ({ figures }) => figures.lines.reduce((sum, { line }) => sum + line.quantity, 0),
  currentSubtotalLineItemsQuantity: (source) =>
    source.figures.lines.reduce((sum, { line }) => sum + source.currentQuantity(line.id), 0),
};

const relations: Record<string, Resolver<OrderSource>> = {
  customer: ({ order, store }, _args, { now }) => {
    const buyer = store.buyerOf(order, now);
    return buyer && new CustomerSource(buyer);
  },
  purchasingEntity: (source, _args, context) => purchasingEntity(source, context),
  shippingAddress: ({ order }) => order.shipTo && new MailingAddressSource(order.shipTo.countryCode),
  shippingLine: ({ shippingLines }) => shippingLines[0] ?? null,
  shippingLines: (source, args, context, info) =>
    connectionOf(
      sequenceOf(source.shippingLines, (line) => line),
      args,
      context,
      info,
    ),
  lineItems: (source, args, context, info) =>
    connectionOf(
      sequenceOf(source.lineItems, (line) => line),
      args,
      context,
      info,
    ),
  transactions: ({ transactions }, args) => firstOf(transactions, args),
  transactionsCount: ({ order }) => new CountSource(order.transactions.length, null),
  refunds: ({ refunds }, args) => firstOf(refunds, args),
  paymentTerms: (source) => paymentTermsOf(source),
  agreements,
  returns: (source, args, context, info) => {
    if (stringArg(args, "query") !== null) throw new NotInLocalShopify("Order.returns(query:)");
    const sequence = sequenceOf(returnsOf(source), (item) => item);
    return connectionOf(sequence, args, context, info);
  },
  disputes: (source) => disputesOf(source).map((dispute) => new DisputeSummarySource(dispute)),
};

export const orderTypes = [
  defineType("Order", OrderSource, { ...facts, ...orderAmounts, ...relations }),
  defineType("Attribute", AttributeSource, { key: ({ key }) => key, value: ({ value }) => value }),
  defineType("MailingAddress", MailingAddressSource, { countryCodeV2: ({ countryCode }) => countryCode }),
];

function purchasingEntity({ order, store }: OrderSource, { now }: AdminContext): GraphSource | null {
  const buyer = store.buyerOf(order, now);
  const place = order.companyLocationId === null ? undefined : store.world.locations.get(order.companyLocationId);
  if (!place) return buyer && new CustomerSource(buyer);
  const isContact = buyer !== null && place.company.contacts.includes(buyer.id);
  return new PurchasingCompanySource(place, isContact ? new CompanyContactSource(place.company, buyer) : null);
}
