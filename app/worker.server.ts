import { HttpResponseError, InvalidJwtError } from "@shopify/shopify-api";
import { SessionNotFoundError } from "@shopify/shopify-app-remix/server";
import type { App } from "#app/composition.server.ts";
import { MS_PER_DAY } from "#app/core/time/shop-day.ts";
import { isComplianceTopic, type ComplianceTopic } from "#app/core/webhooks/topics.ts";
import {
  findEvent,
  markDone,
  shopsWithEventsDue,
  type ApartEvent,
  type InboxKey,
} from "#app/db/inbox/waiting-events.server.ts";
import { ShopGone } from "#app/db/ledger-version.server.ts";
import { refreshPublication } from "#app/db/plan/publication.server.ts";
import { queueRebates } from "#app/db/rebates/rebate-steps.server.ts";
import { endGivenUpWorks } from "#app/db/sync-progress.server.ts";
import { cleanUp } from "#app/db/privacy/clean-up.server.ts";
import { findShopById, markUninstalled, shopDomain, type Shop } from "#app/db/shops.server.ts";
import { forgetOldValues } from "#app/db/plan/published-values.server.ts";
import { shopsDue } from "#app/db/tiers/shops-due.server.ts";
import { checkPayNow } from "#app/pipeline/check-pay-now.ts";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { handleCompliance } from "#app/pipeline/handle-compliance.ts";
import { drainInbox } from "#app/pipeline/drain-inbox.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { giveRebates } from "#app/pipeline/give-rebates.ts";
import { rankCustomers } from "#app/pipeline/recompute.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { JobHandlers } from "#app/platform/jobs.server.ts";
import type { WorkKind } from "#app/core/sync/stages.ts";
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

