import { LogSeverity, shopifyApi, type Shopify } from "@shopify/shopify-api";
import { AppDistribution, shopifyApp } from "@shopify/shopify-app-remix/server";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import { API_VERSION } from "./api-version.ts";

export interface ShopifySettings {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly appUrl: string;
  readonly scopes: readonly string[];
  readonly sessionStorage: SessionStorage;
  readonly log: (severity: LogSeverity, message: string) => void;
}

const api = ({ apiKey, apiSecret, scopes, log }: ShopifySettings) => ({
  apiKey,
  apiSecretKey: apiSecret,
  apiVersion: API_VERSION,
  scopes: [...scopes],
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Warning, httpRequests: false, timestamps: false, log },
});

/** Sign-in by token exchange, expiring offline tokens that are refreshed, and the shop's Admin API. */
export const createShopifyApp = (settings: ShopifySettings) =>
  shopifyApp({
    ...api(settings),
    appUrl: settings.appUrl,
    distribution: AppDistribution.AppStore,
    authPathPrefix: "/auth",
    sessionStorage: settings.sessionStorage,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });

export type ShopifyApp = ReturnType<typeof createShopifyApp>;

/**
 * Checks webhooks. `authenticate.webhook` would do it too, but it also refreshes an expired token before it answers, and
 * a webhook must be answered within seconds even when Shopify's own API is slow.
 */
export const createWebhookVerifier = (settings: ShopifySettings): Shopify["webhooks"]["validate"] => {
  const { host, protocol } = new URL(settings.appUrl);
  const hostScheme = protocol === "http:" ? "http" : "https";
  return shopifyApi({ ...api(settings), hostName: host, hostScheme }).webhooks.validate;
};
