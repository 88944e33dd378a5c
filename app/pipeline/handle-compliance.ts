import type pg from "pg";
import type { ComplianceTopic } from "#app/core/webhooks/topics.ts";
import type { ApartEvent } from "#app/db/inbox/waiting-events.server.ts";
import { keepDataRequest } from "#app/db/privacy/data-requests.server.ts";
import { redactCustomer } from "#app/db/privacy/redact-customer.server.ts";
import { redactShop } from "#app/db/privacy/redact-shop.server.ts";
import { forgetExports } from "#app/db/sync-progress.server.ts";
import { markGone } from "#app/db/shops.server.ts";

export interface ComplianceEvent extends ApartEvent {
  readonly shopId: number;
  readonly eventId: string;
  readonly topic: ComplianceTopic;
}

export interface ComplianceContext {
  readonly pool: pg.Pool;
  readonly now: () => Date;
  /** Whether Shopify still takes the shop's token. */
  readonly isInstalledAtShopify: () => Promise<boolean>;
}

/**
 * Handles what Shopify asks about personal data. It needs nothing of Shopify's but the question itself, so that it works
 * for shops that have uninstalled the app.
 *
 * @returns whether something was done: a shop that has been installed again is not erased
 */
export const handleCompliance = async (context: ComplianceContext, event: ComplianceEvent): Promise<boolean> => {
  const { pool, now } = context;
  const { shopId, eventId, topic, person, receivedAt } = event;
  if (topic === "shop/redact") return eraseShop(context, shopId);
  if (person === null) return false;
  if (topic === "customers/redact") {
    await redactCustomer(pool, shopId, person, now());
    // An export that was made before names the person still.
    await forgetExports(pool, shopId);
  } else await keepDataRequest(pool, { shopId, eventId, requestedAt: receivedAt }, person);
  return true;
};

const eraseShop = async ({ pool, now, isInstalledAtShopify }: ComplianceContext, shopId: number): Promise<boolean> => {
  if (await redactShop(pool, shopId)) return true;
  // The shop counts as installed: it is installed again, or its uninstall was never told. Its token knows which.
  if (await isInstalledAtShopify()) return false;
  await markGone(pool, shopId, now());
  return redactShop(pool, shopId);
};
