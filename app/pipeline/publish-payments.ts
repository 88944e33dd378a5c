import { PLAN_VERSION } from "#app/core/plan/compiled-plan.ts";
import { payNowOf, type PayNow } from "#app/core/plan/plan.ts";
import { sameJson } from "#app/core/plan/same-json.ts";
import { publicationOf, saveCustomization, type PayNowState } from "#app/db/plan/publication.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import {
  createCustomization,
  deleteCustomization,
  readCustomization,
  updateCustomization,
  type CustomizationAtShopify,
  type CustomizationToWrite,
} from "#app/shopify/payment-customization.server.ts";
import type { StageContext } from "./bulk-stage.ts";
import type { PipelineContext, PipelineShop } from "./context.ts";
import { planInForce, type PlanInForce } from "./plan-in-force.ts";

const SCOPE = "write_payment_customizations";

/** The customization that a plan's pay-now part asks for. */
const customizationOf = ({ methods }: PayNow, { isPlus }: PipelineShop): CustomizationToWrite => ({
  title: "Pay now",
  payments: JSON.stringify({
    v: PLAN_VERSION,
    methods,
    ...(isPlus ? { terms: true } : {}),
  }),
});

const stateOf = (is: CustomizationAtShopify | null, wanted: CustomizationToWrite): PayNowState => {
  if (!is) return "deleted";
  if (!is.isEnabled) return "disabled";
  return sameJson(is.payments, wanted.payments) ? "on" : "changed";
};

/**
 * Makes the customization what the plan asks for. What somebody has changed since it was published is not written over by a
 * refresh: pay-now goes off and says why, until the merchant publishes again.
 */
const bringThere = async (
  { ask }: PipelineContext,
  { publication }: PlanInForce,
  wanted: CustomizationToWrite,
): Promise<{ readonly customizationId: bigint | null; readonly payNow: PayNowState }> => {
  const { customizationId, publishedAt, payNow } = publication;
  const there = customizationId === null ? null : await readCustomization(ask, customizationId);
  const state = stateOf(there, wanted);
  if (state === "on") return { customizationId, payNow: "on" };
  if (publishedAt !== null && payNow === "on") return { customizationId, payNow: state };
  // Once it is off because of what somebody did, only a publication by hand switches it on.
  if (publishedAt !== null && customizationId !== null) return { customizationId, payNow: state };
  const written = there ? await updateCustomization(ask, there.id, wanted) : await createCustomization(ask, wanted);
  if (typeof written === "string") return { customizationId: there?.id ?? null, payNow: written };
  if (stateOf(written, wanted) !== "on")
    throw new ShopifyError("refused", "The payment customization is not as written");
  return { customizationId: written.id, payNow: "on" };
};

/**
 * Sees to it that buyers who ask to pay now are held to it, before the discount rewards them for it. Where that cannot be,
 * the plan goes to the checkout without its pay-now part.
 */
export const publishPayments = async (context: PipelineContext): Promise<void> => {
  const { pool, shop } = context;
  const at = await planInForce(context);
  if (!at) return;
  const part = payNowOf(at.plan);
  const { customizationId } = at.publication;
  if (!part) return saveCustomization(pool, shop.id, { customizationId, payNow: null });
  if (!shop.scopes.includes(SCOPE)) return saveCustomization(pool, shop.id, { customizationId, payNow: "no-scope" });
  await saveCustomization(pool, shop.id, await bringThere(context, at, customizationOf(part, shop)));
};

/** Takes the customization away once no discount rewards paying now any more. */
export const dropIdleCustomization = async ({ pool, shop, ask }: PipelineContext): Promise<void> => {
  const { customizationId, payNow } = await publicationOf(pool, shop.id);
  if (customizationId === null || payNow !== null) return;
  await deleteCustomization(ask, customizationId);
  await saveCustomization(pool, shop.id, { customizationId: null, payNow: null });
};

/** Takes the customization away, after the discount: nobody is rewarded for paying now without being held to it. */
export const withdrawPayments = async (context: StageContext): Promise<void> => {
  const { pool, shop, ask } = context;
  const { customizationId } = await publicationOf(pool, shop.id);
  if (customizationId === null) return;
  await deleteCustomization(ask, customizationId);
  if (await readCustomization(ask, customizationId)) {
    throw new ShopifyError("refused", "The payment customization is still there");
  }
  await saveCustomization(pool, shop.id, { customizationId: null, payNow: null });
};
