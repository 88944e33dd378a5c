import { getApp, type App } from "#app/composition.server.ts";
import { APP_ACTOR } from "#app/core/audit/audit-event.ts";
import { findShop, saveShop, type Shop } from "#app/db/shops.server.ts";
import { createAsk, type Ask } from "#app/shopify/gateway.server.ts";
import { readShopFacts } from "#app/shopify/shop-reader.server.ts";

export interface SignedIn {
  readonly app: App;
  readonly shop: Shop;
  /** Asks the shop's Admin API. */
  readonly ask: Ask;
  /** The number of the person of the shop's staff who asks. */
  readonly actor: string;
}

/**
 * The merchant's shop, from the session token alone. The first time, and after a re-install, the shop is recorded and its
 * first sync queued.
 *
 * @throws Response that sends the browser to sign in, or App Bridge to fetch a fresh session token
 */
export const signIn = async (request: Request): Promise<SignedIn> => {
  const app = await getApp();
  const { session, admin, sessionToken } = await app.shopify.authenticate.admin(request);
  const ask = createAsk(admin);
  const known = await findShop(app.pool, session.shop);
  return { app, shop: known ?? (await install(app, ask)), ask, actor: sessionToken.sub };
};

const install = async (app: App, ask: Ask): Promise<Shop> => {
  const { shop, isInstall } = await saveShop(app.pool, await readShopFacts(ask), app.now());
  if (isInstall) {
    await app.pages.requestSync(shop.id, app.now());
    await app.pages.recordAudit(shop.id, { at: app.now(), actor: APP_ACTOR, action: { kind: "sync-requested" } });
    app.logger.info({ shopId: shop.id }, "shop installed");
  }
  return shop;
};
