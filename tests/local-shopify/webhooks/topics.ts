// Which access scopes a webhook topic needs, from the schema's WebhookSubscriptionTopic; any one of them is enough.

const ORDERS = ["read_orders"];
const RETURNS = ["read_returns"];
const RETURNS_OR_ORDERS = ["read_returns", "read_orders"];
const CUSTOMERS = ["read_customers"];
const COMPANIES = ["read_customers", "read_companies"];
const PRODUCTS = ["read_products"];
const INVENTORY = ["read_inventory", "read_products"];
const TERMS = ["read_payment_terms"];
const DISPUTES = ["read_shopify_payments_disputes"];
const FULFILLMENTS = ["read_fulfillments"];
const DISCOUNTS = ["read_discounts"];
const NONE: readonly string[] = [];

/** Sent when the shop's data changes. */
const CHANGE_TOPICS = {
  "orders/create": ORDERS,
  "orders/updated": ORDERS,
  "orders/paid": ORDERS,
  "orders/cancelled": ORDERS,
  "orders/edited": ORDERS,
  "orders/delete": ORDERS,
  "refunds/create": ORDERS,
  "order_transactions/create": ORDERS,
  "returns/approve": RETURNS,
  "returns/update": RETURNS,
  "returns/close": RETURNS_OR_ORDERS,
  "disputes/create": DISPUTES,
  "disputes/update": DISPUTES,
  "payment_terms/create": TERMS,
  "payment_terms/update": TERMS,
  "payment_terms/delete": TERMS,
  "customers/create": CUSTOMERS,
  "customers/update": CUSTOMERS,
  "customers/delete": CUSTOMERS,
  "customers/merge": ["read_customer_merge"],
  "companies/create": COMPANIES,
  "companies/update": COMPANIES,
  "company_locations/create": COMPANIES,
  "company_locations/update": COMPANIES,
  "company_locations/delete": COMPANIES,
  "products/create": PRODUCTS,
  "products/update": PRODUCTS,
  "products/delete": PRODUCTS,
  "inventory_items/create": INVENTORY,
  "inventory_items/update": INVENTORY,
  "inventory_items/delete": INVENTORY,
  "discounts/create": DISCOUNTS,
  "discounts/update": DISCOUNTS,
  "discounts/delete": DISCOUNTS,
  "shop/update": NONE,
} as const satisfies Record<string, readonly string[]>;

/** Of what the shop does not hold (of discounts: those with a code): sent as they are announced. */
const ANNOUNCED_TOPICS = {
  "orders/fulfilled": ORDERS,
  "orders/partially_fulfilled": ORDERS,
  "returns/request": RETURNS,
  "returns/decline": RETURNS,
  "returns/process": RETURNS,
  "returns/cancel": RETURNS_OR_ORDERS,
  "returns/reopen": RETURNS_OR_ORDERS,
  "fulfillments/create": FULFILLMENTS,
  "fulfillments/update": FULFILLMENTS,
  "payment_schedules/due": TERMS,
  "collections/create": PRODUCTS,
  "collections/update": PRODUCTS,
  "collections/delete": PRODUCTS,
  "companies/delete": COMPANIES,
  "discounts/create": DISCOUNTS,
  "discounts/update": DISCOUNTS,
  "discounts/delete": DISCOUNTS,
} as const satisfies Record<string, readonly string[]>;

/** About the app itself, or what the law asks of it: sent whatever was granted. */
const APP_TOPICS = {
  "app/uninstalled": NONE,
  "app/scopes_update": NONE,
  "bulk_operations/finish": NONE,
  "customers/data_request": NONE,
  "customers/redact": NONE,
  "shop/redact": NONE,
} as const satisfies Record<string, readonly string[]>;

export type ChangeTopic = keyof typeof CHANGE_TOPICS;

const scopesByTopic: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({ ...CHANGE_TOPICS, ...ANNOUNCED_TOPICS, ...APP_TOPICS }),
);

/** All topics that are ever sent. */
export const TOPICS: readonly string[] = [...scopesByTopic.keys()];

/**
 * The scopes one of which an app needs to be sent a topic; none at all when it is open to every app.
 *
 * @throws Error on a topic that is never sent
 */
export function scopesOfTopic(topic: string): readonly string[] {
  const scopes = scopesByTopic.get(topic);
  if (!scopes) throw new Error(`not in the local Shopify: webhooks of ${topic}`);
  return scopes;
}

/**
 * Refuses to announce what follows from a change of the shop's data, or is never sent.
 *
 * @throws Error on such a topic
 */
export function requireAnnounced(topic: string): void {
  scopesOfTopic(topic);
  if (topic in ANNOUNCED_TOPICS) return;
  throw new Error(`${topic} is not announced: the local Shopify sends it when what it is about happens`);
}
