/**
 * What is done about a webhook topic. The payload says of which object; the object itself is read again.
 *
 * - `order`: the order is read again and its ledger worked out. So is it for what belongs to an order: refunds,
 *   transactions, returns, fulfilments, payment terms.
 * - `order-gone`: the order leaves the ledger, if Shopify does not know it any more.
 * - `noted`: kept and counted; nothing of the ledger follows from it.
 */
export type TopicEffect =
  | "order"
  | "order-gone"
  | "payment-schedule"
  | "dispute"
  | "customer"
  | "customers-merged"
  | "company"
  | "company-location"
  | "product"
  | "inventory-item"
  | "collection"
  | "discount"
  | "shop"
  | "scopes"
  | "bulk-finished"
  | "uninstalled"
  | "noted";

const all = <Effect extends TopicEffect>(resource: string, effect: Effect, events: readonly string[]) =>
  events.map((event) => [`${resource}/${event}`, effect] as const);

const EFFECTS: ReadonlyMap<string, TopicEffect> = new Map<string, TopicEffect>([
  ...all("orders", "order", ["create", "updated", "paid", "cancelled", "edited", "fulfilled"]),
  ["orders/delete", "order-gone"],
  ["refunds/create", "order"],
  ["order_transactions/create", "order"],
  ...all("returns", "order", ["request", "approve", "decline", "process", "update", "cancel", "close", "reopen"]),
  ...all("fulfillments", "order", ["create", "update"]),
  ...all("payment_terms", "order", ["create", "update", "delete"]),
  ["payment_schedules/due", "payment-schedule"],
  ...all("disputes", "dispute", ["create", "update"]),
  ...all("customers", "customer", ["create", "update", "delete"]),
  ["customers/merge", "customers-merged"],
  ...all("companies", "company", ["create", "update", "delete"]),
  ...all("company_locations", "company-location", ["create", "update", "delete"]),
  ...all("products", "product", ["create", "update", "delete"]),
  ...all("inventory_items", "inventory-item", ["create", "update", "delete"]),
  ...all("collections", "collection", ["create", "update", "delete"]),
  ...all("discounts", "discount", ["create", "update", "delete"]),
  ["shop/update", "shop"],
  ["app/scopes_update", "scopes"],
  ["bulk_operations/finish", "bulk-finished"],
  ["app/uninstalled", "uninstalled"],
]);

/** Every topic that the app subscribes to, but for those of compliance. */
export const TOPICS: readonly string[] = [...EFFECTS.keys()];

/** What is done about a topic; a topic that nobody subscribed to is noted. @example effectOf("refunds/create") // "order" */
export const effectOf = (topic: string): TopicEffect => EFFECTS.get(topic) ?? "noted";

/** What Shopify asks of every app that sees personal data. These come without a session, and after an uninstall too. */
export const COMPLIANCE_TOPICS = ["customers/data_request", "customers/redact", "shop/redact"] as const;
export type ComplianceTopic = (typeof COMPLIANCE_TOPICS)[number];

export const isComplianceTopic = (topic: string): topic is ComplianceTopic =>
  COMPLIANCE_TOPICS.some((one) => one === topic);

/**
 * Topics whose events have a job each, in the shop's one queue beside its long works: they end what these work on. All
 * others are worked off together.
 */
export const APART_TOPICS: readonly string[] = [...COMPLIANCE_TOPICS, "app/uninstalled"];
