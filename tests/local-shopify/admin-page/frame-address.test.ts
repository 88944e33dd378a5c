// oxlint-disable-next-line import/no-unassigned-import -- the adapter works by being loaded
import "@shopify/shopify-api/adapters/node";
import { ApiVersion, LogSeverity, shopifyApi } from "@shopify/shopify-api";
import { expect, test } from "vitest";
import { frameAddress } from "./frame-address.ts";

const shopify = shopifyApi({
  apiKey: "key",
  apiSecretKey: "secret",
  apiVersion: ApiVersion.October26,
  hostName: "localhost",
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
});

const address = (path: string) =>
  new URL(
    frameAddress({
      appOrigin: "http://localhost:4001",
      path,
      shop: "acme.myshopify.com",
      store: "acme",
      idToken: "token",
      now: new Date(),
      apiSecret: "secret",
    }),
  );

test("Shopify's own library accepts the shop, the host and the signature", async () => {
  const params = address("/customers?tier=A&q=a b").searchParams;
  expect(shopify.utils.sanitizeShop(params.get("shop") ?? "")).toBe("acme.myshopify.com");
  expect(shopify.utils.sanitizeHost(params.get("host") ?? "")).toBe(params.get("host"));
  expect(shopify.auth.buildEmbeddedAppUrl(params.get("host") ?? "")).toBe(
    "https://admin.shopify.com/store/acme/apps/key",
  );
  expect(await shopify.utils.validateHmac(Object.fromEntries(params))).toBe(true);
  expect(await shopify.utils.validateHmac({ ...Object.fromEntries(params), shop: "evil.myshopify.com" })).toBe(false);
});

test("the page's own parameters stay, and nobody can set Shopify's", () => {
  const url = address("/customers/7?tab=orders&shop=evil.myshopify.com&id_token=old");
  expect(url.pathname).toBe("/customers/7");
  expect(url.searchParams.get("tab")).toBe("orders");
  expect(url.searchParams.getAll("shop")).toEqual(["acme.myshopify.com"]);
  expect(url.searchParams.getAll("id_token")).toEqual(["token"]);
});
