import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { API_KEY, API_SECRET, TestShop, WebhookReceiver, worldOf } from "./test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

/** Runs a script in a process of its own, as the app runs; it prints JSON. */
const runs = async (script: string): Promise<unknown> => {
  const preload = new URL("reroute.mjs", import.meta.url).href;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", preload, "--input-type=module", "--eval", script],
    { env: { ...process.env, LOCAL_SHOPIFY_URL: shop.shopify.url }, cwd: new URL(".", import.meta.url) },
  );
  return JSON.parse(stdout);
};

test("Shopify's own library exchanges, queries and refreshes through the preload, unchanged", async () => {
  // The library checks session tokens by the real clock.
  shop = await TestShop.open(worldOf(), { now: () => new Date() });
  const result = await runs(`
    import "@shopify/shopify-api/adapters/node";
    import { shopifyApi, ApiVersion, RequestedTokenType, LogSeverity } from "@shopify/shopify-api";
    const api = shopifyApi({ apiKey: "${API_KEY}", apiSecretKey: "${API_SECRET}", hostName: "localhost", isEmbeddedApp: true,
      apiVersion: ApiVersion.October26, scopes: ["read_orders"], logger: { level: LogSeverity.Error } });
    const shop = "${shop.shopify.shopDomain}";
    const { session } = await api.auth.tokenExchange({ shop, sessionToken: "${shop.shopify.oauth.mintSessionToken(3)}",
      requestedTokenType: RequestedTokenType.OfflineAccessToken, expiring: true });
    const refreshed = await api.auth.refreshToken({ shop, refreshToken: session.refreshToken });
    const client = new api.clients.Graphql({ session: refreshed.session });
    const { data } = await client.request("{ shop { name } }");
    console.log(JSON.stringify({ data, scope: session.scope, expires: session.expires, isOnline: session.isOnline,
      rotated: refreshed.session.refreshToken !== session.refreshToken }));
  `);
  expect(result).toEqual({
    data: { shop: { name: "Acme" } },
    scope: shop.shopify.oauth.grantedScopes.join(","),
    expires: expect.any(String),
    isOnline: false,
    rotated: true,
  });
});

test("bulk results and loopback are let through, and every other host is stopped with its name", async () => {
  shop = await TestShop.open(worldOf());
  const receiver = await new WebhookReceiver().open();
  const result = await runs(`
    const attempt = (url, init) => fetch(url, init).then((r) => r.status, (error) => error.cause?.message ?? error.message);
    console.log(JSON.stringify({
      result: await attempt("https://storage.googleapis.com/local-shopify-bulk/bulk-1.jsonl"),
      shop: await attempt("https://acme.myshopify.com/admin/api/2026-10/graphql.json", { method: "POST", body: "{}",
        headers: new Headers({ "x-shopify-access-token": "x" }) }),
      loopback: await attempt("${receiver.url}/hook"),
      other: await attempt("https://example.com/"),
      unencrypted: await attempt("http://acme.myshopify.com/"),
    }));
  `);
  receiver.close();
  const stopped = (host: string) =>
    `a request to ${host} was stopped: only Shopify's hosts are there, as the local Shopify`;
  expect(result).toEqual({
    result: 403,
    shop: 401,
    loopback: 200,
    other: stopped("example.com"),
    unencrypted: stopped("acme.myshopify.com"),
  });
});
