import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { AdminHost } from "#tests/local-shopify/admin-page/admin-host.ts";
import { createAdminPage, type AdminPage } from "#tests/local-shopify/admin-page/admin-page.ts";
import { startLocalShopify, type LocalShopify, type LocalShopifyOptions } from "#tests/local-shopify/server.ts";
import { readAppConfig } from "#tests/local-shopify/webhooks/subscriptions.ts";
import type { World } from "#tests/local-shopify/world/world.ts";
import { API_KEY, APP_TOML, freePort, secretsOf, startAppProcess, stopProcess, waitUntilReady } from "./app-process.ts";

/** The built app in a process of its own, a local Shopify that it talks to, and an admin that frames it. */
export interface RunningApp {
  readonly shopify: LocalShopify;
  readonly admin: AdminPage;
  /** Where the app itself listens. */
  readonly appUrl: string;
  readonly process: ChildProcess;
  /** A worker apart, beside the app, on the same database and with the same log. It is stopped with the app. */
  startWorker(): ChildProcess;
  stop(): Promise<void>;
}

export interface RunningAppOptions {
  readonly world: World;
  /** Keeps the database, the local Shopify's state, the keys and the app's log. */
  readonly dataDir: string;
  /** A database elsewhere; the app's own embedded one by default. */
  readonly databaseUrl?: string;
  /** Of the admin page; any free one by default. */
  readonly port?: number;
  /** The app's own frame in the browser; any free one by default. */
  readonly framePort?: number;
  /** How far both the app and the local Shopify are from the real time. */
  readonly clockOffsetMs?: number;
  readonly shopify?: Partial<LocalShopifyOptions>;
}

/** The local Shopify as the admin page sees it: one shop, named at every call. */
const adminHostOf = (shopify: LocalShopify, requestedScopes: readonly string[]): AdminHost => {
  const { oauth } = shopify;
  return {
    url: shopify.publicUrl,
    shopDomain: shopify.shopDomain,
    world: shopify.world,
    handleBrowser: (handler) => shopify.handleBrowser((request, response) => void handler(request, response)),
    placeOrder: (order) => shopify.placeOrder(order),
    discounts: shopify.discounts,
    checkout: (cart) => shopify.checkout(cart),
    placeCart: (cart, choice) => shopify.placeCart(cart, choice),
    payments: shopify.payments,
    pay: (orderId, amount) => shopify.pay(orderId, amount),
    oauth: {
      requestedScopes,
      mintSessionToken: (_shop, userId) => oauth.mintSessionToken(userId),
      install: () => oauth.install(),
      uninstall: () => oauth.uninstall(),
      isInstalled: () => oauth.isInstalled,
      grantedScopes: () => oauth.grantedScopes,
      revokeScope: (_shop, scope) => oauth.revokeScopes([scope]),
      revokeTokens: () => oauth.revokeTokens(),
    },
  };
};

/** Starts all three and waits until the app answers. Each piece talks to the next over HTTP, as in production. */
export const runApp = async (options: RunningAppOptions): Promise<RunningApp> => {
  const { world, dataDir, clockOffsetMs = 0 } = options;
  await mkdir(dataDir, { recursive: true });
  const secrets = await secretsOf(dataDir);
  const now = (): Date => new Date(Date.now() + clockOffsetMs);
  const appPort = await freePort();
  const appUrl = `http://127.0.0.1:${appPort}`;
  const { scopes: requestedScopes, optionalScopes } = readAppConfig(APP_TOML, appUrl);
  const shopify = await startLocalShopify({
    world,
    stateDir: path.join(dataDir, "shopify"),
    apiKey: API_KEY,
    apiSecret: secrets.apiSecret,
    appUrl,
    appTomlPath: APP_TOML,
    now,
    grantedScopes: [...requestedScopes, ...optionalScopes],
    ...(options.port === undefined ? {} : { port: options.port }),
    ...options.shopify,
  });
  const log = createWriteStream(path.join(dataDir, "app.log"), { flags: "a" });
  const settings = {
    dataDir,
    databaseUrl: options.databaseUrl,
    port: appPort,
    localShopifyUrl: shopify.url,
    secrets,
    clockOffsetMs,
    scopes: requestedScopes.join(","),
  };
  const app = startAppProcess(settings, log, "server.mjs");
  const workers: ChildProcess[] = [];
  const admin = await createAdminPage({
    localShopify: adminHostOf(shopify, requestedScopes),
    appUrl,
    apiSecret: secrets.apiSecret,
    now,
    ...(options.framePort === undefined ? {} : { appPort: options.framePort }),
  });
  const stop = async (): Promise<void> => {
    await Promise.all([app, ...workers].map(stopProcess));
    await admin.close();
    await shopify.close();
    log.end();
  };
  try {
    await waitUntilReady(appUrl, app);
  } catch (error) {
    await stop();
    throw error;
  }
  const startWorker = (): ChildProcess => {
    const worker = startAppProcess(settings, log, "worker.mjs");
    workers.push(worker);
    return worker;
  };
  return { shopify, admin, appUrl, process: app, startWorker, stop };
};
