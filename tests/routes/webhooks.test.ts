import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

const SHOP = "acme.myshopify.com";

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(generatedWorld({ seed: "webhooks", customers: 20, orders: 30 }), WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

beforeEach(async () => {
  await app.settled();
  await app.database.pool.query("DELETE FROM inbox_event");
});

interface Webhook {
  readonly body?: string;
  readonly secret?: string;
  /** Headers by name; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

const orderBody = (id = 1001): string => JSON.stringify({ id, admin_graphql_api_id: `gid://shopify/Order/${id}` });

/** Sends a webhook as Shopify does, over real HTTP. */
const send = ({ body = orderBody(), secret = app.apiSecret, headers = {} }: Webhook = {}): Promise<Response> => {
  const all: Record<string, string | null> = {
    authorization: "",
    "user-agent": "Shopify-Captain-Hook",
    "content-type": "application/json",
    "x-shopify-topic": "orders/updated",
    "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
    "x-shopify-shop-domain": SHOP,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": randomUUID(),
    "x-shopify-event-id": randomUUID(),
    "x-shopify-triggered-at": WORLD_NOW.toISOString(),
    ...headers,
  };
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return app.ask("/webhooks", { method: "POST", body, headers: Object.fromEntries(kept) });
};

const inbox = async (): Promise<{ event_id: string; topic: string; subject: string | null; status: string }[]> => {
  await app.settled();
  const { rows } = await app.database.pool.query<Awaited<ReturnType<typeof inbox>>[number]>(
    "SELECT event_id, topic, subject, status FROM inbox_event ORDER BY event_id",
  );
  return rows;
};

test("a good webhook is answered 200, kept once and worked off", async () => {
  expect((await send({ headers: { "x-shopify-event-id": "event-1" } })).status).toBe(200);
  expect(await inbox()).toEqual([
    { event_id: "event-1", topic: "orders/updated", subject: "gid://shopify/Order/1001", status: "done" },
  ]);
});

test("the same event that comes again, also at the same moment, is kept once", async () => {
  const again = { headers: { "x-shopify-event-id": "event-2" } };
  const answers = await Promise.all([send(again), send(again), send(again)]);
  expect([...answers, await send(again)].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await inbox()).toHaveLength(1);
});

test("an event id that two topics share is two events", async () => {
  await send({ headers: { "x-shopify-event-id": "event-3", "x-shopify-topic": "orders/create" } });
  await send({ headers: { "x-shopify-event-id": "event-3", "x-shopify-topic": "orders/updated" } });
  expect((await inbox()).map(({ topic }) => topic).sort()).toEqual(["orders/create", "orders/updated"]);
});

test.each([
  ["signed with another secret", { secret: "another secret" }],
  ["without a signature", { headers: { "x-shopify-hmac-sha256": null } }],
  ["with an empty signature", { headers: { "x-shopify-hmac-sha256": "" } }],
  ["with the signature of another body", { headers: { "x-shopify-hmac-sha256": "AAAA" } }],
] satisfies [string, Webhook][])("a webhook %s is answered 401 and not kept", async (_what, webhook) => {
  expect((await send(webhook)).status).toBe(401);
  expect(await inbox()).toEqual([]);
});

test("a body that was changed after it was signed is answered 401", async () => {
  const signature = createHmac("sha256", app.apiSecret).update(orderBody(1001)).digest("base64");
  const changed = await send({ body: orderBody(1002), headers: { "x-shopify-hmac-sha256": signature } });
  expect(changed.status).toBe(401);
});

test.each(["x-shopify-topic", "x-shopify-shop-domain", "x-shopify-api-version", "x-shopify-webhook-id"])(
  "a webhook without %s is answered 400 and not kept",
  async (name) => {
    expect((await send({ headers: { [name]: null } })).status).toBe(400);
    expect(await inbox()).toEqual([]);
  },
);

test.each(["not JSON", "", "[]", "null", '"text"', '{"admin_graphql_api_id": 7}', "{", "\u0000"])(
  "the rightly signed body %j never breaks the app",
  async (body) => {
    const { status } = await send({ body });
    expect([200, 400]).toContain(status);
    for (const row of await inbox()) expect(row).toMatchObject({ subject: null, status: "done" });
  },
);

test("an event about something that is no order is worked off without harm", async () => {
  const body = JSON.stringify({ admin_graphql_api_id: "gid://shopify/Customer/1" });
  await send({ body, headers: { "x-shopify-topic": "products/update" } });
  expect(await inbox()).toMatchObject([{ topic: "products/update", status: "done" }]);
});

test("an order that Shopify does not know any more is worked off without harm", async () => {
  await send({ body: orderBody(999_999) });
  expect(await inbox()).toMatchObject([{ status: "done" }]);
});

test("a webhook of a shop that never installed the app is answered 200 and not kept", async () => {
  expect((await send({ headers: { "x-shopify-shop-domain": "stranger.myshopify.com" } })).status).toBe(200);
  expect(await inbox()).toEqual([]);
});

test("a webhook without an event id is told apart by its delivery", async () => {
  const headers = { "x-shopify-event-id": null, "x-shopify-webhook-id": "delivery-1" };
  await send({ headers });
  await send({ headers });
  expect((await inbox()).map(({ event_id }) => event_id)).toEqual(["delivery-1"]);
});

test("a trigger date that is none does not keep an event out", async () => {
  expect((await send({ headers: { "x-shopify-triggered-at": "yesterday" } })).status).toBe(200);
  expect(await inbox()).toHaveLength(1);
});

test("looking at the webhook address in a browser is no server error", async () => {
  const response = await app.ask("/webhooks");
  expect(response.status).toBeLessThan(500);
});

test("a new order comes by webhook into the ledger, and the profit of its customer follows", async () => {
  const { pool } = app.database;
  const cm4 = async (): Promise<bigint | undefined> => {
    const { rows } = await pool.query<{ cm4: bigint }>(
      "SELECT cm4 FROM standing JOIN customer ON customer.id = customer_id WHERE key = 'customer:1'",
    );
    return rows[0]?.cm4;
  };
  const before = (await cm4()) ?? 0n;
  const { world } = app.shopify;
  const [variant] = [...world.variants.values()].filter(
    (one) => one.variant.unitCost !== null && !one.product.giftCard,
  );
  const lineId = Math.max(...world.taken.lines) + 1;
  app.shopify.placeOrder({
    ...orderOfOneUnit(variant?.variant.id ?? 0, lineId),
    processedAt: app.shopify.clock.now().toISOString(),
  });
  await app.settled();
  const cost = BigInt(Math.round(Number(variant?.variant.unitCost) * 100));
  expect(await cm4()).toBe(before + 100_000n - cost);
});

const orderOfOneUnit = (variantId: number, lineId: number) => ({
  type: "order",
  id: 900_001,
  name: "#900001",
  customerId: 1,
  companyLocationId: null,
  email: null,
  presentmentCurrency: "USD",
  presentmentRate: "1",
  test: false,
  cancelledAt: null,
  lines: [
    {
      id: lineId,
      variantId,
      title: "One",
      quantity: 1,
      unitPrice: "1000.00",
      discount: "0",
      tax: "0",
      giftCard: false,
    },
  ],
  orderDiscount: "0",
  shipping: { price: "0", discount: "0", tax: "0" },
  tip: "0",
  terms: null,
});
