import { connectionOf, sequenceOf } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { defineType, firstOf, GraphSource, type Resolver } from "./define-type.ts";
import { gid } from "./gid.ts";
import { OrderSource, partId } from "./order-sources.ts";
import { PaymentTermsSource } from "./payment-terms-fields.ts";
import {
  CompanyContactSource,
  CountSource,
  CustomerSource,
  MailingAddressSource,
  PurchasingCompanySource,
} from "./sources.ts";

const SOURCE_NAMES = { web: "web", pos: "pos", draft: "shopify_draft_order" };

class DisputeSource extends GraphSource {
  readonly typename = "OrderDisputeSummary";
  readonly id: string;
  readonly status: string;

  constructor(id: string, status: string) {
    super();
    this.id = id;
    this.status = status;
  }
}

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
  email: ({ order }) => order.email,
  currencyCode: ({ store }) => store.currency,
  presentmentCurrencyCode: ({ order }) => order.presentmentCurrency,
  taxesIncluded: ({ figures }) => figures.taxesIncluded,
  sourceName: ({ order }) => SOURCE_NAMES[order.source],
  displayFinancialStatus: (source) => financialStatus(source),
  fullyPaid: ({ figures }) => figures.totals.outstanding <= 0n,
  unpaid: ({ figures }) => figures.totals.received === 0n,
  paymentGatewayNames: ({ order }) => [...new Set(order.transactions.map(({ gateway }) => gateway))],
  subtotalLineItemsQuantity: ({ figures }) => figures.lines.reduce((sum, { line }) => sum + line.quantity, 0),
  currentSubtotalLineItemsQuantity: (source) =>
    source.figures.lines.reduce((sum, { line }) => sum + source.currentQuantity(line.id), 0),
};

const amounts: Record<string, Resolver<OrderSource>> = {
  subtotalPriceSet: (source) => source.bag(source.figures.totals.subtotal),
  totalPriceSet: (source) => source.bag(source.figures.totals.total),
  originalTotalPriceSet: (source) => source.bag(source.figures.totals.originalTotal),
  currentTotalPriceSet: (source) => source.bag(source.figures.totals.currentTotal),
  totalDiscountsSet: (source) => source.bag(source.figures.totals.discounts),
  totalShippingPriceSet: (source) => source.bag(source.figures.totals.shipping),
  totalTaxSet: (source) => source.bag(source.figures.totals.tax),
  totalTipReceivedSet: (source) => source.bag(source.figures.tip),
  totalReceivedSet: (source) => source.bag(source.figures.totals.received),
  totalRefundedSet: (source) => source.bag(source.figures.totals.refunded),
  totalOutstandingSet: (source) => source.bag(source.figures.totals.outstanding),
  netPaymentSet: (source) => source.bag(source.figures.totals.received - source.figures.totals.refunded),
  totalRefundedShippingSet: (source) =>
    source.bag(source.figures.refunds.reduce((sum, refund) => sum + refund.shipping, 0n)),
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
      sequenceOf(source.lines, (line) => line),
      args,
      context,
      info,
    ),
  transactions: ({ transactions }, args) => firstOf(transactions, args),
  transactionsCount: ({ order }) => new CountSource(order.transactions.length, null),
  refunds: ({ refunds }, args) => firstOf(refunds, args),
  paymentTerms: (source) => (source.order.terms ? new PaymentTermsSource(source, source.order.terms) : null),
  disputes: ({ order }) =>
    order.disputes.map(
      ({ status }, index) => new DisputeSource(gid("OrderDisputeSummary", partId(order.id, index)), status),
    ),
};

export const orderTypes = [
  defineType("Order", OrderSource, { ...facts, ...amounts, ...relations }),
  defineType("OrderDisputeSummary", DisputeSource, { id: ({ id }) => id, status: ({ status }) => status }),
  defineType("MailingAddress", MailingAddressSource, { countryCodeV2: ({ countryCode }) => countryCode }),
];

/** What Shopify shows as the payment status of an order; it follows from its transactions. */
export function financialStatus({ order, figures }: OrderSource): string {
  const { received, refunded, currentTotal } = figures.totals;
  if (refunded > 0n) return refunded >= received ? "REFUNDED" : "PARTIALLY_REFUNDED";
  if (received > 0n) return received >= currentTotal ? "PAID" : "PARTIALLY_PAID";
  const succeeded = order.transactions.filter(({ status }) => status === "SUCCESS").map(({ kind }) => kind);
  if (order.cancelledAt !== null || succeeded.includes("VOID")) return "VOIDED";
  if (succeeded.includes("AUTHORIZATION")) return "AUTHORIZED";
  return currentTotal === 0n ? "PAID" : "PENDING";
}

function purchasingEntity({ order, store }: OrderSource, { now }: AdminContext): GraphSource | null {
  const buyer = store.buyerOf(order, now);
  const place = order.companyLocationId === null ? undefined : store.world.locations.get(order.companyLocationId);
  if (!place) return buyer && new CustomerSource(buyer);
  const isContact = buyer !== null && place.company.contacts.includes(buyer.id);
  return new PurchasingCompanySource(place, isContact ? new CompanyContactSource(place.company, buyer) : null);
}
