import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { sixCustomers } from "#tests/factories/six-customers.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

const LIMIT = 100;
const EMBEDDED = `shop=acme.myshopify.com&embedded=1&host=${Buffer.from("admin.shopify.com/store/acme").toString("base64")}`;

/** The web process without a worker, as it runs where workers are processes of their own. */
let app: AppUnderTest;

beforeAll(async () => {
  vi.stubEnv("RATE_LIMIT", String(LIMIT));
  vi.stubEnv("PARETO_WORKER", "off");
  app = await startAppUnderTest(sixCustomers(), WORLD_NOW);
});
afterAll(async () => {
  await app.stop();
  vi.unstubAllEnvs();
});

const jobs = async (): Promise<number> => {
  const { rows } = await app.database.pool.query<{ jobs: number }>(
    "SELECT count(*)::int AS jobs FROM graphile_worker.jobs",
  );
  return rows[0]?.jobs ?? -1;
};

describe("processes", () => {
  test("a web process without a worker leaves jobs to others, and a worker apart does them", async () => {
    app.shopify.oauth.install();
    expect((await app.ask("/app.data")).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await jobs()).toBe(1);
    const worker = app.running.startWorker();
    await app.settled();
    expect((await app.ask("/app/customers.csv")).status).toBe(200);
    worker.kill("SIGTERM");
    expect(await once(worker, "exit")).toEqual([0, null]);
  });

  test("the app is ready: database, migrations and queue", async () => {
    const response = await app.ask("/readyz");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, database: true, migrations: true, queue: true, stopping: false });
  });

  test("the app is not ready for a database that lacks a migration, or has no queue", async () => {
    const { pool } = app.database;
    const ready = async (): Promise<unknown> => (await app.ask("/readyz")).json();
    await pool.query(
      `UPDATE "_prisma_migrations" SET migration_name = 'x' || migration_name WHERE migration_name LIKE '%privacy'`,
    );
    expect(await ready()).toMatchObject({ ok: false, database: true, migrations: false, queue: true });
    await pool.query(
      `UPDATE "_prisma_migrations" SET migration_name = substr(migration_name, 2) WHERE migration_name LIKE 'x%'`,
    );
    await pool.query("ALTER SCHEMA graphile_worker RENAME TO elsewhere");
    expect(await ready()).toMatchObject({ ok: false, migrations: true, queue: false });
    await pool.query("ALTER SCHEMA elsewhere RENAME TO graphile_worker");
    expect(await ready()).toMatchObject({ ok: true });
  });
});

describe("headers", () => {
  test("of every answer forbid guessing types, and name the request", async () => {
    for (const target of ["/healthz", "/app.data", "/auth/login", "/app/customers.csv", "/nowhere"]) {
      const { headers } = await app.ask(target);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("x-powered-by")).toBeNull();
    }
  });

  test("of a request keep the id that a load balancer gave it, but nothing that could not be one", async () => {
    const idFor = async (id: string) =>
      (await app.ask("/healthz", { headers: { "x-request-id": id } })).headers.get("x-request-id");
    expect(await idFor("balancer-4711")).toBe("balancer-4711");
    expect(await idFor('{"level":60}')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor("x".repeat(100))).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("of a page let the shop and Shopify's admin frame it, and none of the library's development hosts", async () => {
    const token = app.shopify.oauth.mintSessionToken();
    const response = await app.ask(`/app?${EMBEDDED}&id_token=${token}`, { headers: { authorization: "" } });
    expect(response.headers.get("content-security-policy")).toBe(
      "frame-ancestors https://acme.myshopify.com https://admin.shopify.com; base-uri 'self'; object-src 'none'",
    );
  });

  test("of a page that names no shop let nobody frame it", async () => {
    const response = await app.ask("/auth/login", { headers: { authorization: "" } });
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

describe("the rate limit", () => {
  const webhook = (secret: string): Promise<Response> => {
    const body = JSON.stringify({ id: 1 });
    return app.ask("/webhooks", {
      method: "POST",
      body,
      headers: {
        authorization: "",
        "user-agent": "Shopify-Captain-Hook",
        "x-forwarded-for": "203.0.113.9",
        "x-shopify-topic": "products/update",
        "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
        "x-shopify-shop-domain": "acme.myshopify.com",
        "x-shopify-api-version": "2026-10",
        "x-shopify-webhook-id": randomUUID(),
      },
    });
  };
  const statuses = async (count: number, ask: () => Promise<Response>): Promise<Set<number>> => {
    const found = new Set<number>();
    for (let sent = 0; sent < count; sent += 1) found.add((await ask()).status);
    return found;
  };

  test("lets Shopify send as many webhooks as it likes", async () => {
    expect(await statuses(LIMIT + 20, () => webhook(app.apiSecret))).toEqual(new Set([200]));
  });

  test("stops whoever sends what is refused, with when to come back", async () => {
    expect(await statuses(LIMIT, () => webhook("guessed"))).toEqual(new Set([401]));
    const stopped = await webhook("guessed");
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("counts by address, and does not believe an address that the caller made up", async () => {
    const from = (address: string) => (): Promise<Response> =>
      app.ask("/auth/login", { headers: { authorization: "", "x-forwarded-for": address } });
    expect(await statuses(LIMIT + 1, from("198.51.100.1"))).toEqual(new Set([200, 429]));
    expect(await statuses(1, from("198.51.100.2"))).toEqual(new Set([200]));
    expect(await statuses(1, from("1.2.3.4, 198.51.100.1"))).toEqual(new Set([429]));
  });

  test("does not touch the pages of those who are signed in", async () => {
    expect(await statuses(LIMIT + 20, () => app.ask("/app/status.json"))).toEqual(new Set([200]));
  });
});

describe("a stop", () => {
  test("lets a request that is being answered finish, and then ends with code 0", async () => {
    const { hostname, port } = new URL(app.running.appUrl);
    const body = JSON.stringify({ id: 1 });
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    let answer = "";
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    const head = [
      "POST /webhooks HTTP/1.1",
      `Host: ${hostname}`,
      `Content-Length: ${body.length}`,
      "Connection: close",
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, 4)}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ended = once(app.running.process, "exit");
    app.running.process.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 500));
    await expect(fetch(`${app.running.appUrl}/healthz`)).rejects.toThrow("fetch failed");
    socket.write(body.slice(4));
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1\.1 401/);
    expect(await ended).toEqual([0, null]);
  });
});