const contextOf = (app: App, shop: Shop, signal: AbortSignal): PipelineContext => {
  const { pool, logger, now, threadsFor } = app;
  const limit = new RateLimit();
  return {
    ...{ shop, ask: askAs(app, shop.domain, limit), limit, pool, logger, now },
    threadsFor,
    isStopping: () => signal.aborted,
  };
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

/** Works for a shop unless it has to sign in again first: only a person can help then, and trying again would not. */
const withSignedIn = async (app: App, shopId: number, work: (shop: Shop) => Promise<void>): Promise<void> => {
  try {
    await withShop(app, shopId, work);
  } catch (error) {
    if (error instanceof ShopGone) return;
    if (!(error instanceof ShopifyError) || error.code !== "token-revoked") throw error;
    app.logger.warn({ shopId }, "access token no longer valid");
  }
};

const CHANGES_FIGURES: ReadonlySet<WorkKind> = new Set(["sync", "catch_up", "recompute"]);

/** A long work, or a part of it: what only waits, or has had its turn, is put back into the queue. */
const workOn = (app: App, shopId: number, kind: WorkKind, signal: AbortSignal): Promise<void> =>
  withSignedIn(app, shopId, async (shop) => {
    const context = contextOf(app, shop, signal);
    const parked = await workOnShop(context, kind);
    if (parked) return app.jobs.carryOn(kind, shopId, parked.afterMs);
    if (!CHANGES_FIGURES.has(kind)) return;
    // Payments that webhooks have missed, and orders that were not paid.
    if (kind !== "recompute") await checkPayNow(context, null);
    // Tiers, costs and what was bought have changed: so has what customers are entitled to.
    await refreshPublication(app.pool, shopId, app.now());
  });

/** Works off what has come in; what failed before is looked at again when it is due. */
const drain = (app: App, shopId: number, signal: AbortSignal): Promise<void> =>
  withSignedIn(app, shopId, async (shop) => {
    const due = await drainInbox(contextOf(app, shop, signal));
    if (due) await app.jobs.drain(shopId, Math.max(0, due.getTime() - app.now().getTime()));
  });

/** Gives discounts for early payment; what cannot be finished now is carried on. */
const workOnRebates = (app: App, shopId: number, signal: AbortSignal): Promise<void> =>
  withSignedIn(app, shopId, async (shop) => {
    const parked = await giveRebates(contextOf(app, shop, signal));
    if (parked) await queueRebates(app.pool, shopId, Math.max(1, parked.afterMs));
  });

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
const complyWith = async (app: App, key: InboxKey, topic: ComplianceTopic, event: ApartEvent): Promise<void> => {
  const domain = await shopDomain(app.pool, key.shopId);
  if (domain === null) return;
  const isDone = await handleCompliance(
    { pool: app.pool, now: app.now, isInstalledAtShopify: () => isInstalledAtShopify(app, domain) },
    { ...event, ...key, topic },
  );
  app.logger.info({ shopId: key.shopId, topic, isDone }, "compliance webhook handled");
};

/** Shopify may tell of an uninstall a day late: one from before the app was installed again is none. */
const endShop = async (app: App, shopId: number, { triggeredAt }: ApartEvent): Promise<void> => {
  const shop = await findShopById(app.pool, shopId);
  if (!shop) return;
  if (await markUninstalled(app.pool, shop.domain, triggeredAt ?? app.now())) await forgetSessions(app, shop.domain);
};

/**
 * A new day of the shop's: what webhooks have missed is caught up with, and the tiers are set anew at the end of that, since
 * the window has moved on. Where Shopify cannot be read, they are set by what is there.
 */
const startDay = async (app: App, shopId: number): Promise<void> => {
  const latest = await app.pages.latestCatchUp(shopId);
  const isOfToday = latest !== null && app.now().getTime() - latest.startedAt.getTime() < MS_PER_DAY;
  if (isOfToday && latest.status === "failed") await app.jobs.runTiers(shopId);
  else await app.pages.requestCatchUp(shopId, app.now());
};

export const jobHandlers = (app: App): JobHandlers => ({
  sync_shop: ({ shopId }, signal) => workOn(app, shopId, "sync", signal),
  catch_up_shop: ({ shopId }, signal) => workOn(app, shopId, "catch_up", signal),
  publish_shop: ({ shopId }, signal) => workOn(app, shopId, "publish", signal),
  withdraw_shop: ({ shopId }, signal) => workOn(app, shopId, "withdraw", signal),
  backtest_shop: ({ shopId }, signal) => workOn(app, shopId, "backtest", signal),
  recompute_shop: ({ shopId }, signal) => workOn(app, shopId, "recompute", signal),
  reconcile_shop: ({ shopId }, signal) => workOn(app, shopId, "reconcile", signal),
  daily_runs: async () => {
    for (const { id } of await shopsDue(app.pool, app.now())) await startDay(app, id);
  },
  daily_cleanup: async () => {
    await app.jobs.forgetReplaced();
    const oldValues = await forgetOldValues(app.pool, app.now());
    app.logger.info({ ...(await cleanUp(app.pool, app.now())), oldValues }, "cleaned up");
  },
  sweep_inboxes: async () => {
    for (const id of await shopsWithEventsDue(app.pool, app.now())) await app.jobs.drain(id, 0);
    const works = await endGivenUpWorks(app.pool, app.now());
    if (works > 0) app.logger.warn({ works }, "works that nobody does any more have failed");
  },
  run_tiers: ({ shopId }) => withShop(app, shopId, (shop) => rankCustomers(app.pool, shop, app.now())),
  drain_inbox: ({ shopId }, signal) => drain(app, shopId, signal),
  give_rebates: ({ shopId }, signal) => workOnRebates(app, shopId, signal),
  inbox_event: async (key) => {
    const event = await findEvent(app.pool, key);
    if (!event) return;
    if (isComplianceTopic(key.topic)) await complyWith(app, key, key.topic, event);
    else await endShop(app, key.shopId, event);
    await markDone(app.pool, key.shopId, [key], app.now());
  },
});
