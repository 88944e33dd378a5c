import { HttpResponseError, InvalidJwtError } from "@shopify/shopify-api";
import { SessionNotFoundError } from "@shopify/shopify-app-remix/server";
import type { App } from "#app/composition.server.ts";
import { findEvent, markDone, type InboxKey } from "#app/db/inbox.server.ts";
import { cleanUp } from "#app/db/privacy/clean-up.server.ts";
import { findShopById, shopDomain, type Shop } from "#app/db/shops.server.ts";
import { shopsDue } from "#app/db/tiers/shops-due.server.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { handleCompliance } from "#app/pipeline/handle-compliance.ts";
import { handleEvent } from "#app/pipeline/handle-event.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { rankCustomers } from "#app/pipeline/recompute.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { JobHandlers } from "#app/platform/jobs.server.ts";
import type { WorkKind } from "#app/core/sync/stages.ts";
import { isComplianceTopic, type ComplianceTopic } from "#app/shopify/compliance-payload.ts";
import { createAsk, RateLimit, type Ask } from "#app/shopify/gateway.server.ts";
import { SHOP_FACTS } from "#app/shopify/operations/shop.ts";

/** Whether Shopify, or the lack of a session, says that the shop has to sign in again; an outage says no such thing. */
const isSignInNeeded = (cause: unknown): boolean => {
  if (cause instanceof SessionNotFoundError || cause instanceof InvalidJwtError) return true;
  if (cause instanceof HttpResponseError) return cause.response.code === 400 || cause.response.code === 401;
  return cause instanceof Response && cause.status < 500 && cause.status !== 429;
};

/** Asks as the shop's offline session, which is looked up and refreshed at each call: a sync outlives a token. */
const askAs = (app: App, domain: string, limit: RateLimit): Ask => {
  return async (operation, variables) => {
    try {
      const { admin } = await app.shopify.unauthenticated.admin(domain);
      return await createAsk(admin, limit)(operation, variables);
    } catch (cause) {
      if (cause instanceof ShopifyError) throw cause;
      const code = isSignInNeeded(cause) ? "token-revoked" : "unavailable";
      throw new ShopifyError(code, `No usable session for ${domain}`, { cause });
    }
  };
};

const contextOf = (app: App, shop: Shop): PipelineContext => {
  const limit = new RateLimit();
  return { shop, ask: askAs(app, shop.domain, limit), limit, pool: app.pool, logger: app.logger, now: app.now };
};

const forgetSessions = async ({ shopify }: App, domain: string): Promise<void> => {
  const sessions = await shopify.sessionStorage.findSessionsByShop(domain);
  await shopify.sessionStorage.deleteSessions(sessions.map(({ id }) => id));
};

/**
 * Works for a shop that is installed. A token that Shopify no longer takes is forgotten, so that the next page view
 * exchanges a new one, and the queue tries again later, as it does after any failure.
 */
const withShop = async (app: App, shopId: number, work: (shop: Shop) => Promise<void>): Promise<void> => {
  const shop = await findShopById(app.pool, shopId);
  if (!shop) return;
  try {
    await work(shop);
  } catch (error) {
    if (error instanceof ShopifyError && error.code === "token-revoked") await forgetSessions(app, shop.domain);
    throw error;
  }
};

/** A long work; one that stops because the shop has to sign in again is not tried again. */
const workOn = async (app: App, shopId: number, kind: WorkKind): Promise<void> => {
  try {
    await withShop(app, shopId, (shop) => workOnShop(contextOf(app, shop), kind));
  } catch (error) {
    // Only a person who signs in again can help: the run says so on the page, and trying again would not.
    if (!(error instanceof ShopifyError) || error.code !== "token-revoked") throw error;
    app.logger.warn({ shopId }, "access token no longer valid");
  }
};

const isInstalledAtShopify = async (app: App, domain: string): Promise<boolean> => {
  try {
    await askAs(app, domain, new RateLimit())(SHOP_FACTS, {});
    return true;
  } catch (error) {
    if (error instanceof ShopifyError && error.code === "token-revoked") return false;
    throw error;
  }
};

/** What Shopify asks about personal data holds for shops that have uninstalled the app, too. */
const complyWith = async (app: App, key: InboxKey, topic: ComplianceTopic): Promise<void> => {
  const [event, domain] = await Promise.all([findEvent(app.pool, key), shopDomain(app.pool, key.shopId)]);
  if (!event || domain === null) return;
  const isDone = await handleCompliance(
    { pool: app.pool, now: app.now, isInstalledAtShopify: () => isInstalledAtShopify(app, domain) },
    { ...event, ...key, topic },
  );
  await markDone(app.pool, key);
  app.logger.info({ shopId: key.shopId, topic, isDone }, "compliance webhook handled");
};

export const jobHandlers = (app: App): JobHandlers => ({
  sync_shop: ({ shopId }) => workOn(app, shopId, "sync"),
  recompute_shop: ({ shopId }) => workOn(app, shopId, "recompute"),
  reconcile_shop: ({ shopId }) => workOn(app, shopId, "reconcile"),
  daily_runs: async () => {
    for (const { id } of await shopsDue(app.pool, app.now())) await app.jobs.runTiers(id);
  },
  daily_cleanup: async () => app.logger.info(await cleanUp(app.pool, app.now()), "cleaned up"),
  run_tiers: ({ shopId }) => withShop(app, shopId, (shop) => rankCustomers(app.pool, shop, app.now())),
  inbox_event: async (key) => {
    if (isComplianceTopic(key.topic)) return complyWith(app, key, key.topic);
    return withShop(app, key.shopId, async (shop) => {
      const event = await findEvent(app.pool, key);
      if (!event) return;
      const effect = await handleEvent(contextOf(app, shop), { topic: key.topic, ...event });
      if (effect === "uninstalled") await forgetSessions(app, shop.domain);
      await markDone(app.pool, key);
    });
  },
});
