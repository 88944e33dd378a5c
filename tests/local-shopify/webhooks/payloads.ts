import { exponentOf, toDecimal } from "#tests/local-shopify/world/money.ts";
import type { World, WorldOrder } from "#tests/local-shopify/world/world.ts";
import { gid } from "../admin-api/gid.ts";
import { financialStatus } from "../admin-api/order-status.ts";
import { type LineItemSource, OrderSource, type RefundSource } from "../admin-api/order-sources.ts";
import { shopId } from "../admin-api/shop-fields.ts";
import type { ShopStore } from "../admin-api/shop-store.ts";
import type { BulkOperationRecord } from "../admin-api/context.ts";

/**
 * The body of orders/create and orders/updated: the part of Shopify's REST-like order that the world knows the truth of.
 * Protected data that the shop has not granted is null, as in a query.
 */
export function orderPayload(
  order: WorldOrder,
  store: ShopStore,
  shown: { now: Date; showsEmail: boolean },
): Record<string, unknown> {
  const source = new OrderSource(order, store);
  const { totals, taxesIncluded } = source.figures;
  const money = (minor: bigint) => restMoney(minor, store.currency);
  const buyer = store.buyerOf(order, shown.now);
  const place = order.companyLocationId === null ? undefined : store.world.locations.get(order.companyLocationId);
  return {
    id: order.id,
    admin_graphql_api_id: gid("Order", order.id),
    name: order.name,
    email: shown.showsEmail ? order.email : null,
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

function refundPayload(source: RefundSource, money: (minor: bigint) => string) {
  const { refund, lines } = source.figures;
  return {
    id: refund.id,
    admin_graphql_api_id: gid("Refund", refund.id),
    order_id: source.parent.order.id,
    created_at: refund.createdAt,
    refund_line_items: lines.map(({ line, quantity, restockType, amount, tax }) => ({
      line_item_id: line.id,
      quantity,
      restock_type: restockType.toLowerCase(),
      subtotal: money(amount),
      total_tax: money(tax),
    })),
  };
}

/** The body of app/uninstalled: the shop. */
export function shopPayload({ shop }: World): Record<string, unknown> {
  return {
    id: shopId(shop.domain),
    name: shop.name,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    currency: shop.currency,
    iana_timezone: shop.timezone,
    taxes_included: shop.taxesIncluded,
  };
}

/** The body of app/scopes_update. */
export function scopesPayload(
  { shop }: World,
  change: { previous: string[]; current: string[]; updatedAt: string },
): Record<string, unknown> {
  return {
    id: shopId(shop.domain),
    previous: change.previous,
    current: change.current,
    updated_at: change.updatedAt,
  };
}

/** The body of bulk_operations/finish. */
export function bulkFinishPayload(record: BulkOperationRecord): Record<string, unknown> {
  return {
    admin_graphql_api_id: gid("BulkOperation", record.id),
    completed_at: record.completedAt,
    created_at: record.createdAt,
    error_code: record.errorCode?.toLowerCase() ?? null,
    status: record.status.toLowerCase(),
    type: "query",
  };
}

/** A person in the body of a compliance webhook, with the orders that it names. */
function personPayload(store: ShopStore, customerId: number): { customer: Record<string, unknown>; orders: number[] } {
  const { world } = store;
  const customer = world.customers.get(customerId);
  if (!customer) throw new Error(`there is no customer ${customerId}`);
  return {
    customer: { id: customer.id, email: customer.email, phone: "+15550100" },
    orders: world.orders.filter((one) => one.customerId === customerId).map(({ id }) => id),
  };
}

/** The body of customers/data_request. */
export function dataRequestPayload(store: ShopStore, customerId: number, requestId: number): Record<string, unknown> {
  const { customer, orders } = personPayload(store, customerId);
  return { ...shopRedactPayload(store.world), orders_requested: orders, customer, data_request: { id: requestId } };
}

/** The body of customers/redact. */
export function customerRedactPayload(store: ShopStore, customerId: number): Record<string, unknown> {
  const { customer, orders } = personPayload(store, customerId);
  return { ...shopRedactPayload(store.world), customer, orders_to_redact: orders };
}

/** The body of shop/redact. */
export function shopRedactPayload({ shop }: World): Record<string, unknown> {
  return { shop_id: shopId(shop.domain), shop_domain: shop.domain };
}

/** The REST-like bodies print amounts without a needless decimal: "10.00", and "1000" in a currency without decimals. */
function restMoney(minor: bigint, currency: string): string {
  return exponentOf(currency) === 0 ? minor.toString() : toDecimal(minor, currency);
}
