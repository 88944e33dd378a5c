import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAppConfig } from "./subscriptions.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "app-toml-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const config = (toml: string) => {
  const path = join(directory, "shopify.app.toml");
  writeFileSync(path, toml);
  return readAppConfig(path, "http://localhost:3000");
};

test("topics, compliance topics and scopes are read as a deploy would, addresses relative to the app", () => {
  const toml = `
    [access_scopes]
    scopes = "read_orders, write_products"
    optional_scopes = ["read_returns"]
    [webhooks]
    api_version = "2026-10"
    [[webhooks.subscriptions]]
    topics = ["orders/create"]
    compliance_topics = ["customers/redact"]
    uri = "/webhooks"
    name = "orders"
    include_fields = ["id"]
    [[webhooks.subscriptions]]
    topics = ["app/uninstalled"]
    uri = "https://elsewhere.example.com/hook"`;
  const common = {
    apiVersion: "2026-10",
    url: "http://localhost:3000/webhooks",
    name: "orders",
    includeFields: ["id"],
  };
  expect(config(toml)).toEqual({
    scopes: ["read_orders", "write_products"],
    optionalScopes: ["read_returns"],
    subscriptions: [
      { topic: "orders/create", ...common },
      { topic: "customers/redact", ...common },
      {
        topic: "app/uninstalled",
        apiVersion: "2026-10",
        url: "https://elsewhere.example.com/hook",
        name: null,
        includeFields: null,
      },
    ],
  });
});

test("what the local Shopify could not honour is refused", () => {
  const subscription = (extra: string) => `[webhooks]
    api_version = "2026-10"
    [[webhooks.subscriptions]]
    topics = ["orders/create"]
    ${extra}`;
  expect(() => config(subscription('uri = "/w"\nfilter = "id:1"'))).toThrow(
    "not in the local Shopify: a webhook filter",
  );
  const unknown = subscription('uri = "/w"').replace("orders/create", "order/create");
  expect(() => config(unknown)).toThrow("not in the local Shopify: webhooks of order/create");
  expect(() => config(subscription('uri = "pubsub://a:b"'))).toThrow("not in the local Shopify: webhooks to pubsub");
});
