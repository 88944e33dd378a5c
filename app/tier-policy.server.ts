import type { TierPin } from "#app/core/tiers/pin.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { refreshCustomers } from "#app/pipeline/refresh-customers.ts";
import type { SignedIn } from "#app/sign-in.server.ts";

/** Saves the shop's policy, and has everybody's tier worked out by it soon. */
export const savePolicy = async ({ app, shop }: SignedIn, policy: TierPolicy): Promise<void> => {
  await app.pages.saveTierPolicy(shop.id, policy);
  await app.jobs.runTiers(shop.id);
};

/** Pins a customer to a tier, or takes the pin away (null). It shows at once: a run for one customer would be too much. */
export const changePin = async ({ app, shop }: SignedIn, customerId: bigint, pin: TierPin | null): Promise<void> => {
  const now = app.now();
  if (pin) await app.pages.savePin(shop.id, customerId, pin, now);
  else await app.pages.removePin(shop.id, customerId);
  await refreshCustomers(app.pool, shop, [customerId], now);
};
