import type { WorldEdit } from "#tests/local-shopify/world/world.ts";
import type { Dispute } from "../admin-api/dispute-fields.ts";
import { gid } from "../admin-api/gid.ts";
import {
  type LineItemSource,
  type OrderSource,
  partId,
  type RefundSource,
  type TransactionSource,
} from "../admin-api/order-sources.ts";
import { financialStatus } from "../admin-api/order-status.ts";
import type { PaymentTermsSource } from "../admin-api/payment-terms-fields.ts";
import type { ReturnSource } from "../admin-api/return-fields.ts";
import { jsonId, type Payload, restMoney, type View } from "./view.ts";

/** The body of all orders/ topics but two: the part of Shopify's REST-like order that the world knows the truth of. */
export function orderPayload(source: OrderSource, { store, now, shows }: View): Payload {
  const { order } = source;
  const { totals, taxesIncluded } = source.figures;
  const money = (minor: bigint) => restMoney(minor, store.currency);
  const buyer = store.buyerOf(order, now);
  const place = order.companyLocationId === null ? undefined : store.world.locations.get(order.companyLocationId);
  return {
    id: order.id,
    admin_graphql_api_id: gid("Order", order.id),
    name: order.name,
    email: shows("email") ? order.email : null,
    created_at: order.processedAt,
    processed_at: order.processedAt,
    updated_at: store.updatedAt(order),
    cancelled_at: order.cancelledAt,
    test: order.test,
    currency: store.currency,
    presentment_currency: order.presentmentCurrency,
    taxes_included: taxesIncluded,
    financial_status: financialStatus(source).toLowerCase(),
    subtotal_price: money(totals.subtotal),
    total_tax: money(totals.tax),
    total_discounts: money(totals.discounts),
    total_price: money(totals.total),
    current_total_price: money(totals.currentTotal),
    total_outstanding: money(totals.outstanding),
    customer: buyer && { id: buyer.id, admin_graphql_api_id: gid("Customer", buyer.id) },
    company: place ? { id: place.company.id, location_id: place.location.id } : null,
    line_items: source.lines.map((line) => linePayload(line, money)),
    refunds: source.refunds.map((refund) => refundPayload(refund, money)),
  };
}

function linePayload(source: LineItemSource, money: (minor: bigint) => string) {
  const { line, unitPrice, lineDiscount } = source.figures;
  const item = line.variantId === null ? undefined : source.parent.store.world.variants.get(line.variantId);
  return {
    id: line.id,
    admin_graphql_api_id: gid("LineItem", line.id),
    title: line.title,
    quantity: line.quantity,
    current_quantity: source.parent.currentQuantity(line.id),
    price: money(unitPrice),
    total_discount: money(lineDiscount),
    gift_card: line.giftCard,
    sku: item?.variant.sku ?? null,
    variant_id: line.variantId,
    product_id: item?.product.id ?? null,
  };
}

/** The body of refunds/create. */
export function refundPayload(source: RefundSource, money: (minor: bigint) => string): Payload {
  const { refund, lines } = source.figures;
  return {
    id: refund.id,
    admin_graphql_api_id: gid("Refund", refund.id),
    order_id: source.parent.order.id,
    created_at: refund.createdAt,
    processed_at: refund.createdAt,
    refund_line_items: lines.map(({ line, quantity, restockType, amount, tax }) => ({
      line_item_id: line.id,
      quantity,
      restock_type: restockType.toLowerCase(),
      subtotal: money(amount),
      total_tax: money(tax),
    })),
  };
}

/** The body of orders/edited. */
export function editPayload({ order }: OrderSource, edit: WorldEdit, index: number): Payload {
  return {
    order_edit: {
      id: jsonId(partId(order.id, index)),
      order_id: order.id,
      created_at: edit.at,
      line_items: {
        additions: edit.add.map(({ id, quantity }) => ({ id, delta: quantity })),
        removals: edit.remove.map(({ lineId, quantity }) => ({ id: lineId, delta: quantity })),
      },
    },
  };
}

/** The body of order_transactions/create, in the currency that the buyer paid in. */
export function transactionPayload({ parent, transaction, index }: TransactionSource): Payload {
  const number = partId(parent.order.id, index);
  const paid = parent.written(transaction.amount).presentment;
  return {
    id: jsonId(number),
    admin_graphql_api_id: gid("OrderTransaction", number),
    order_id: parent.order.id,
    kind: transaction.kind.toLowerCase(),
    gateway: transaction.gateway,
    status: transaction.status.toLowerCase(),
    created_at: transaction.processedAt,
    processed_at: transaction.processedAt,
    test: parent.order.test,
    amount: restMoney(paid.minor, paid.currency),
    currency: paid.currency,
  };
}

/** The body of the returns/ topics. */
export function returnPayload(source: ReturnSource, status: "open" | "closed"): Payload {
  const { parent, figures } = source;
  return {
    id: figures.refund.id,
    admin_graphql_api_id: gid("Return", figures.refund.id),
    order: { id: parent.order.id, admin_graphql_api_id: gid("Order", parent.order.id) },
    status,
    name: `${parent.order.name}-R${source.number}`,
    total_return_line_items: source.lines.reduce((sum, line) => sum + line.figures.quantity, 0),
    return_line_items: source.lines.map(({ index, figures: { line, quantity } }) => {
      const number = partId(figures.refund.id, index);
      return {
        id: jsonId(number),
        admin_graphql_api_id: gid("ReturnLineItem", number),
        quantity,
        fulfillment_line_item: { line_item: { id: line.id, admin_graphql_api_id: gid("LineItem", line.id) } },
      };
    }),
  };
}

/** The body of the payment_terms/ topics. */
export function termsPayload(source: PaymentTermsSource, { store }: View): Payload {
  const { parent, terms } = source;
  const total = parent.bag(parent.figures.totals.total).presentment;
  return {
    id: parent.order.id,
    admin_graphql_api_id: gid("PaymentTerms", parent.order.id),
    order_id: parent.order.id,
    due_in_days: terms.dueInDays,
    payment_terms_type: terms.type.toLowerCase(),
    payment_schedules: [
      {
        id: parent.order.id,
        admin_graphql_api_id: gid("PaymentSchedule", parent.order.id),
        payment_terms_id: parent.order.id,
        amount: restMoney(total.minor, total.currency),
        currency: total.currency,
        issued_at: terms.issuedAt,
        due_at: source.dueAt,
        completed_at: source.completedAt,
      },
    ],
    created_at: terms.issuedAt,
    updated_at: store.updatedAt(parent.order),
  };
}

/** The body of the disputes/ topics. */
export function disputePayload({ parent, dispute, number, finalizedOn }: Dispute): Payload {
  const { currency } = parent.store;
  return {
    id: jsonId(number),
    order_id: parent.order.id,
    type: "chargeback",
    amount: restMoney(parent.minor(dispute.amount), currency),
    currency,
    status: dispute.status.toLowerCase(),
    initiated_at: dispute.at,
    finalized_on: finalizedOn,
  };
}
