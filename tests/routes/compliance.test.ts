import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";
import { everyTable, rowsOf } from "#tests/setup/every-table.ts";

const SHOP = "acme.myshopify.com";

/** Each test goes on where the one before it ended: from the first data request to the shop's erasure. */
let app: AppUnderTest;

beforeAll(async () => {
  const world = generatedWorld({ seed: "compliance", customers: 20, orders: 60 });
  // Shopify asks for the shop's erasure 48 hours after an uninstall: here, a third of a second.
  app = await startAppUnderTest(world, WORLD_NOW, { webhookSpeed: 500_000 });
  await app.install();
});
afterAll(() => app.stop());

const send = (topic: string, body: unknown, triggeredAt = WORLD_NOW): Promise<Response> => {
  const text = JSON.stringify(body);
  return app.ask("/webhooks", {
    method: "POST",
    body: text,
    headers: {
      authorization: "",
      "user-agent": "Shopify-Captain-Hook",
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-hmac-sha256": createHmac("sha256", app.apiSecret).update(text).digest("base64"),
      "x-shopify-shop-domain": SHOP,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-event-id": randomUUID(),
      "x-shopify-triggered-at": triggeredAt.toISOString(),
    },
  });
};

const shopRow = async (): Promise<{ id: number; uninstalled_at: Date | null } | undefined> =>
  (await app.database.pool.query<{ id: number; uninstalled_at: Date | null }>("SELECT id, uninstalled_at FROM shop"))
    .rows[0];

const inbox = async (): Promise<string[]> => rowsOf(app.database.pool, "inbox_event");

/** The customer who ordered last and not for a company, with what the world says of them. */
const buyer = () => {
  const { world } = app.shopify;
  const [order] = world.orders
    .filter((one) => one.customerId !== null && one.companyLocationId === null && !one.test)
    .toSorted((a, b) => b.processedAt.localeCompare(a.processedAt));
  const customer = world.customers.get(order?.customerId ?? 0);
  return { id: customer?.id ?? 0, email: customer?.email ?? "", name: customer?.lastName ?? "" };
};

describe("a customer", () => {
  test("who asks for their data: the merchant finds a file with it, and the inbox forgets who asked", async () => {
    const { id, email } = buyer();
    app.shopify.requestData(id);
    await app.settled();
    const page = await (await app.ask("/app/privacy.data")).text();
    expect(page).toContain(email);
    const [, request = ""] = /"data-request-(\d+)\.json"/.exec(page) ?? [];
    const file = await app.ask(`/app/privacy/${request}`);
    expect(file.status).toBe(200);
    expect(file.headers.get("content-disposition")).toContain("attachment");
    const { held } = (await file.json()) as { held: { customer: { key: string }[]; order: unknown[] } };
    expect(held.customer.map(({ key }) => key)).toContain(`customer:${id}`);
    expect(held.order.length).toBeGreaterThan(0);
    const [event] = (await inbox()).filter((row) => row.includes("data_request"));
    expect(event).toContain('"details":null');
    expect(event).not.toContain(email);
  });

  test("whose data is asked for by a number that is none gets 404", async () => {
    for (const id of ["0", "4711", "x", "1e3", "99999999999"]) {
      expect((await app.ask(`/app/privacy/${id}`)).status).toBe(404);
    }
  });

  test("who is erased is in no table and no export any more", async () => {
    const { id, email, name } = buyer();
    expect(await (await app.ask("/app/customers.csv")).text()).toContain(`customer:${id},`);
    app.shopify.redactCustomer(id);
    await app.settled();
    const csv = await (await app.ask("/app/customers.csv")).text();
    expect(csv).not.toContain(`customer:${id},`);
    expect(csv).toMatch(/redacted:[0-9a-f-]{36}/);
    for (const table of await everyTable(app.database.pool)) {
      const rows = await rowsOf(app.database.pool, `"${table}"`);
      const named = rows.filter((row) => row.includes(email) || row.includes(`"customer:${id}"`));
      expect({ table, named }).toEqual({ table, named: [] });
    }
    expect(await app.log()).not.toContain(email);
    const page = await (await app.ask("/app/customers.data")).text();
    expect(page).toContain("Erased customer");
    expect(page).not.toContain(`${name}"`);
  });
});

