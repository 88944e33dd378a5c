import { isEnumType } from "graphql";
import { expect, test } from "vitest";
import { adminSchema } from "../admin-api/schema.ts";
import { requireAnnounced, scopesOfTopic, TOPICS } from "./topics.ts";

/** The law's topics are no part of the schema: apps cannot subscribe to them there. */
const COMPLIANCE = ["customers/data_request", "customers/redact", "shop/redact"];

test("every topic is one of the schema's, every scope one that reads", () => {
  const type = adminSchema().getType("WebhookSubscriptionTopic");
  const names = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
  const topics = TOPICS.filter((topic) => !COMPLIANCE.includes(topic));
  expect(names).toEqual(expect.arrayContaining(topics.map((topic) => topic.replace("/", "_").toUpperCase())));
  expect(TOPICS.flatMap(scopesOfTopic).every((scope) => scope.startsWith("read_"))).toBe(true);
});

test("a topic needs one of its scopes, one of the app's own none", () => {
  expect(scopesOfTopic("inventory_items/update")).toEqual(["read_inventory", "read_products"]);
  expect(scopesOfTopic("customers/merge")).toEqual(["read_customer_merge"]);
  expect(scopesOfTopic("app/uninstalled")).toEqual([]);
  expect(() => scopesOfTopic("order/create")).toThrow("not in the local Shopify: webhooks of order/create");
});

test("only what the world does not hold may be announced", () => {
  expect(() => requireAnnounced("fulfillments/update")).not.toThrow();
  expect(() => requireAnnounced("products/update")).toThrow("products/update is not announced");
});
