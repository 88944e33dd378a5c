import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await TestShop.open(worldOf(...catalog, order(1)));
});
afterEach(() => shop.stop());

const INVALID_TOKEN = "[API] Invalid API key or access token (unrecognized login or wrong password)";

test("only version 2026-10 is there, and only by POST", async () => {
  expect((await shop.graphqlReply("{ shop { name } }")).status).toBe(200);
  expect((await shop.graphqlReply("{ shop { name } }", {}, "2026-07")).status).toBe(404);
  expect((await shop.graphqlReply("{ shop { name } }", {}, "unstable")).status).toBe(404);
  expect((await shop.send("https://acme.myshopify.com/admin/api/2026-10/graphql.json")).status).toBe(404);
  expect((await shop.send("https://acme.myshopify.com/admin/api/2026-10/orders.json")).status).toBe(404);
});

test("another shop's host is not there", async () => {
  const reply = await shop.send("https://other.myshopify.com/admin/api/2026-10/graphql.json", { body: "{}" });
  expect(reply.status).toBe(404);
});

test("no token, a wrong one, an expired one and a revoked one are answered 401 in Shopify's words", async () => {
  const attempt = async () => {
    const { status, text } = await shop.graphqlReply("{ shop { name } }");
    return { status, body: JSON.parse(text) };
  };
  const refused = { status: 401, body: { errors: INVALID_TOKEN } };
  const good = shop.token;
  shop.token = "";
  expect(await attempt()).toEqual(refused);
  shop.token = "shpat_0123";
  expect(await attempt()).toEqual(refused);
  shop.token = good;
  expect((await attempt()).status).toBe(200);
  shop.shopify.clock.advance(3600_000);
  expect(await attempt()).toEqual(refused);
  shop.token = (await shop.newTokens()).access_token;
  expect((await attempt()).status).toBe(200);
  shop.shopify.oauth.revokeTokens();
  expect(await attempt()).toEqual(refused);
});

test("a body that is no GraphQL request is a 400", async () => {
  const url = "https://acme.myshopify.com/admin/api/2026-10/graphql.json";
  const headers = { "x-shopify-access-token": shop.token };
  expect((await shop.send(url, { body: "not json", headers })).status).toBe(400);
  expect((await shop.send(url, { body: "{}", headers })).status).toBe(400);
});

test("of several operations the named one runs", async () => {
  const url = "https://acme.myshopify.com/admin/api/2026-10/graphql.json";
  const query = "query A { shop { name } } query B { shop { currencyCode } }";
  const body = JSON.stringify({ query, operationName: "B" });
  const reply = await shop.send(url, { body, headers: { "x-shopify-access-token": shop.token } });
  expect(JSON.parse(reply.text).data).toEqual({ shop: { currencyCode: "USD" } });
});

test("faults hit the next calls and then are over", async () => {
  const { faults } = shop.shopify;
  faults.throttleNext(2);
  expect((await shop.graphql("{ shop { name } }")).errors?.[0]?.extensions?.["code"]).toBe("THROTTLED");
  expect((await shop.graphql("{ shop { name } }")).errors?.[0]?.extensions?.["code"]).toBe("THROTTLED");
  faults.failNext(1, 503);
  expect((await shop.graphqlReply("{ shop { name } }")).status).toBe(503);
  faults.timeoutNext(1);
  const late = shop.graphqlReply("{ shop { name } }").then(
    () => "answered",
    () => "cut off",
  );
  expect(await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 100, "waiting"))])).toBe("waiting");
  expect((await shop.graphql("{ shop { name } }")).errors).toBeUndefined();
});

test("calls are counted by operation name", async () => {
  await shop.graphql("query ShopName { shop { name } }");
  await shop.graphql("query ShopName { shop { name } }");
  shop.shopify.faults.throttleNext(1);
  await shop.graphql("query ShopName { shop { name } }");
  expect(shop.shopify.stats.get("ShopName")).toEqual({
    calls: 3,
    throttled: 1,
    refused: 0,
    requestedCost: 3,
    actualCost: 2,
  });
});

test("a request that no app sent goes to the browser's handler", async () => {
  expect((await fetch(shop.shopify.url)).status).toBe(404);
  shop.shopify.handleBrowser((request, response) => response.end(`admin ${request.url}`));
  expect(await (await fetch(`${shop.shopify.publicUrl}/page`)).text()).toBe("admin /page");
});