describe("a compliance webhook", () => {
  const person = { customer: { id: 2, email: "b@example.com" }, orders_to_redact: [] };

  test.each([
    ["names another shop", { shop_domain: "other.myshopify.com", ...person }],
    ["names no shop", person],
    ["names nobody", { shop_domain: SHOP }],
    ["has an id that is none", { shop_domain: SHOP, ...person, customer: { id: "2" } }],
    ["has orders that are none", { shop_domain: SHOP, ...person, orders_to_redact: ["x"] }],
  ])("that %s is answered 400 and not kept", async (_what, body) => {
    const before = await inbox();
    expect((await send("customers/redact", body)).status).toBe(400);
    expect(await inbox()).toEqual(before);
  });

  test("about a person, sent again as one about the shop, is refused", async () => {
    expect((await send("shop/redact", { shop_domain: SHOP, ...person })).status).toBe(400);
  });

  test("that asks for the erasure of a shop where the app is installed erases nothing", async () => {
    const before = await rowsOf(app.database.pool, "ledger_entry");
    expect(before.length).toBeGreaterThan(0);
    expect((await send("shop/redact", { shop_id: 1, shop_domain: SHOP })).status).toBe(200);
    await app.settled();
    expect(await rowsOf(app.database.pool, "ledger_entry")).toEqual(before);
    expect((await shopRow())?.uninstalled_at).toBeNull();
  });
});

describe("an uninstall", () => {
  const uninstalled = (at: Date) => send("app/uninstalled", { myshopify_domain: SHOP }, at);

  test("that happened before the re-install, and is told after it, uninstalls nothing", async () => {
    app.shopify.webhooks.switches.drop = true;
    app.shopify.oauth.uninstall();
    app.shopify.webhooks.switches.drop = false;
    await uninstalled(app.shopify.clock.now());
    await app.settled();
    expect((await shopRow())?.uninstalled_at).not.toBeNull();
    const before = app.shopify.clock.now();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await app.install();
    expect((await shopRow())?.uninstalled_at).toBeNull();
    expect((await uninstalled(before)).status).toBe(200);
    await app.settled();
    expect((await shopRow())?.uninstalled_at).toBeNull();
    expect(await rowsOf(app.database.pool, "session")).toHaveLength(1);
    expect((await app.ask("/app/customers.csv")).status).toBe(200);
  });

  test("leaves the inbox open: a customer can be erased in a shop that has left", async () => {
    const { world } = app.shopify;
    const [customer] = [...world.customers.values()].filter(
      ({ id }) => id !== buyer().id && world.orders.some(({ customerId }) => customerId === id),
    );
    app.shopify.webhooks.switches.drop = true;
    app.shopify.oauth.uninstall();
    app.shopify.webhooks.switches.drop = false;
    await uninstalled(app.shopify.clock.now());
    await app.settled();
    expect(await rowsOf(app.database.pool, "session")).toEqual([]);
    app.shopify.redactCustomer(customer?.id ?? 0);
    await app.settled();
    const rows = await rowsOf(app.database.pool, "customer");
    expect(rows.filter((row) => row.includes(`"customer:${customer?.id}"`))).toEqual([]);
  });

  test("is followed by the erasure of everything, 48 hours later", async () => {
    await app.install();
    app.shopify.oauth.uninstall();
    await app.settled();
    await expect.poll(shopRow, { timeout: 20_000 }).toBeUndefined();
    await app.settled();
    for (const table of await everyTable(app.database.pool)) {
      expect({ table, rows: await rowsOf(app.database.pool, `"${table}"`) }).toEqual({ table, rows: [] });
    }
    const jobs = await rowsOf(app.database.pool, "graphile_worker.jobs");
    expect(jobs.filter((row) => row.includes("shop:"))).toEqual([]);
  });

  test("whose webhook never came is no obstacle to the erasure", async () => {
    await app.install();
    app.shopify.webhooks.switches.drop = true;
    app.shopify.oauth.uninstall();
    app.shopify.webhooks.switches.drop = false;
    expect((await shopRow())?.uninstalled_at).toBeNull();
    await send("shop/redact", { shop_id: 1, shop_domain: SHOP });
    await app.settled();
    expect(await shopRow()).toBeUndefined();
  });

  test("and an erasure are no obstacle to a re-install, which begins anew", async () => {
    await app.install();
    expect((await shopRow())?.uninstalled_at).toBeNull();
    expect((await app.ask("/app/customers.csv")).status).toBe(200);
    const syncs = await rowsOf(app.database.pool, "sync_run");
    expect(syncs.filter((row) => row.includes('"kind":"sync"'))).toHaveLength(1);
  });
});
