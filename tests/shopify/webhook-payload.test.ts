import { describe, expect, test } from "vitest";
import { effectOf, TOPICS } from "#app/core/webhooks/topics.ts";
import { subjectOf } from "#app/shopify/webhook-payload.ts";

const subject = (topic: string, body: unknown): string | null => subjectOf(topic, effectOf(topic), body);

/** Bodies as Shopify sends them, cut down to their ids, and what is read again because of each. */
const BODIES: readonly (readonly [topic: string, body: unknown, subject: string])[] = [
  ["orders/create", { id: 7, admin_graphql_api_id: "gid://shopify/Order/7" }, "gid://shopify/Order/7"],
  ["orders/paid", { id: 7 }, "gid://shopify/Order/7"],
  ["orders/delete", { id: 7 }, "gid://shopify/Order/7"],
  ["orders/edited", { order_edit: { id: 5, order_id: 7 } }, "gid://shopify/Order/7"],
  ["refunds/create", { id: 5, order_id: 7, admin_graphql_api_id: "gid://shopify/Refund/5" }, "gid://shopify/Order/7"],
  [
    "order_transactions/create",
    { id: 5, order_id: 7, admin_graphql_api_id: "gid://shopify/OrderTransaction/5" },
    "gid://shopify/Order/7",
  ],
  [
    "returns/approve",
    { id: 5, admin_graphql_api_id: "gid://shopify/Return/5", order: { id: 7 } },
    "gid://shopify/Order/7",
  ],
  ["fulfillments/update", { id: 5, order_id: 7 }, "gid://shopify/Order/7"],
  ["payment_terms/update", { id: 5, order_id: 7, due_in_days: 30 }, "gid://shopify/Order/7"],
  ["payment_schedules/due", { id: 5, payment_terms_id: 6 }, "gid://shopify/PaymentSchedule/5"],
  ["disputes/update", { id: 5, order_id: 7 }, "gid://shopify/ShopifyPaymentsDispute/5"],
  ["customers/update", { id: 5, admin_graphql_api_id: "gid://shopify/Customer/5" }, "gid://shopify/Customer/5"],
  [
    "customers/merge",
    {
      admin_graphql_api_customer_kept_id: "gid://shopify/Customer/1",
      admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/2",
    },
    "gid://shopify/Customer/2",
  ],
  ["companies/update", { name: "Co", admin_graphql_api_id: "gid://shopify/Company/5" }, "gid://shopify/Company/5"],
  [
    "company_locations/update",
    { admin_graphql_api_id: "gid://shopify/CompanyLocation/51", company: { admin_graphql_api_id: "x" } },
    "gid://shopify/CompanyLocation/51",
  ],
  ["products/delete", { id: 5 }, "gid://shopify/Product/5"],
  [
    "inventory_items/update",
    { id: 5, cost: "4.20", admin_graphql_api_id: "gid://shopify/InventoryItem/5" },
    "gid://shopify/InventoryItem/5",
  ],
  [
    "bulk_operations/finish",
    { admin_graphql_api_id: "gid://shopify/BulkOperation/5", status: "completed" },
    "gid://shopify/BulkOperation/5",
  ],
];

test.each(BODIES)("of %s the id is found of what is to be read again", (topic, body, expected) => {
  expect(subject(topic, body)).toBe(expected);
});

describe("a body that names nothing of the kind", () => {
  const bodies: readonly unknown[] = [
    {},
    [],
    null,
    "text",
    { id: "7; DROP TABLE shop", order_id: -1, order: { id: 1.5 }, admin_graphql_api_id: 7 },
    { id: 2 ** 60, order_id: null, admin_graphql_api_id: "gid://shopify/Elsewhere/1" },
    { admin_graphql_api_id: "gid://shopify/Order/1x", admin_graphql_api_customer_deleted_id: "gid://shopify/Order/1" },
  ];

  test.each(TOPICS)("has no subject: %s", (topic) => {
    for (const body of bodies) expect(subject(topic, body)).toBeNull();
  });
});

test("a topic that nobody subscribed to is noted, and no more", () => {
  expect(effectOf("themes/update")).toBe("noted");
  expect(subject("themes/update", { id: 5 })).toBeNull();
});
