import { SignJWT } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { API_KEY, API_SECRET, NOW, type Reply, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

let shop: TestShop;
let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await new WebhookReceiver().open();
  shop = await TestShop.open(worldOf(), { appUrl: receiver.url, webhookSpeed: 10_000_000 });
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const body = ({ text }: Reply) => JSON.parse(text);
const refresh = (refresh_token: string) => shop.tokenRequest({ grant_type: "refresh_token", refresh_token });
const works = async (token: string) => {
  shop.token = token;
  return (await shop.graphqlReply("{ shop { name } }")).status === 200;
};

test("a session token says who looks at which shop through which app, for a minute", () => {
  const [, payload = ""] = shop.shopify.oauth.mintSessionToken(42).split(".");
  const seconds = NOW.getTime() / 1000;
  expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toEqual({
    iss: "https://acme.myshopify.com/admin",
    dest: "https://acme.myshopify.com",
    aud: API_KEY,
    sub: "42",
    exp: seconds + 60,
    nbf: seconds,
    iat: seconds,
    jti: expect.any(String),
    sid: expect.any(String),
  });
});

test("a session token is exchanged for an offline token that lives an hour, with a refresh token", async () => {
  const reply = await shop.tokenRequest({ expiring: "1" });
  expect(reply.status).toBe(200);
  expect(body(reply)).toEqual({
    access_token: expect.stringMatching(/^shpat_[0-9a-f]{32}$/),
    scope: shop.shopify.oauth.grantedScopes.join(","),
    expires_in: 3600,
    refresh_token: expect.stringMatching(/^shprt_/),
    refresh_token_expires_in: 90 * 86_400,
  });
});

test("an offline token that never expires is given out, and refused by the Admin API as of a new public app", async () => {
  const issued = body(await shop.tokenRequest());
  expect(Object.keys(issued)).toEqual(["access_token", "scope"]);
  shop.token = issued.access_token;
  const reply = await shop.graphqlReply("{ shop { name } }");
  expect(reply.status).toBe(403);
  expect(reply.text).toContain("Non-expiring access tokens are no longer accepted");
});

test("an online token names its user and works", async () => {
  const issued = body(await shop.tokenRequest({ requested_token_type: ONLINE }));
  expect(issued).toMatchObject({ expires_in: 86_399, associated_user: { id: 7 } });
  expect(await works(issued.access_token)).toBe(true);
});

test("a form is taken as well as JSON", async () => {
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: API_KEY,
    client_secret: API_SECRET,
    refresh_token: (await shop.newTokens()).refresh_token,
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const url = "https://acme.myshopify.com/admin/oauth/access_token";
  expect((await shop.send(url, { body: form.toString(), headers })).status).toBe(200);
});

const signed = (changes: Record<string, unknown>, secret = API_SECRET, alg = "HS256") => {
  const seconds = NOW.getTime() / 1000;
  const claims = {
    iss: "https://acme.myshopify.com/admin",
    dest: "https://acme.myshopify.com",
    aud: API_KEY,
    sub: "1",
    exp: seconds + 60,
    nbf: seconds,
    iat: seconds,
    jti: "j",
    sid: "s",
    ...changes,
  };
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
};

test.each([
  ["signed with another secret", () => signed({}, "another-secret-of-thirty-two-byte")],
  ["signed by another method", () => signed({}, API_SECRET.repeat(8), "HS512")],
  ["for another app", () => signed({ aud: "another" })],
  ["of another shop", () => signed({ dest: "https://other.myshopify.com" })],
  ["that has expired", () => signed({ exp: NOW.getTime() / 1000 - 11 })],
  ["from the future", () => signed({ nbf: NOW.getTime() / 1000 + 11 })],
  ["that is no token", () => Promise.resolve("nonsense")],
])("a session token %s is an invalid_subject_token", async (_what, mint) => {
  const reply = await shop.tokenRequest({ subject_token: await mint() });
  expect(reply.status).toBe(400);
  expect(body(reply).error).toBe("invalid_subject_token");
});

test("a token within the ten seconds' tolerance is taken", async () => {
  const subject_token = await signed({ exp: NOW.getTime() / 1000 - 9 });
  expect((await shop.tokenRequest({ subject_token })).status).toBe(200);
});

test("a wrong client is refused, and a request with something missing too", async () => {
  const wrong = await shop.tokenRequest({ client_secret: "wrong" });
  expect([wrong.status, body(wrong).error]).toEqual([401, "invalid_client"]);
  expect((await shop.tokenRequest({ client_id: "other" })).status).toBe(401);
  const missing = await shop.tokenRequest({ grant_type: "authorization_code" });
  expect([missing.status, body(missing).error]).toEqual([400, "invalid_request"]);
  expect(body(await shop.tokenRequest({ requested_token_type: "other" })).error).toBe("invalid_request");
});

test("a refresh token brings a new pair before and after the access token has expired", async () => {
  const first = await shop.newTokens();
  shop.shopify.clock.advance(2 * HOUR);
  expect(await works(first.access_token)).toBe(false);
  const second = body(await refresh(first.refresh_token));
  expect(second.expires_in).toBe(3600);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(await works(second.access_token)).toBe(true);
});

test("a used refresh token repeats until its replacement is used, and then is dead", async () => {
  const first = await shop.newTokens();
  const lost = body(await refresh(first.refresh_token));
  const second = body(await refresh(first.refresh_token));
  expect((await refresh(lost.refresh_token)).status).toBe(400);
  const third = await refresh(second.refresh_token);
  expect(third.status).toBe(200);
  const dead = await refresh(first.refresh_token);
  expect([dead.status, body(dead).error]).toEqual([400, "invalid_grant"]);
});

test("a refresh token repeats for 30 days and lives 90", async () => {
  const used = (await shop.newTokens()).refresh_token;
  await refresh(used);
  const unused = (await shop.newTokens()).refresh_token;
  shop.shopify.clock.advance(30 * DAY);
  expect((await refresh(used)).status).toBe(400);
  shop.shopify.clock.advance(60 * DAY - 1000);
  expect((await refresh(unused)).status).toBe(200);
  shop.shopify.clock.advance(1000);
  expect((await refresh(unused)).status).toBe(400);
});

test("uninstalling kills all tokens, sends app/uninstalled, and shop/redact two days later", async () => {
  const { access_token, refresh_token } = await shop.newTokens();
  shop.shopify.oauth.uninstall();
  expect(shop.shopify.oauth.isInstalled).toBe(false);
  expect(await works(access_token)).toBe(false);
  expect((await refresh(refresh_token)).status).toBe(400);
  expect((await shop.tokenRequest({ subject_token: await signed({}) })).status).toBe(400);
  expect(() => shop.shopify.oauth.mintSessionToken()).toThrow("the app is not installed in acme.myshopify.com");
  await shop.shopify.webhooks.settled();
  expect(receiver.topics).toEqual(["app/uninstalled", "shop/redact"]);
  expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({ myshopify_domain: "acme.myshopify.com" });
  expect(JSON.parse(receiver.received[1]?.body ?? "")).toMatchObject({ shop_domain: "acme.myshopify.com" });
});

test("a change of scopes goes out, and holds at once for tokens that are out", async () => {
  shop.token = (await shop.newTokens()).access_token;
  const previous = [...shop.shopify.oauth.grantedScopes];
  shop.shopify.oauth.revokeScopes(["read_customers", "read_companies"]);
  const current = previous.filter((scope) => !["read_customers", "read_companies"].includes(scope));
  const { errors } = await shop.graphql("{ customersCount { count } }");
  expect(errors?.[0]?.extensions?.["code"]).toBe("ACCESS_DENIED");
  await shop.shopify.webhooks.settled();
  expect(receiver.topics).toEqual(["app/scopes_update"]);
  expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({ previous, current });
});

test("one token can be revoked alone", async () => {
  const [first, second] = [await shop.newTokens(), await shop.newTokens()];
  shop.shopify.oauth.revokeToken(first.access_token);
  expect(await works(first.access_token)).toBe(false);
  expect(await works(second.access_token)).toBe(true);
});

test("the install, its scopes and the tokens are there after a restart", async () => {
  const { access_token, refresh_token } = await shop.newTokens();
  shop.shopify.oauth.changeScopes(["read_products"]);
  await shop.restart(worldOf());
  expect(shop.shopify.oauth.isInstalled).toBe(true);
  expect(shop.shopify.oauth.grantedScopes).toEqual(["read_products"]);
  expect(await works(access_token)).toBe(true);
  expect((await refresh(refresh_token)).status).toBe(200);
});
