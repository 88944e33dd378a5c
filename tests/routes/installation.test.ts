import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse as parseToml } from "smol-toml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

/** Each test goes on where the one before it ended: a shop's life from install to re-install. */
let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(generatedWorld({ seed: "install", customers: 20, orders: 30 }), WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

const issued = z.object({
  accessTokens: z.array(z.object({ token: z.string() })),
  refreshTokens: z.array(z.object({ token: z.string() })),
});

/** Every token that is out, as the local Shopify knows it. */
const tokens = async (): Promise<string[]> => {
  const known = issued.parse(JSON.parse(await readFile(path.join(app.dataDir, "shopify/oauth.json"), "utf8")));
  return [...known.accessTokens, ...known.refreshTokens].map(({ token }) => token);
};

const shopRow = async () => {
  const { rows } = await app.database.pool.query<{
    id: number;
    scopes: string[];
    installed_at: Date;
    uninstalled_at: Date | null;
  }>("SELECT id, scopes, installed_at, uninstalled_at FROM shop");
  return rows;
};

const sessions = async (): Promise<Record<string, unknown>[]> =>
  (await app.database.pool.query<Record<string, unknown>>("SELECT * FROM session")).rows;

const counts = async (): Promise<Record<string, number>> => {
  const { rows } = await app.database.pool.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM "order") AS orders, (SELECT count(*)::int FROM ledger_entry) AS entries,
       (SELECT count(*)::int FROM sync_run WHERE status = 'finished') AS syncs`,
  );
  return rows[0] ?? {};
};

test("no token can be read in the session table", async () => {
  const out = await tokens();
  const [session, ...others] = await sessions();
  expect(others).toEqual([]);
  expect(session?.["accessToken"]).toMatch(/^v1:/);
  expect(session?.["refreshToken"]).toMatch(/^v1:/);
  expect(out.length).toBeGreaterThan(1);
  const text = JSON.stringify(session);
  for (const token of out) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(Buffer.from(token).toString("base64").replace(/=+$/, ""));
  }
});

test("no token is anywhere in the database or in the log", async () => {
  const { pool } = app.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const out = await tokens();
  const log = await app.log();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    const held = rows.filter(({ text }) => out.some((token) => text.includes(token)));
    expect({ name, held }).toEqual({ name, held: [] });
  }
  for (const token of out) expect(log).not.toContain(token);
});

test("a page view soon after does not install a second time", async () => {
  const before = await counts();
  await Promise.all([app.ask("/app.data"), app.ask("/app/customers.data"), app.ask("/app/settings.data")]);
  await app.settled();
  expect(await counts()).toEqual(before);
});

test("scopes that the merchant takes away are known after app/scopes_update", async () => {
  const toml = z
    .object({ access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }) })
    .parse(parseToml(readFileSync("shopify.app.toml", "utf8")));
  const { scopes, optional_scopes: optional } = toml.access_scopes;
  const granted = [...scopes.split(","), ...optional].sort();
  expect((await shopRow())[0]?.scopes.toSorted()).toEqual(granted);
  app.shopify.oauth.revokeScopes(["read_all_orders"]);
  await app.settled();
  expect((await shopRow())[0]?.scopes.toSorted()).toEqual(granted.filter((scope) => scope !== "read_all_orders"));
});

test("what could not be read for want of a scope is said on the home page, and goes when the scope is back", async () => {
  const home = async (): Promise<string> => {
    await app.ask("/app.data?index", { method: "POST", body: new URLSearchParams() });
    await app.settled();
    return (await app.ask("/app.data")).text();
  };
  expect(await home()).toContain("read_all_orders");
  app.shopify.oauth.changeScopes([...app.shopify.oauth.grantedScopes, "read_all_orders"]);
  await app.settled();
  expect(await home()).not.toContain("read_all_orders");
});

test("an uninstall ends the sessions; what was read stays until Shopify asks for it to go", async () => {
  const before = await counts();
  app.shopify.oauth.uninstall();
  await app.settled();
  expect(await sessions()).toEqual([]);
  expect((await shopRow())[0]?.uninstalled_at).not.toBeNull();
  expect(await counts()).toEqual(before);
});

test("after the uninstall no webhook and no job asks Shopify for anything", async () => {
  const calls = (): number => [...app.shopify.stats.values()].reduce((sum, { calls: one }) => sum + one, 0);
  const before = calls();
  await app.settled();
  expect(calls()).toBe(before);
});

test("a re-install works at once, with a token of its own and a sync of its own", async () => {
  const before = await counts();
  const old = await tokens();
  await app.install();
  const [shop, ...others] = await shopRow();
  expect(others).toEqual([]);
  expect(shop?.uninstalled_at).toBeNull();
  expect(await counts()).toEqual({ ...before, syncs: Number(before["syncs"]) + 1 });
  expect(await sessions()).toHaveLength(1);
  expect((await tokens()).some((token) => old.includes(token))).toBe(false);
  expect((await app.ask("/app/customers.csv")).status).toBe(200);
});

test("revoked tokens: the sync fails saying so, the next page view signs in anew, and then it works again", async () => {
  app.shopify.oauth.revokeTokens();
  const again = (): Promise<Response> => app.ask("/app.data?index", { method: "POST", body: new URLSearchParams() });
  await again();
  await app.settled();
  const home = await (await app.ask("/app.data")).text();
  expect(home).toContain("Shopify no longer accepts the app's access");
  expect(home).toContain("Reload this page to sign in again");
  expect((await again()).status).toBe(200);
  await app.settled();
  const finished = await (await app.ask("/app.data")).text();
  expect(finished).not.toContain("no longer accepts");
});

test("the log is one JSON object a line and names nobody", async () => {
  const lines = (await app.log()).split("\n").filter((line) => line !== "");
  expect(lines.filter((line) => !/^\{.*\}$/.test(line))).toEqual([]);
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  for (const customer of app.shopify.world.customers.values()) {
    if (customer.email) expect(lines.join("\n")).not.toContain(customer.email);
  }
});
