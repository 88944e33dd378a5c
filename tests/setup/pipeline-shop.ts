import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import type pg from "pg";
import { saveShop, type Shop } from "#app/db/shops.server.ts";
import { latestWork, type SyncRun } from "#app/db/sync-progress.server.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import type { WorkKind } from "#app/core/sync/stages.ts";
import { createAsk, RateLimit, type Ask } from "#app/shopify/gateway.server.ts";
import { SHOP_FACTS } from "#app/shopify/operations/shop.ts";
import { createShopifyApp } from "#app/shopify/shopify-app.server.ts";
import type { LocalShopifyOptions } from "#tests/local-shopify/server.ts";
import { API_KEY, API_SECRET, NOW, TestShop } from "#tests/local-shopify/test-shop.ts";
import type { World } from "#tests/local-shopify/world/world.ts";
import { TIMES_FASTER } from "./quick-timers.ts";
import { talkTo } from "./reroute-here.ts";

/** A shop in a local Shopify that the pipeline of this process reads over HTTP, through the app's own client. */
export interface PipelineShop {
  readonly shopify: TestShop["shopify"];
  readonly shop: Shop;
  readonly context: PipelineContext;
  sync(changes?: Partial<PipelineContext>): Promise<void>;
  work(kind: WorkKind): Promise<void>;
  latest(): Promise<SyncRun | null>;
  /** Directs all requests to this shop again, after another one was opened. */
  turnTo(): void;
  close(): Promise<void>;
}

const memoryStorage = (session: Session): SessionStorage => ({
  storeSession: () => Promise.resolve(true),
  loadSession: () => Promise.resolve(session),
  deleteSession: () => Promise.resolve(true),
  deleteSessions: () => Promise.resolve(true),
  findSessionsByShop: () => Promise.resolve([session]),
});

const askOf = async ({ shopify, token }: TestShop, limit: RateLimit): Promise<Ask> => {
  const session = new Session({
    id: `offline_${shopify.shopDomain}`,
    shop: shopify.shopDomain,
    state: "",
    isOnline: false,
    scope: shopify.oauth.grantedScopes.join(","),
    accessToken: token,
    expires: new Date(Date.now() + 3_600_000),
  });
  const app = createShopifyApp({
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: "https://app.example.com",
    scopes: shopify.oauth.grantedScopes,
    sessionStorage: memoryStorage(session),
    log: () => undefined,
  });
  const { admin } = await app.unauthenticated.admin(shopify.shopDomain);
  return createAsk(admin, limit);
};

const install = async (pool: pg.Pool, ask: Ask): Promise<Shop> => {
  const { shop, currentAppInstallation } = await ask(SHOP_FACTS, {});
  const saved = await saveShop(
    pool,
    {
      domain: shop.myshopifyDomain,
      name: shop.name,
      currency: shop.currencyCode,
      timeZone: shop.ianaTimezone,
      taxesIncluded: shop.taxesIncluded,
      planName: shop.plan.publicDisplayName,
      scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
    },
    NOW,
  );
  return saved.shop;
};

/** Opens a shop, installs the app in it, and hands out what the pipeline needs. */
export const openPipelineShop = async (
  pool: pg.Pool,
  world: World,
  changes: Partial<LocalShopifyOptions> = {},
): Promise<PipelineShop> => {
  const opened = await TestShop.open(world, { bucketSpeed: TIMES_FASTER, ...changes });
  const { shopify } = opened;
  talkTo(shopify.url);
  const limit = new RateLimit();
  const ask = await askOf(opened, limit);
  const shop = await install(pool, ask);
  const context: PipelineContext = { shop, ask, limit, pool, logger: createLogger("silent"), now: () => NOW };
  return {
    shopify,
    shop,
    context,
    sync: (parts = {}) => workOnShop({ ...context, ...parts }, "sync"),
    work: (kind) => workOnShop(context, kind),
    latest: () => latestWork(pool, shop.id, "sync"),
    turnTo: () => talkTo(shopify.url),
    close: () => opened.stop(),
  };
};
