import type { App } from "#app/composition.server.ts";
import { findEvent, markEvent } from "#app/db/inbox.server.ts";
import { findShopById, type Shop } from "#app/db/shops.server.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { handleEvent } from "#app/pipeline/handle-event.ts";
import { syncShop } from "#app/pipeline/pipeline.ts";
import { runTiers } from "#app/pipeline/run-tiers.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { JobHandlers } from "#app/platform/jobs.server.ts";
import { createAsk, type Ask } from "#app/shopify/gateway.server.ts";

/** Asks as the shop's offline session, which is looked up and refreshed at each call: a sync outlives a token. */
const askAs = (app: App, domain: string): Ask => {
  return async (operation, variables) => {
    const { admin } = await app.shopify.unauthenticated.admin(domain).catch((cause: unknown) => {
      throw new ShopifyError("token-revoked", `No usable session for ${domain}`, { cause });
    });
    return createAsk(admin)(operation, variables);
  };
};

const contextOf = (app: App, shop: Shop): PipelineContext => ({
  shop,
  ask: askAs(app, shop.domain),
  pool: app.pool,
  logger: app.logger,
  now: app.now,
});

/**
 * A token that Shopify no longer takes is forgotten, so that the next page view exchanges a new one; the job ends and the
 * page says what to do. Everything else is tried again by the queue.
 */
const forgetRevokedToken = async (app: App, shop: Shop, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopifyError) || error.code !== "token-revoked") throw error;
    const sessions = await app.shopify.sessionStorage.findSessionsByShop(shop.domain);
    await app.shopify.sessionStorage.deleteSessions(sessions.map(({ id }) => id));
    app.logger.warn({ shopId: shop.id }, "access token no longer valid");
  }
};

const withShop = async (app: App, shopId: number, work: (shop: Shop) => Promise<void>): Promise<void> => {
  const shop = await findShopById(app.pool, shopId);
  if (shop) await forgetRevokedToken(app, shop, () => work(shop));
};

export const jobHandlers = (app: App): JobHandlers => ({
  sync_shop: ({ shopId }) => withShop(app, shopId, (shop) => syncShop(contextOf(app, shop))),
  run_tiers: ({ shopId }) => withShop(app, shopId, (shop) => runTiers(app.pool, shop, app.now())),
  inbox_event: (key) =>
    withShop(app, key.shopId, async (shop) => {
      const event = await findEvent(app.pool, key);
      if (!event) return;
      const effect = await handleEvent(contextOf(app, shop), { topic: key.topic, subject: event.subject });
      if (key.topic === "app/uninstalled") {
        const sessions = await app.shopify.sessionStorage.findSessionsByShop(shop.domain);
        await app.shopify.sessionStorage.deleteSessions(sessions.map(({ id }) => id));
      }
      await markEvent(app.pool, key, "done");
      if (effect === "ledger") await app.jobs.runTiers(shop.id);
    }),
});
