import { spreadOverShipping } from "#tests/local-shopify/world/shipping-refunds.ts";
import { dutiesOf } from "./charge-fields.ts";
import { defineType, firstOf } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import type { MoneyBagSource } from "./money-source.ts";
import {
  DiscountAllocationSource,
  LineItemSource,
  type OrderSource,
  partId,
  ShippingLineSource,
  TaxLineSource,
} from "./order-sources.ts";
import { WeightSource } from "./product-fields.ts";
import { ProductSource, VariantSource } from "./sources.ts";

export const lineTypes = [
  defineType("LineItem", LineItemSource, {
    id: ({ id }) => gid("LineItem", id),
    title: ({ figures }) => figures.line.title,
    sku: (source) => variantOf(source)?.item.variant.sku ?? null,
    variantTitle: (source) => variantOf(source)?.item.variant.title ?? null,
    vendor: (source) => variantOf(source)?.item.product.vendor ?? null,
    quantity: ({ figures }) => figures.line.quantity,
    currentQuantity: ({ currentQuantity }) => currentQuantity,
    refundableQuantity: ({ currentQuantity }) => currentQuantity,
    isGiftCard: ({ figures }) => figures.line.giftCard,
    variant: (source) => variantOf(source),
    product: (source) => {
      const variant = variantOf(source);
      return variant && new ProductSource(variant.item.product);
    },
    originalUnitPriceSet: ({ parent, figures }) => parent.bag(figures.unitPrice),
    originalTotalSet: ({ parent, figures }) => parent.bag(figures.originalTotal),
    discountedTotalSet: ({ parent, figures }, args) => {
      if (args["withCodeDiscounts"] === true)
        throw new NotInLocalShopify("discountedTotalSet(withCodeDiscounts: true)");
      return parent.bag(figures.discountedTotal);
    },
    priceAfterAllDiscountsBeforeTaxesSet: ({ parent, figures }) => parent.bag(figures.net),
    discountAllocations: ({ parent, figures }) =>
      [figures.lineDiscount, figures.orderDiscount]
        .filter((amount) => amount > 0n)
        .map((amount) => new DiscountAllocationSource(parent.bag(amount))),
    taxLines: (source, args) => firstOf(taxLinesOf(source), args),
    duties: (source) => dutiesOf(source),
    // Of one unit; the world knows none of what has no variant.
    weight: (source) => {
      const variant = variantOf(source)?.item.variant;
      return variant ? new WeightSource(variant.weightGrams) : null;
    },
  }),
  defineType("ShippingLine", ShippingLineSource, {
    id: ({ parent, index }) => gid("ShippingLine", partId(parent.order.id, index)),
    title: ({ figures }) => {
      if (figures.shipping.title === undefined)
        throw new NotInLocalShopify("ShippingLine.title where the world has none");
      return figures.shipping.title;
    },
    isRemoved: () => false,
    originalPriceSet: ({ parent, figures }) => parent.bag(figures.price),
    discountedPriceSet: ({ parent, figures }) => parent.bag(figures.price - figures.discount),
    currentDiscountedPriceSet: (source) => source.parent.bag(currentPrice(source)),
    discountAllocations: ({ parent, figures }) =>
      figures.discount > 0n ? [new DiscountAllocationSource(parent.bag(figures.discount))] : [],
    taxLines: ({ parent, figures }) => sumOfTaxes(parent, figures.tax),
  }),
  defineType("DiscountAllocation", DiscountAllocationSource, { allocatedAmountSet: ({ amount }) => amount }),
  defineType("TaxLine", TaxLineSource, {
    priceSet: ({ amount }): MoneyBagSource => amount,
    title: (source) => detailOf(source, "title").title,
    rate: (source) => Number(detailOf(source, "rate").rate),
    ratePercentage: (source) => Number(detailOf(source, "ratePercentage").rate) * 100,
  }),
];

/** Null for a custom line and for a line whose product is deleted. */
function variantOf({ parent, figures }: LineItemSource): VariantSource | null {
  const { variantId } = figures.line;
  const item = variantId === null ? undefined : parent.store.world.variants.get(variantId);
  return item ? new VariantSource(item) : null;
}

/** What is left of a shipping line's price after its discount and all that was given back of it. */
function currentPrice({ parent, figures, index }: ShippingLineSource): bigint {
  const parts = spreadOverShipping(parent.figures).flat();
  const back = parts.filter((part) => part.index === index).map(({ amount }) => amount);
  return back.reduce((left, amount) => left - amount, figures.price - figures.discount);
}

export function taxLinesOf({ parent, figures }: LineItemSource): TaxLineSource[] {
  const { taxes } = figures.line;
  if (!taxes) return sumOfTaxes(parent, figures.tax);
  return taxes.map(({ title, rate, amount }) => new TaxLineSource(parent.written(amount), { title, rate }));
}

export function sumOfTaxes(parent: OrderSource, tax: bigint): TaxLineSource[] {
  return tax > 0n ? [new TaxLineSource(parent.bag(tax), null)] : [];
}

function detailOf(source: TaxLineSource, field: string): { title: string; rate: string } {
  if (!source.detail) throw new NotInLocalShopify(`TaxLine.${field} where the world says only the sum`);
  return source.detail;
}
