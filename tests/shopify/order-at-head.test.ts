import fc from "fast-check";
import { expect, test } from "vitest";
import { effectOf, TOPICS } from "#app/core/webhooks/topics.ts";
import { orderAtHead, subjectOf } from "#app/shopify/webhook-payload.ts";

const atHead = (topic: string, body: string): string | null => orderAtHead(topic, effectOf(topic), Buffer.from(body));

/** As Shopify writes JSON: slashes are escaped. */
const escaped = (value: unknown): string => JSON.stringify(value).replaceAll("/", "\\/");

const anyOrder = fc.record({
  id: fc.integer({ min: 1 }),
  rest: fc.dictionary(
    fc.string().map((name) => `_${name}`),
    fc.jsonValue(),
    { maxKeys: 4 },
  ),
});

test("where an order's body begins as Shopify's do, its id is what parsing all of it would find", () => {
  fc.assert(
    fc.property(anyOrder, fc.constantFrom(...TOPICS), fc.boolean(), ({ id, rest }, topic, isEscaped) => {
      const body = { id, admin_graphql_api_id: `gid://shopify/Order/${id}`, name: "#1", ...rest, tip: null };
      const text = isEscaped ? escaped(body) : JSON.stringify(body);
      const found = atHead(topic, text);
      if (found !== null) expect(found).toBe(subjectOf(topic, effectOf(topic), JSON.parse(text)));
      const isOrder = topic.startsWith("orders/") && !["orders/delete", "orders/edited"].includes(topic);
      expect(found !== null).toBe(isOrder);
    }),
  );
});

test.each([
  '{"id":1,"name":"#1"}',
  '{"name":"#1","id":1,"admin_graphql_api_id":"gid://shopify/Order/1","x":1}',
  '{"id":1,"admin_graphql_api_id":"gid://shopify/Customer/1","x":1}',
  '{"id":1,"admin_graphql_api_id":"gid://shopify/Order/x","x":1}',
  '{"id":1,"admin_graphql_api_id":"gid://shopify/Order/12345678901234567890","x":1}',
  '[{"id":1,"admin_graphql_api_id":"gid://shopify/Order/1","x":1}]',
  "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
  "",
])("a body that begins otherwise, such as %j, has to be parsed", (body) => {
  expect(atHead("orders/updated", body)).toBeNull();
});
