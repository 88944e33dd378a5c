import type { CostRule } from "#app/core/costs/cost-rules.ts";
import type { Read } from "#app/core/costs/rule-json.ts";
import { record } from "./audit.server.ts";
import type { SignedIn } from "./sign-in.server.ts";

/**
 * Saves cost rules and, where they are other ones, has the ledger worked out again by them.
 *
 * @param after the version that was changed; null: whichever is the latest
 * @returns false where somebody else has changed the rules since
 */
export const saveRules = async (
  signedIn: SignedIn,
  rules: readonly CostRule[],
  after: number | null,
): Promise<boolean> => {
  const { app, shop } = signedIn;
  const saved = await app.pages.saveCostRules(shop.id, { rules, currency: shop.currency, after, now: app.now() });
  if (saved === null) return false;
  if (!saved.isNew) return true;
  await app.pages.requestRecompute(shop.id, app.now());
  await record(signedIn, { kind: "cost-rules-saved", version: saved.version });
  await record(signedIn, { kind: "recompute-requested" });
  return true;
};

/** Takes a list of rules as JSON text and saves all of it, or nothing and says what is wrong. */
export const saveRulesText = async (signedIn: SignedIn, text: string): Promise<Read<null>> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, faults: [{ rule: null, field: "", reason: "This is not JSON." }] };
  }
  const { app, shop } = signedIn;
  const read = app.pages.parseCostRules(json, shop.currency);
  if (!read.ok) return read;
  await saveRules(signedIn, read.value, null);
  return { ok: true, value: null };
};
