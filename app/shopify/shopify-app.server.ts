import { LogSeverity } from "@shopify/shopify-api";
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

/** Sign-in by token exchange, expiring offline tokens that are refreshed, and the shop's Admin API. */
export const createShopifyApp = (settings: ShopifySettings) =>
  shopifyApp({
    apiKey: settings.apiKey,
    apiSecretKey: settings.apiSecret,
    apiVersion: API_VERSION,
    scopes: [...settings.scopes],
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Warning, httpRequests: false, timestamps: false, log: settings.log },
    appUrl: settings.appUrl,
    distribution: AppDistribution.AppStore,
    authPathPrefix: "/auth",
    sessionStorage: settings.sessionStorage,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });

export type ShopifyApp = ReturnType<typeof createShopifyApp>;
