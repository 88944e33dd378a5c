import { createHmac } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { sixCustomers } from "#tests/factories/six-customers.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";
import { everyTable } from "#tests/setup/every-table.ts";

const REQUESTS = 10_000;
const AT_ONCE = 32;
const SHOP = "acme.myshopify.com";
/** Stands in bodies and headers, and must never stand in the log. */
const PERSON = "ada.lovelace@example.com";

let app: AppUnderTest;

beforeAll(async () => {
  // All of these come from one address, which would soon be refused.
  vi.stubEnv("RATE_LIMIT", "10000000");
  app = await startAppUnderTest(sixCustomers(), WORLD_NOW);
  await app.install();
});
afterAll(async () => {
  await app.stop();
  vi.unstubAllEnvs();
});

interface Malformed {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const hmac = (body: Buffer, secret: string): string => createHmac("sha256", secret).update(body).digest("base64");

const orderJson = JSON.stringify({ id: 1, email: PERSON, admin_graphql_api_id: "gid://shopify/Order/1" });

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const anyBody: fc.Arbitrary<Buffer> = fc.oneof(
  { arbitrary: anyBytes, weight: 10 },
  { arbitrary: fc.json().map((text) => Buffer.from(text)), weight: 10 },
  fc.string({ unit: "binary", maxLength: 200 }).map((text) => Buffer.from(text)),
  fc
    .constantFrom("", "{", "[]", "null", "\u0000", "\uFEFF{}", `{"a":${"[".repeat(5000)}`, orderJson)
    .map((text) => Buffer.from(text)),
  fc.nat(2000).map((length) => Buffer.from(orderJson.slice(0, length % orderJson.length))),
  fc.constantFrom(70_000, 300_000).map((length) => Buffer.alloc(length, PERSON)),
  fc.constant(Buffer.from(orderJson, "utf16le")),
);

/** No JSON object: what a webhook never is, though it be rightly signed. */
const notAnObject: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom("", "{", "[]", "null", "7", '"text"', "\u0000", `["${PERSON}"]`, `{"email":"${PERSON}"`)
    .map((text) => Buffer.from(text)),
  fc.array(fc.jsonValue(), { maxLength: 4 }).map((value) => Buffer.from(JSON.stringify(value))),
  fc.integer().map((value) => Buffer.from(String(value))),
);

const headerText = fc.stringMatching(/^[\x21-\x7E\xA0-\xFF]{0,60}$/);
const anyTopic = fc.oneof(
  fc.constantFrom("orders/create", "customers/redact", "shop/redact", "app/uninstalled"),
  headerText,
);

const wellFormed = {
  "content-type": "application/json",
  "user-agent": "Shopify-Captain-Hook",
  "x-shopify-shop-domain": SHOP,
  "x-shopify-api-version": "2026-10",
  "x-shopify-webhook-id": "delivery",
  "x-shopify-event-id": "event",
  "x-shopify-triggered-at": WORLD_NOW.toISOString(),
};

/** Not signed, signed by somebody else, or signed for another body. */
const badlySigned = fc
  .record({
    body: anyBody,
    topic: anyTopic,
    signature: fc.oneof(
      fc.constant(null),
      headerText,
      fc.constantFrom("other secret", "other body", "hex", "cut"),
      fc.base64String({ maxLength: 60 }),
    ),
    method: fc.constantFrom("POST", "POST", "POST", "PUT", "PATCH", "DELETE", "GET", "OPTIONS"),
    path: fc.constantFrom(
      "/webhooks",
      "/webhooks",
      "/webhooks/",
      "/webhooks?index",
      "/webhooks.data",
      "/webhooks?_data=routes%2Fwebhooks",
    ),
    extra: fc.dictionary(
      fc.constantFrom(
        "content-type",
        "content-encoding",
        "x-shopify-shop-domain",
        "x-shopify-event-id",
        "authorization",
        "x-request-id",
        "x-forwarded-for",
        "cookie",
        "accept",
      ),
      fc.oneof(
        headerText,
        fc.constantFrom("gzip", "br", "multipart/form-data; boundary=x", "text/plain; charset=utf-16", PERSON),
      ),
    ),
  })
  .map(({ body, topic, signature, method, path, extra }): Malformed => {
    const signed = {
      "other secret": hmac(body, "another secret"),
      "other body": hmac(Buffer.concat([body, Buffer.from(" ")]), app.apiSecret),
      hex: createHmac("sha256", app.apiSecret).update(body).digest("hex"),
      cut: hmac(body, app.apiSecret).slice(0, 20),
    };
    const text =
      signature === null ? null : (Object.entries(signed).find(([name]) => name === signature)?.[1] ?? signature);
    const headers = { ...wellFormed, "x-shopify-topic": topic, ...extra };
    return { method, path, body, headers: text === null ? headers : { ...headers, "x-shopify-hmac-sha256": text } };
  });

