import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createInbox } from "#app/db/inbox/receive.server.ts";
import { retryEvents } from "#app/db/pages/status.server.ts";
import { markUninstalled } from "#app/db/shops.server.ts";
import { drainInbox } from "#app/pipeline/drain-inbox.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { catalog, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let opened: PipelineShop;
let shops = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  shops += 1;
  const shop = { ...shopObject, domain: `inbox-${shops}.myshopify.com` };
  opened = await openPipelineShop(database.pool, worldOf(shop, ...catalog, ...[1, 2, 3].map((id) => order(id))));
  return () => opened.close();
});

const arrive = (topic: string, id: number | null, eventId: string = randomUUID()): Promise<void> => {
  const subject = id === null ? null : `gid://shopify/Order/${id}`;
  return createInbox(database.pool)({
    domain: opened.shop.domain,
    event: { eventId, topic, subject, triggeredAt: NOW },
    at: NOW,
  });
};

const inbox = async (): Promise<{ topic: string; status: string; attempts: number; error: string | null }[]> => {
  const { rows } = await database.pool.query<Awaited<ReturnType<typeof inbox>>[number]>(
    `SELECT topic, status, attempts, error_message AS error FROM inbox_event WHERE shop_id = $1 ORDER BY topic, subject`,
    [opened.shop.id],
  );
  return rows;
};

const orders = async (): Promise<bigint[]> => {
  const { rows } = await database.pool.query<{ id: bigint }>(`SELECT id FROM "order" WHERE shop_id = $1 ORDER BY id`, [
    opened.shop.id,
  ]);
  return rows.map(({ id }) => id);
};

/** Asking about one order is beyond Shopify; about any others it is as it was. */
const breaking = (broken: number, error: Error): PipelineContext["ask"] => {
  const { ask } = opened.context;
  return (operation, variables) =>
    JSON.stringify(variables).includes(`gid://shopify/Order/${broken}"`)
      ? Promise.reject(error)
      : ask(operation, variables);
};

const after = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

describe("the inbox", () => {
  test("reads an order once, however many webhooks are about it", async () => {
    for (const topic of ["orders/create", "orders/paid", "orders/updated", "refunds/create"]) await arrive(topic, 1);
    let asked = 0;
    const ask: PipelineContext["ask"] = (operation, variables) => {
      asked += 1;
      return opened.context.ask(operation, variables);
    };
    expect(await drainInbox({ ...opened.context, ask })).toBeNull();
    expect(asked).toBe(1);
    expect(await orders()).toEqual([1n]);
    expect((await inbox()).map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
  });

  test("keeps thousands that come at once, those that come twice once", async () => {
    const keep = createInbox(database.pool);
    const event = (index: number) => ({
      domain: opened.shop.domain,
      event: { eventId: `event-${index % 1500}`, topic: "discounts/update", subject: null, triggeredAt: NOW },
      at: NOW,
    });
    await Promise.all(Array.from({ length: 2000 }, (_, index) => keep(event(index))));
    expect(await inbox()).toHaveLength(1500);
  });

  test("refuses the one that it cannot keep, and keeps those beside it", async () => {
    const keep = createInbox(database.pool);
    const told = (eventId: string) =>
      keep({
        domain: opened.shop.domain,
        event: { eventId, topic: "discounts/update", subject: null, triggeredAt: NOW },
        at: NOW,
      });
    const kept = await Promise.allSettled([told("first"), told("zero \u0000"), told("last")]);
    expect(kept.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await inbox()).toHaveLength(2);
  });
});

describe("a webhook that cannot be worked off", () => {
  const bug = new Error("This order is beyond me");

  test("keeps no other from being worked off, is tried later, and set aside in the end with its error", async () => {
    for (const id of [1, 2, 3]) await arrive("orders/updated", id);
    const broken = { ...opened.context, ask: breaking(2, bug) };
    expect(await drainInbox(broken)).toEqual(after(0.5));
    expect(await orders()).toEqual([1n, 3n]);
    // Before it is due it is left alone.
    expect(await drainInbox(broken)).toEqual(after(0.5));
    const waits: (Date | null)[] = [];
    for (let at = after(0.5); waits.length < 5; at = waits.at(-1) ?? at) {
      waits.push(await drainInbox({ ...broken, now: () => at }));
    }
    expect(waits.at(-1)).toBeNull();
    expect((await inbox()).filter(({ status }) => status === "failed")).toEqual([
      { topic: "orders/updated", status: "failed", attempts: 6, error: "This order is beyond me" },
    ]);
  });

  test("is worked off when somebody has it tried again and it works by then", async () => {
    await arrive("orders/updated", 2, "broken");
    for (let at = NOW, tries = 0; tries < 6; tries += 1) {
      at = (await drainInbox({ ...opened.context, ask: breaking(2, bug), now: () => at })) ?? at;
    }
    expect(await retryEvents(database.pool, opened.shop.id, { eventId: "another", topic: "orders/updated" })).toBe(0);
    expect(await retryEvents(database.pool, opened.shop.id, { eventId: "broken", topic: "orders/updated" })).toBe(1);
    expect(await drainInbox(opened.context)).toBeNull();
    expect(await orders()).toEqual([2n]);
    expect(await inbox()).toEqual([{ topic: "orders/updated", status: "done", attempts: 0, error: null }]);
  });

  test("because Shopify is out of reach is not to blame: it stays as it is for the next time", async () => {
    await arrive("orders/updated", 2);
    const outage = new ShopifyError("unavailable", "Shopify did not answer");
    await expect(drainInbox({ ...opened.context, ask: breaking(2, outage) })).rejects.toThrow(outage);
    expect(await inbox()).toEqual([{ topic: "orders/updated", status: "waiting", attempts: 0, error: null }]);
  });

  test("because the shop has gone is not to blame either, and writes nothing about the shop", async () => {
    await arrive("orders/updated", 2);
    await markUninstalled(database.pool, opened.shop.domain, after(1));
    await expect(drainInbox(opened.context)).rejects.toThrow("is not installed");
    expect(await orders()).toEqual([]);
  });
});
