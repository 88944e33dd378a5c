import { gidOf } from "#app/core/ids/gid.ts";
import { allPages } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { OTHER_DISCOUNTS, PLAN_DISCOUNT } from "./operations/plan.ts";

/** The discount of a plan as it is at Shopify. */
export interface DiscountAtShopify {
  /** The plan in its metafield, as text; null where there is none. */
  readonly plan: string | null;
  readonly title: string;
  readonly status: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly discountClasses: readonly string[];
  readonly combinesWith: {
    readonly orderDiscounts: boolean;
    readonly productDiscounts: boolean;
    readonly shippingDiscounts: boolean;
  };
}

/** @returns null where it was deleted. @throws ShopifyError */
export const readPlanDiscount = async (ask: Ask, id: bigint): Promise<DiscountAtShopify | null> => {
  const { discountNode: node } = await ask(PLAN_DISCOUNT, { id: gidOf("DiscountAutomaticNode", id) });
  const discount = node?.discount;
  if (discount?.__typename !== "DiscountAutomaticApp") return null;
  return {
    plan: node?.metafield?.value ?? null,
    title: discount.title,
    status: discount.status,
    startsAt: new Date(discount.startsAt),
    endsAt: discount.endsAt ? new Date(discount.endsAt) : null,
    discountClasses: discount.discountClasses,
    combinesWith: discount.combinesWith,
  };
};

/** An automatic discount that is not the plan's. */
export interface OtherDiscount {
  readonly title: string;
  /** Another app's Function: what it gives nobody here knows. */
  readonly isApp: boolean;
  readonly combinesWithProducts: boolean;
}

/** Active automatic discounts beside the plan's. @throws ShopifyError */
export const readOtherDiscounts = async (ask: Ask, own: bigint | null): Promise<OtherDiscount[]> => {
  const nodes = await allPages(async (after) => (await ask(OTHER_DISCOUNTS, { after })).discountNodes);
  return nodes.flatMap(({ id, discount }): OtherDiscount[] => {
    if (id.endsWith(`/${own}`) || !("title" in discount) || discount.status !== "ACTIVE") return [];
    const isApp = discount.__typename === "DiscountAutomaticApp";
    return [{ title: discount.title, isApp, combinesWithProducts: discount.combinesWith.productDiscounts }];
  });
};