/** Rightly signed, and yet nothing that Shopify would send: no object, a header missing, another shop's name. */
const wronglyMade = fc
  .oneof(
    fc.record({ body: notAnObject, change: fc.constant({}) }),
    fc.record({
      body: fc.constant(Buffer.from(orderJson)),
      change: fc
        .constantFrom("x-shopify-topic", "x-shopify-shop-domain", "x-shopify-api-version", "x-shopify-webhook-id")
        .map((name) => ({ [name]: "" })),
    }),
    fc.record({
      body: fc.constant(
        Buffer.from(JSON.stringify({ shop_domain: "other.myshopify.com", customer: { email: PERSON } })),
      ),
      change: fc
        .constantFrom("customers/redact", "orders/create", "shop/redact")
        .map((topic) => ({ "x-shopify-topic": topic })),
    }),
    fc.record({
      body: fc.constant(Buffer.from(orderJson)),
      change: fc
        .constantFrom("stranger.myshopify.com", "x", "..", "' OR 1=1 --")
        .map((shop) => ({ "x-shopify-shop-domain": shop })),
    }),
  )
  .map(({ body, change }): Malformed => {
    const all: Record<string, string> = { ...wellFormed, "x-shopify-topic": "orders/updated", ...change };
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
    return {
      method: "POST",
      path: "/webhooks",
      body,
      headers: { ...headers, "x-shopify-hmac-sha256": hmac(body, app.apiSecret) },
    };
  });

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

const isReset = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ECONNRESET";

/** A kept connection may be closed from the other side just when it is used again: that says nothing of the request. */
const send = (webhook: Malformed): Promise<number> =>
  sendBy(agent, webhook).catch((error: unknown) => {
    if (!isReset(error)) throw error;
    return sendBy(false, webhook);
  });

const sendBy = (by: Agent | false, { method, path, body, headers }: Malformed): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.running.appUrl);
    const sent = httpRequest(
      { agent: by, hostname, port, method, path, headers: { ...headers, "content-length": body.length } },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });

const rowCounts = async (): Promise<Record<string, number>> => {
  const { pool } = app.database;
  const counts: Record<string, number> = {};
  for (const table of [...(await everyTable(pool)).map((name) => `"${name}"`), "graphile_worker.jobs"]) {
    const { rows } = await pool.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`);
    counts[table] = rows[0]?.rows ?? -1;
  }
  return counts;
};

test(`of ${REQUESTS} malformed webhooks none is a server's error, writes a row or puts a secret into the log`, async () => {
  const before = await rowCounts();
  const malformed = fc.sample(fc.oneof({ arbitrary: badlySigned, weight: 3 }, { arbitrary: wronglyMade, weight: 1 }), {
    numRuns: REQUESTS,
    seed: 20_261_122,
  });
  const answers = new Map<number, number>();
  const queue = malformed.values();
  const sender = async (): Promise<void> => {
    for (const webhook of queue) {
      const status = await send(webhook);
      if (status >= 500)
        throw new Error(`${status} to ${webhook.method} ${webhook.path} ${JSON.stringify(webhook.headers)}`);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  agent.destroy();
  expect([...answers.values()].reduce((sum, one) => sum + one, 0)).toBe(REQUESTS);
  expect(answers.get(401)).toBeGreaterThan(1000);
  expect(answers.get(400)).toBeGreaterThan(1000);
  expect(await rowCounts()).toEqual(before);
  const log = await app.log();
  expect(log).not.toContain(PERSON);
  expect(log).not.toContain(app.apiSecret);
});

test("a good webhook that is replayed, also among the others, is kept once", async () => {
  const body = Buffer.from(orderJson);
  const good: Malformed = {
    method: "POST",
    path: "/webhooks",
    body,
    headers: { ...wellFormed, "x-shopify-topic": "orders/updated", "x-shopify-hmac-sha256": hmac(body, app.apiSecret) },
  };
  const elsewhere = { ...good, headers: { ...good.headers, "x-shopify-shop-domain": "stranger.myshopify.com" } };
  const statuses = await Promise.all(
    Array.from({ length: 50 }, (_one, index) => send(index % 5 === 4 ? elsewhere : good)),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  await app.settled();
  const { rows } = await app.database.pool.query<{ kept: number }>(
    "SELECT count(*)::int AS kept FROM inbox_event WHERE topic = 'orders/updated'",
  );
  expect(rows).toEqual([{ kept: 1 }]);
  agent.destroy();
});
