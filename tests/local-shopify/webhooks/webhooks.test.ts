import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { API_SECRET, catalog, line, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

let shop: TestShop;
let receiver: WebhookReceiver;

const opened = async (options: Parameters<typeof TestShop.open>[1] = {}) => {
  shop = await TestShop.open(worldOf(...catalog, order(1)), { appUrl: receiver.url, ...options });
};
beforeEach(async () => {
  receiver = await new WebhookReceiver().open();
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

const header = (index: number, name: string) => receiver.received[index]?.headers[name];
const eventIds = () => receiver.received.map((_one, index) => header(index, "x-shopify-event-id"));
const names = () => receiver.received.map(({ body }) => JSON.parse(body).name);

test("a webhook is signed over its raw body and carries all of Shopify's headers", async () => {
  await opened();
  shop.shopify.placeOrder(order(2));
  await shop.shopify.webhooks.settled();
  const [{ headers, body }] = receiver.received as [(typeof receiver.received)[number]];
  expect(headers["x-shopify-hmac-sha256"]).toBe(createHmac("sha256", API_SECRET).update(body).digest("base64"));
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "x-shopify-topic": "orders/create",
    "x-shopify-shop-domain": "acme.myshopify.com",
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-shopify-event-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-shopify-triggered-at": "2026-10-31T12:00:00.000Z",
  });
});

test("orders/create and orders/updated carry the order as it is now", async () => {
  await opened();
  shop.shopify.placeOrder(order(2, { companyLocationId: 51, email: "ann@example.com" }));
  await shop.shopify.webhooks.settled();
  const refund = {
    id: 9,
    createdAt: "2026-10-20T00:00:00Z",
    lines: [{ lineId: 21, quantity: 1, restockType: "RETURN" as const, amount: "10.00", tax: "0.00" }],
    shipping: "0.00",
    adjustment: "0.00",
  };
  shop.shopify.updateOrder(order(2, { refunds: [refund] }));
  await shop.shopify.webhooks.settled();
  expect(receiver.topics).toEqual(["orders/create", "orders/updated"]);
  const [created, updated] = receiver.received.map(({ body }) => JSON.parse(body));
  expect(created).toMatchObject({
    id: 2,
    admin_graphql_api_id: "gid://shopify/Order/2",
    name: "#1002",
    email: "ann@example.com",
    created_at: "2026-10-01T10:00:00Z",
    updated_at: "2026-10-31T12:00:00Z",
    financial_status: "pending",
    total_price: "30.00",
    customer: { id: 1 },
    company: { id: 5, location_id: 51 },
    line_items: [{ id: 21, quantity: 3, current_quantity: 3, price: "10.00", variant_id: 11, product_id: 1 }],
    refunds: [],
  });
  expect(updated).toMatchObject({
    updated_at: "2026-10-31T12:00:00Z",
    current_total_price: "20.00",
    line_items: [{ current_quantity: 2 }],
    refunds: [
      { id: 9, refund_line_items: [{ line_item_id: 21, quantity: 1, restock_type: "return", subtotal: "10.00" }] },
    ],
  });
});

test("the Admin API sees an order as soon as it is placed or changed", async () => {
  await opened();
  shop.shopify.placeOrder(order(2));
  shop.shopify.clock.advance(60_000);
  shop.shopify.updateOrder(order(1, { cancelledAt: "2026-10-30T00:00:00Z" }));
  const { data } = await shop.graphql(
    `{ orders(first: 9, sortKey: UPDATED_AT, reverse: true) { nodes { name updatedAt } } }`,
  );
  expect(data).toEqual({
    orders: {
      nodes: [
        { name: "#1001", updatedAt: "2026-10-31T12:01:00Z" },
        { name: "#1002", updatedAt: "2026-10-31T12:00:00Z" },
      ],
    },
  });
});

test("an order that breaks a rule of the world is refused, and nothing changes or goes out", async () => {
  await opened();
  expect(() => shop.shopify.placeOrder(order(1))).toThrow("order 1 is there already");
  expect(() => shop.shopify.placeOrder(order(3, { customerId: 99 }))).toThrow("customer 99");
  expect(() => shop.shopify.updateOrder(order(1, { lines: [line(11, { variantId: 99 })] }))).toThrow("variant 99");
  expect(() => shop.shopify.updateOrder(order(4))).toThrow("there is no order 4");
  const { data } = await shop.graphql(
    `{ ordersCount { count } order(id: "gid://shopify/Order/1") { lineItems(first: 5) { nodes { id } } } }`,
  );
  expect(data).toEqual({
    ordersCount: { count: 1 },
    order: { lineItems: { nodes: [{ id: "gid://shopify/LineItem/11" }] } },
  });
  await shop.shopify.webhooks.settled(50);
  expect(receiver.received).toEqual([]);
});

test("protected data that was not granted is null in the body too", async () => {
  await opened({ protectedData: [] });
  shop.shopify.placeOrder(order(2, { email: "ann@example.com" }));
  await shop.shopify.webhooks.settled();
  expect(JSON.parse(receiver.received[0]?.body ?? "").email).toBeNull();
});

test("nothing goes to an app that is not installed", async () => {
  await opened();
  shop.shopify.oauth.uninstall();
  shop.shopify.placeOrder(order(2));
  await shop.shopify.webhooks.settled(100);
  expect(receiver.topics).toEqual(["app/uninstalled"]);
});

test("a webhook that the app does not take is sent again, the same, eight times, and then given up", async () => {
  await opened({ webhookSpeed: 1_000_000 });
  receiver.answer = 500;
  shop.shopify.placeOrder(order(2));
  await shop.shopify.webhooks.settled();
  expect(receiver.received).toHaveLength(9);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  expect(new Set(receiver.received.map((_one, index) => header(index, "x-shopify-webhook-id"))).size).toBe(1);
  expect(shop.shopify.webhooks.givenUp).toHaveLength(1);
  expect(shop.shopify.webhooks.attempts.map(({ status }) => status)).toEqual(Array(9).fill(500));
});

test("the waits before the retries make up four hours", async () => {
  await opened({ webhookSpeed: 1000 });
  receiver.answer = 500;
  const startedAt = Date.now();
  shop.shopify.placeOrder(order(2));
  while (shop.shopify.webhooks.attempts.length < 4) await sleep(5);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(10 + 50 + 240);
  expect(shop.shopify.webhooks.pending[0]?.attempts).toBe(4);
});

test("a webhook is taken at last when the app comes back", async () => {
  await opened({ webhookSpeed: 10_000 });
  receiver.answer = 503;
  shop.shopify.placeOrder(order(2));
  while (receiver.received.length < 2) await sleep(2);
  receiver.answer = 204;
  await shop.shopify.webhooks.settled();
  expect(shop.shopify.webhooks.attempts.at(-1)?.status).toBe(204);
  expect(shop.shopify.webhooks.pending).toEqual([]);
});

test("a redirect is not followed: it is a failure", async () => {
  await opened({ webhookSpeed: 1_000_000 });
  receiver.answer = 302;
  shop.shopify.placeOrder(order(2));
  await shop.shopify.webhooks.settled();
  expect(shop.shopify.webhooks.givenUp).toHaveLength(1);
});

test("a duplicate comes with the same event id, another event with another", async () => {
  await opened();
  shop.shopify.webhooks.switches.duplicate = true;
  shop.shopify.placeOrder(order(2));
  shop.shopify.webhooks.switches.duplicate = false;
  shop.shopify.placeOrder(order(3));
  await shop.shopify.webhooks.settled();
  expect(receiver.received).toHaveLength(3);
  expect(new Set(eventIds()).size).toBe(2);
});

test("with reorder two webhooks arrive the wrong way round", async () => {
  await opened();
  shop.shopify.webhooks.switches.reorder = true;
  shop.shopify.placeOrder(order(2));
  shop.shopify.placeOrder(order(3));
  await shop.shopify.webhooks.settled();
  expect(names()).toEqual(["#1003", "#1002"]);
});

test("a webhook can be late, or never come", async () => {
  await opened();
  shop.shopify.webhooks.switches.delayMs = 80;
  shop.shopify.placeOrder(order(2));
  await sleep(40);
  expect(receiver.received).toHaveLength(0);
  await shop.shopify.webhooks.settled();
  expect(names()).toEqual(["#1002"]);
  Object.assign(shop.shopify.webhooks.switches, { delayMs: 0, drop: true });
  shop.shopify.placeOrder(order(3));
  await shop.shopify.webhooks.settled();
  expect(names()).toEqual(["#1002"]);
});

test("what was not sent before a stop is sent after it, and orders placed are still there", async () => {
  await opened();
  receiver.answer = 500;
  shop.shopify.placeOrder(order(2));
  shop.shopify.updateOrder(order(1, { test: true }));
  while (shop.shopify.webhooks.attempts.length < 2) await sleep(2);
  receiver.answer = 200;
  const before = eventIds();
  receiver.received.length = 0;
  await shop.restart(worldOf(...catalog, order(1)));
  const { data } = await shop.graphql("{ orders(first: 9, sortKey: ID) { nodes { name test } } }");
  expect(data).toEqual({
    orders: {
      nodes: [
        { name: "#1001", test: true },
        { name: "#1002", test: false },
      ],
    },
  });
  expect(shop.shopify.webhooks.pending.map(({ eventId, attempts }) => ({ eventId, attempts }))).toEqual(
    before.map((eventId) => ({ eventId, attempts: 1 })),
  );
});

test("an app that has no subscription to a topic is not sent it", async () => {
  await opened();
  shop.shopify.webhooks.send("products/update", { id: 1 });
  await shop.shopify.webhooks.settled(50);
  expect(receiver.received).toEqual([]);
});
