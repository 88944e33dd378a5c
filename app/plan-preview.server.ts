import { explainCart, type LineExplained } from "#app/checkout/price-cart.ts";
import type { Cart, CartBuyer, CartLine } from "#app/checkout/function-input.ts";
import { compilePlan } from "#app/core/plan/compile-plan.ts";
import type { CompiledPlan } from "#app/core/plan/compiled-plan.ts";
import { floorPrice } from "#app/core/plan/floor.ts";
import { standingAtLocation } from "#app/core/plan/standing.ts";
import { whyNot, type WhyNot } from "#app/core/plan/why-not.ts";
import { formatDay, shopDays } from "#app/core/time/shop-day.ts";
import { readUnitCosts } from "#app/db/ingest/write-catalog.server.ts";
import { collectionsOfProducts } from "#app/db/plan/groups-of-products.server.ts";
import { planBuyer } from "#app/db/plan/plan-buyers.server.ts";
import { planNumbers } from "#app/db/plan/plan-numbers.server.ts";
import { buyerChoice, variantsById, type VariantChoice } from "#app/db/plan/plan-page.server.ts";
import { latestPlan } from "#app/db/plan/plan-versions.server.ts";
import type { PlanAt } from "#app/pipeline/plan-values.ts";
import { standingsOf } from "#app/pipeline/plan-values.ts";
import type { App } from "#app/composition.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import { buyerInChoice, variantInChoice, type CartInChoices } from "#app/presenters/plan-choices.ts";

/** Whose plan is tried, and with what. */
interface Previewing {
  readonly app: Pick<App, "pool" | "now" | "discountFunction">;
  readonly shop: Shop;
}

/** A cart to try the plan on. */
export interface CartToTry {
  readonly buyer: { readonly kind: "customer" | "company"; readonly shopifyId: bigint } | null;
  readonly asksToPayNow: boolean;
  readonly lines: readonly { readonly variantId: bigint; readonly quantity: number }[];
}

export interface PreviewedLine extends LineExplained {
  readonly variant: VariantChoice;
  readonly quantity: number;
  readonly unitCost: bigint | null;
  readonly floor: bigint | null;
  /** Of each part that gives the line nothing, why. By the part's place in the compiled plan. */
  readonly whyNot: ReadonlyMap<number, WhyNot>;
}

export interface Preview {
  readonly version: number;
  readonly plan: CompiledPlan;
  readonly buyer: CartBuyer;
  readonly lines: readonly PreviewedLine[];
}

const GUEST: CartBuyer = { kind: "guest", standing: null };

const buyerOf = async (at: PlanAt, { buyer }: CartToTry): Promise<CartBuyer> => {
  const found = buyer && (await planBuyer(at.pool, at.shop.id, buyer.kind, buyer.shopifyId));
  if (!found) return GUEST;
  const standing = (await standingsOf(at, [found])).get(found.rowId) ?? null;
  const isPruned = found.flags.includes("prune");
  // Of several places, one where a company may pay now, for that can be tried.
  const place = found.locations.find(({ couldPayLater }) => couldPayLater) ?? found.locations[0];
  return { kind: found.kind, standing: place ? standingAtLocation(at.plan, standing, { isPruned }, place) : standing };
};

interface PricedLine {
  readonly line: CartLine;
  readonly variant: VariantChoice;
  readonly unitCost: bigint | null;
}

/** The lines with what the shop's catalog says of them today; variants that are not there are left out. */
const linesOf = async (at: PlanAt, { lines }: CartToTry): Promise<PricedLine[]> => {
  const { pool, shop, plan, numbers, now } = at;
  const ids = lines.map(({ variantId }) => variantId);
  const variants = new Map((await variantsById(pool, shop.id, ids)).map((variant) => [variant.id, variant]));
  const unitCostOn = await readUnitCosts(pool, shop.id, ids);
  const productIds = [...variants.values()].map(({ productId }) => productId);
  const collections = await collectionsOfProducts(pool, shop.id, productIds);
  const today = shopDays(shop.timeZone)(now.getTime());
  return lines.flatMap(({ variantId, quantity }): PricedLine[] => {
    const variant = variants.get(variantId);
    if (!variant) return [];
    const { productId, price, compareAtPrice, giftCard } = variant;
    const unitCost = unitCostOn(variantId, today)?.amount ?? null;
    const groups = (collections.get(productId) ?? []).flatMap((handle) => numbers.groups.get(handle) ?? []);
    const line: CartLine = {
      variantId,
      productId,
      quantity,
      unitPrice: price,
      compareAtPrice,
      giftCard,
      isSubscription: false,
      floor: giftCard ? null : floorPrice(unitCost, plan, shop.taxesIncluded),
      groups: groups.length > 0 ? groups : null,
    };
    return [{ line, variant, unitCost }];
  });
};

/**
 * What the plan as it was last saved would give at checkout, by the very Function that runs there: published or not.
 *
 * @returns null where there is no plan, or one that cannot be published
 */
export const previewCart = async ({ app, shop }: Previewing, cart: CartToTry): Promise<Preview | null> => {
  const saved = await latestPlan(app.pool, shop.id);
  if (!saved) return null;
  const numbers = await planNumbers(app.pool, shop.id, saved.plan);
  const compiled = compilePlan(saved.plan, numbers, shop.currency);
  if (!compiled.ok) return null;
  const { plan } = compiled;
  const at = { pool: app.pool, shop, plan: saved.plan, numbers, now: app.now() };
  const buyer = await buyerOf(at, cart);
  const { asksToPayNow } = cart;
  const priced = await linesOf(at, cart);
  const lines = priced.map(({ line }) => line);
  const day = formatDay(shopDays(shop.timeZone)(at.now.getTime()));
  const tried: Cart = { currency: shop.currency, rate: "1", day, language: "EN", buyer, asksToPayNow, lines };
  const explained = explainCart(app.discountFunction(), tried, plan);
  return {
    version: saved.version,
    plan,
    buyer,
    lines: priced.flatMap(({ line, variant, unitCost }, index): PreviewedLine[] => {
      const one = explained[index];
      if (!one) return [];
      const nothing = one.parts.filter(({ amount }) => amount === 0n).map(({ part }) => part);
      const reasons = nothing.flatMap((place) => {
        const part = plan.parts[place];
        return part ? [[place, whyNot(part, line, { lines, buyer, plan, asksToPayNow })] as const] : [];
      });
      return [{ ...one, variant, quantity: line.quantity, unitCost, floor: line.floor, whyNot: new Map(reasons) }];
    }),
  };
};

/** What the form of the preview holds: whom and what a cart names. */
export const cartInChoices = async ({ app, shop }: Previewing, { buyer, lines }: CartToTry): Promise<CartInChoices> => {
  const ids = lines.map(({ variantId }) => variantId);
  const [who, named] = await Promise.all([
    buyer && buyerChoice(app.pool, shop.id, buyer),
    variantsById(app.pool, shop.id, ids),
  ]);
  const variants = new Map(named.map((variant) => [variant.id, variant]));
  return {
    buyer: who && buyerInChoice(who),
    lines: lines.map(({ variantId, quantity }) => {
      const variant = variants.get(variantId);
      return { variant: variant ? variantInChoice(variant) : null, quantity: String(quantity) };
    }),
  };
};
