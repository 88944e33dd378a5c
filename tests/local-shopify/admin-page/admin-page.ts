import type { AdminHost } from "./admin-host.ts";
import { type AdminSite, answerBrowser } from "./admin-routes.ts";
import { Storefront } from "../storefront/storefront.ts";
import { startAppProxy } from "./app-proxy.ts";

export interface AdminPageOptions {
  localShopify: AdminHost;
  /** Where the app listens, such as http://127.0.0.1:3000. */
  appUrl: string;
  /** The app's SHOPIFY_APP_URL, when that is not appUrl. */
  publicUrl?: string;
  /** The port of the app's origin in the browser; 0 or nothing takes a free one. */
  appPort?: number;
  /** With it the frame's address carries Shopify's signature. */
  apiSecret?: string;
  appName?: string;
  appHandle?: string;
  now?: () => Date;
}

export interface AdminPage {
  /** The start page. */
  url: string;
  /** The app in the admin. */
  appPageUrl: string;
  /** The app's own origin in the browser. */
  appOrigin: string;
  close(): Promise<void>;
}

/**
 * Puts a merchant's admin before a local Shopify: pages on its origin, and the app, unchanged, framed from a second one.
 *
 * @example const admin = await createAdminPage({ localShopify, appUrl: "http://127.0.0.1:3000" }); open(admin.url);
 */
export async function createAdminPage(options: AdminPageOptions): Promise<AdminPage> {
  const { localShopify } = options;
  const adminOrigin = new URL(localShopify.url).origin;
  const proxy = await startAppProxy({
    appUrl: options.appUrl,
    publicUrl: options.publicUrl ?? options.appUrl,
    adminOrigin,
    port: options.appPort ?? 0,
  });
  const site: AdminSite = {
    localShopify,
    appName: options.appName ?? "Pareto",
    appHandle: options.appHandle ?? "pareto",
    appOrigin: proxy.origin,
    apiSecret: options.apiSecret,
    now: options.now ?? (() => new Date()),
    storefront: new Storefront(localShopify),
  };
  localShopify.handleBrowser((request, response) =>
    answerBrowser(site, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
      response.end(`The local admin broke: ${error instanceof Error ? error.message : String(error)}`);
    }),
  );
  const store = localShopify.shopDomain.replace(/\.myshopify\.com$/, "");
  return {
    url: `${adminOrigin}/`,
    appPageUrl: `${adminOrigin}/store/${store}/apps/${site.appHandle}`,
    appOrigin: proxy.origin,
    close: () => proxy.close(),
  };
}
