import type { TierPin } from "#app/core/tiers/pin.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { refreshCustomers } from "#app/pipeline/refresh-customers.ts";
import { record } from "#app/audit.server.ts";
import type { SignedIn } from "#app/sign-in.server.ts";

/** Saves the shop's policy, and has everybody's tier worked out by it soon. */
export const savePolicy = async (signedIn: SignedIn, policy: TierPolicy): Promise<void> => {
  const { app, shop } = signedIn;
  await app.pages.saveTierPolicy(shop.id, policy);
  await app.jobs.runTiers(shop.id);
  await record(signedIn, { kind: "policy-saved", method: policy.method });
};

/**
 * Pins a customer to a tier, or takes the pin away (null). It shows at once: a run for one customer would be too much.
 *
 * @throws Response 404 where the shop has no such customer, or none that can be pinned
 */
export const changePin = async (signedIn: SignedIn, customerId: bigint, pin: TierPin | null): Promise<void> => {
  const { app, shop } = signedIn;
  const now = app.now();
  const had = await app.pages.tierPin(shop.id, customerId);
  if (pin) await app.pages.savePin(shop.id, customerId, pin, now);
  else await app.pages.removePin(shop.id, customerId);
  const has = await app.pages.tierPin(shop.id, customerId);
  if (pin && !has) throw new Response(null, { status: 404 });
  if (!had && !has) return;
  await refreshCustomers(app.pool, shop, [customerId], now);
  const customer = customerId.toString();
  await record(signedIn, pin ? { kind: "pin-set", customer, tier: pin.tier } : { kind: "pin-removed", customer });
};
