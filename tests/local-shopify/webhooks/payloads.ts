import type { World } from "#tests/local-shopify/world/world.ts";
import type { BulkOperationRecord } from "../admin-api/context.ts";
import { gid } from "../admin-api/gid.ts";
import { shopId } from "../admin-api/shop-fields.ts";
import type { ShopStore } from "../admin-api/shop-store.ts";

/** The plans as REST names them. */
const PLAN_NAMES = { BASIC: "basic", ADVANCED: "unlimited", PLUS: "shopify_plus" };

/** The body of app/uninstalled and shop/update: the shop. */
export function shopPayload({ shop }: World): Record<string, unknown> {
  return {
    id: shopId(shop.domain),
    name: shop.name,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    currency: shop.currency,
    iana_timezone: shop.timezone,
    taxes_included: shop.taxesIncluded,
    plan_name: PLAN_NAMES[shop.plan],
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
