import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { signSessionToken } from "#tests/local-shopify/oauth/session-token.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

const API_KEY = "00000000000000000000000000000000";
const RETRY = "x-shopify-retry-invalid-session-request";
const SHOP = "acme.myshopify.com";
const EMBEDDED = `shop=${SHOP}&embedded=1&host=${Buffer.from("admin.shopify.com/store/acme").toString("base64")}`;

const PAGES = ["/app", "/app/customers", "/app/customers/1", "/app/settings"];
const DATA = PAGES.map((path) => `${path}.data`);
const FILES = ["/app/customers.csv", "/app/ledger.csv"];

/** Something of the shop's that no answer without a session may hold. */
const SECRETS = ["Acme", "net_sales", "gross_sale", "customer:", "@example.com", "CM4"];

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(generatedWorld({ seed: "tokens", customers: 30, orders: 60 }), WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

const nowOfApp = (): Date => app.shopify.clock.now();

const tokenOf = (part: { secret?: string; shop?: string; apiKey?: string; ageMs?: number } = {}): string => {
  const { secret = app.apiSecret, shop = SHOP, apiKey = API_KEY, ageMs = 0 } = part;
  return signSessionToken({ shop, userId: 1, apiKey, now: new Date(nowOfApp().getTime() - ageMs) }, secret);
};

const without = (target: string): Promise<Response> => app.ask(target, { headers: { authorization: "" } });
const withToken = (target: string, token: string): Promise<Response> =>
  app.ask(target, { headers: { authorization: `Bearer ${token}` } });

const expectNothingOfTheShop = async (response: Response): Promise<void> => {
  const text = await response.text();
  for (const secret of SECRETS) expect(text).not.toContain(secret);
};

test.each([...PAGES, ...DATA, ...FILES])("%s without a session token gives nothing of the shop", async (target) => {
  for (const query of ["", `?${EMBEDDED}`, `?shop=${SHOP}`]) {
    const response = await without(target + query);
    expect(response.status).not.toBe(200);
    await expectNothingOfTheShop(response);
  }
});

test.each([...PAGES, ...DATA, ...FILES])("%s with a good session token is answered", async (target) => {
  const wanted = target.includes("customers/1") ? await firstCustomer(target) : target;
  const response = await withToken(wanted, tokenOf());
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(SECRETS.some((secret) => text.includes(secret)) || target.includes("settings")).toBe(true);
});

const firstCustomer = async (target: string): Promise<string> => {
  const { rows } = await app.database.pool.query<{ id: bigint }>("SELECT customer_id AS id FROM standing LIMIT 1");
  return target.replace("customers/1", `customers/${rows[0]?.id}`);
};

const unsigned = (): string => {
  const [header, payload] = tokenOf().split(".");
  const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  return `${header === undefined ? "" : none}.${payload}.`;
};

/** A token whose claims were changed after it was signed. */
const rewritten = (): string => {
  const [header = "", payload = "", mac = ""] = tokenOf({ shop: "other.myshopify.com" }).split(".");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = JSON.stringify(claims).replaceAll("other.myshopify.com", SHOP);
  return `${header}.${Buffer.from(changed).toString("base64url")}.${mac}`;
};

const BAD_TOKENS: readonly (readonly [string, () => string])[] = [
  ["signed with another secret", () => tokenOf({ secret: "not the app's secret" })],
  ["two minutes old", () => tokenOf({ ageMs: 120_000 })],
  ["of an hour ahead", () => tokenOf({ ageMs: -3_600_000 })],
  ["for another app", () => tokenOf({ apiKey: "ffffffffffffffffffffffffffffffff" })],
  ["without a signature", unsigned],
  ["changed after it was signed", rewritten],
  ["that is no token", () => "nonsense"],
];

describe.each(BAD_TOKENS)("a session token %s", (_what, bad) => {
  test.each([...DATA, ...FILES])("is refused at %s, and App Bridge told to fetch another", async (target) => {
    const response = await withToken(target, bad());
    expect(response.status).toBe(401);
    expect(response.headers.get(RETRY)).toBe("1");
    await expectNothingOfTheShop(response);
  });

  test("opens no page when it comes in the frame's address", async () => {
    const response = await without(`/app/customers?${EMBEDDED}&id_token=${bad()}`);
    expect(response.status).not.toBe(200);
    await expectNothingOfTheShop(response);
  });
});

test("a rightly signed token for a shop where the app is not installed gets nothing of this shop", async () => {
  for (const target of [...DATA, ...FILES]) {
    const response = await withToken(`${target}?${EMBEDDED}`, tokenOf({ shop: "other.myshopify.com" }));
    expect(response.status).not.toBe(200);
    await expectNothingOfTheShop(response);
  }
  const { rows } = await app.database.pool.query<{ domain: string }>("SELECT domain FROM shop");
  expect(rows).toEqual([{ domain: SHOP }]);
});

test("what a form sends is refused without a good session token, with the retry header", async () => {
  const body = new URLSearchParams({ window: "all", intent: "save" });
  for (const target of ["/app/tiers.data?index", "/app.data?index"]) {
    const refused = await app.ask(target, { method: "POST", body, headers: { authorization: "Bearer nonsense" } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get(RETRY)).toBe("1");
  }
  const { rows } = await app.database.pool.query<{ tier_policy: unknown }>("SELECT tier_policy FROM shop");
  expect(rows).toEqual([{ tier_policy: null }]);
});

test("only the shop and Shopify's admin may frame a page, by the app's own header", async () => {
  const response = await without(`/app?${EMBEDDED}&id_token=${tokenOf()}`);
  expect(response.status).toBe(200);
  const policy = response.headers.get("content-security-policy") ?? "";
  const ancestors = /frame-ancestors ([^;]*)/.exec(policy)?.[1]?.split(" ") ?? [];
  expect(ancestors).toContain(`https://${SHOP}`);
  expect(ancestors).toContain("https://admin.shopify.com");
  expect(ancestors).not.toContain("*");
  expect(ancestors.every((host) => host.startsWith("https://"))).toBe(true);
});

test("the shop comes from the token alone, whatever the address says", async () => {
  const response = await app.ask("/app/customers.csv?shop=other.myshopify.com&embedded=1");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("customer:");
});
