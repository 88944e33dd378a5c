import { z } from "zod";
import { gidOf, isGidOf, type GidKind } from "#app/core/ids/gid.ts";
import type { TopicEffect } from "#app/core/webhooks/topics.ts";

const number = z.int().nonnegative().transform(BigInt);

/** The id in the first of some fields that has one, as a global id. Bodies in the manner of REST have numbers alone. */
const first = (kind: GidKind, ...candidates: readonly unknown[]): string | null => {
  for (const candidate of candidates) {
    if (typeof candidate === "string" && isGidOf(candidate, kind)) return candidate;
    const told = number.safeParse(candidate);
    if (told.success) return gidOf(kind, told.data);
  }
  return null;
};

const body = z.object({
  id: z.unknown().optional(),
  admin_graphql_api_id: z.string().optional().catch(undefined),
  order_id: z.unknown().optional(),
  order: z.object({ id: z.unknown().optional() }).optional().catch(undefined),
  order_edit: z.object({ order_id: z.unknown().optional() }).optional().catch(undefined),
  admin_graphql_api_customer_deleted_id: z.string().optional().catch(undefined),
});

/** Topics whose body is the order itself; that of orders/edited is the edit. */
const isOrderItself = (topic: string): boolean => topic.startsWith("orders/") && topic !== "orders/edited";

/** How the body of an order begins; Shopify escapes slashes, as JSON may. */
const ORDER_AT_HEAD = /^\{"id":\d+,"admin_graphql_api_id":"gid:\\?\/\\?\/shopify\\?\/Order\\?\/(\d{1,18})",/;
const HEAD_BYTES = 200;

/**
 * The global id of the order that a body is, where its topic is about an order itself and it begins as Shopify's do. Such
 * bodies are most of all and the largest: to parse several kilobytes for what stands at their beginning would take longer
 * than all else.
 *
 * @returns null where the body has to be parsed to know
 */
export const orderAtHead = (topic: string, effect: TopicEffect, bytes: Buffer): string | null => {
  if (effect !== "order" || !isOrderItself(topic)) return null;
  const [, id] = ORDER_AT_HEAD.exec(bytes.toString("latin1", 0, HEAD_BYTES)) ?? [];
  return id === undefined ? null : gidOf("Order", BigInt(id));
};

/**
 * The global id of what is to be read again because of a webhook: of the order where the body is a refund, a transaction or
 * the like; of the customer that is no more where two were merged.
 *
 * @returns null where the body names nothing of the kind
 * @example subjectOf("refunds/create", "order", { id: 5, order_id: 7 }) // "gid://shopify/Order/7"
 */
export const subjectOf = (topic: string, effect: TopicEffect, payload: unknown): string | null => {
  const read = body.safeParse(payload);
  if (!read.success) return null;
  const { id, admin_graphql_api_id: own, order_id: orderId, order, order_edit: edit } = read.data;
  switch (effect) {
    case "order":
      return isOrderItself(topic) ? first("Order", own, id) : first("Order", edit?.order_id, orderId, order?.id);
    case "order-gone":
      return first("Order", own, id);
    case "dispute":
      return first("ShopifyPaymentsDispute", id);
    case "payment-schedule":
      return first("PaymentSchedule", own, id);
    case "customer":
      return first("Customer", own, id);
    case "customers-merged":
      return first("Customer", read.data.admin_graphql_api_customer_deleted_id);
    case "company":
      return first("Company", own);
    case "company-location":
      return first("CompanyLocation", own);
    case "product":
      return first("Product", own, id);
    case "inventory-item":
      return first("InventoryItem", own, id);
    case "collection":
      return first("Collection", own, id);
    case "discount":
      return first("DiscountAutomaticNode", own);
    case "bulk-finished":
      return first("BulkOperation", own);
    case "shop":
    case "scopes":
    case "uninstalled":
    case "noted":
      return null;
  }
};
