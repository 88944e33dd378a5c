import { randomUUID } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import type pg from "pg";
import { createInbox } from "#app/db/inbox/receive.server.ts";
import { saveShop, type Shop } from "#app/db/shops.server.ts";
import { latestWork, type SyncRun } from "#app/db/sync-progress.server.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { drainInbox } from "#app/pipeline/drain-inbox.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import type { WorkKind } from "#app/core/sync/stages.ts";
import { createAsk, RateLimit, type Ask } from "#app/shopify/gateway.server.ts";
import { readShopFacts } from "#app/shopify/shop-reader.server.ts";
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
  /** Asks the local Shopify beside the app, with the app's own token. */
  readonly graphql: TestShop["graphql"];
  sync(changes?: Partial<PipelineContext>): Promise<void>;
  /** Has the inbox take a webhook about something, and works the inbox off. */
  tell(topic: string, subject: string | null): Promise<void>;
  work(kind: WorkKind): Promise<void>;
  latest(): Promise<SyncRun | null>;
  /**
   * Asks by a token of now: the one of the beginning ends after an hour of the shop's clock.
   *
   * @param answerWithinMs how long a call waits for its answer, where that is not as long as in production
   */
  askAnew(answerWithinMs?: number): Promise<Ask>;
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

const askOf = async ({ shopify, token }: TestShop, limit: RateLimit, answerWithinMs?: number): Promise<Ask> => {
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
  return createAsk(admin, limit, answerWithinMs);
};

/** Opens a shop, installs the app in it, and hands out what the pipeline needs. */
export const openPipelineShop = async (
  pool: pg.Pool,
  world: World,
  options: Partial<LocalShopifyOptions> = {},
): Promise<PipelineShop> => {
  const opened = await TestShop.open(world, { bucketSpeed: TIMES_FASTER, ...options });
  const { shopify } = opened;
  talkTo(shopify.url);
  const limit = new RateLimit();
  const ask = await askOf(opened, limit);
  const { shop } = await saveShop(pool, await readShopFacts(ask), NOW);
  const logger = createLogger("silent");
  const context: PipelineContext = {
    shop,
    ask,
    limit,
    pool,
    logger,
    now: () => NOW,
    threadsFor: () => null,
    isStopping: () => false,
  };
  const work = async (kind: WorkKind, changes: Partial<PipelineContext> = {}): Promise<void> => {
    for (;;) {
      const parked = await workOnShop({ ...context, ...changes }, kind);
      if (!parked) return;
      await new Promise((resolve) => setTimeout(resolve, parked.afterMs));
    }
  };
  const inbox = createInbox(pool);
  return {
    shopify,
    shop,
    context,
    graphql: (query, variables) => opened.graphql(query, variables),
    sync: (changes) => work("sync", changes),
    work: (kind) => work(kind),
    tell: async (topic, subject) => {
      const event = { eventId: randomUUID(), topic, subject, triggeredAt: NOW };
      await inbox({ domain: shop.domain, event, at: NOW });
      await drainInbox(context);
    },
    latest: () => latestWork(pool, shop.id, "sync"),
    askAnew: async (answerWithinMs) => {
      opened.token = (await opened.newTokens()).access_token;
      return askOf(opened, limit, answerWithinMs);
    },
    turnTo: () => talkTo(shopify.url),
    close: () => opened.stop(),
  };
};
