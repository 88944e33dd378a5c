import type { Ask } from "./gateway.server.ts";
import { SHOP_FACTS } from "./operations/shop.ts";

/** What the shop says of itself, and which access scopes the app has there. */
export interface ShopAnswer {
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxesIncluded: boolean;
  readonly planName: string;
  readonly isPlus: boolean;
  readonly scopes: readonly string[];
}

/** @throws ShopifyError */
export const readShopFacts = async (ask: Ask): Promise<ShopAnswer> => {
  const { shop, currentAppInstallation } = await ask(SHOP_FACTS, {});
  return {
    domain: shop.myshopifyDomain,
    name: shop.name,
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    taxesIncluded: shop.taxesIncluded,
    planName: shop.plan.publicDisplayName,
    isPlus: shop.plan.shopifyPlus,
    scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
  };
};
