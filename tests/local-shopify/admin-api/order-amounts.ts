import { currentTotalsOf } from "#tests/local-shopify/world/current-totals.ts";
import { AdditionalFeeSource, CashRoundingSource } from "./charge-fields.ts";
import type { Resolver } from "./define-type.ts";
import type { MoneyBagSource } from "./money-source.ts";
import type { OrderSource } from "./order-sources.ts";

const original: Record<string, Resolver<OrderSource>> = {
  subtotalPriceSet: (source) => source.bag(source.figures.totals.subtotal),
  totalPriceSet: (source) => source.bag(source.figures.totals.total),
  originalTotalPriceSet: (source) => source.bag(source.figures.totals.originalTotal),
  totalDiscountsSet: (source) => source.bag(source.figures.totals.discounts),
  totalShippingPriceSet: (source) => source.bag(source.figures.totals.shipping),
  totalTaxSet: (source) => source.bag(source.figures.totals.tax),
  totalTipReceivedSet: (source) => source.bag(source.figures.tip),
  originalTotalDutiesSet: (source) => ifCharged(source, source.figures.totals.originalDuties),
  originalTotalAdditionalFeesSet: (source) => additionalFees(source),
  additionalFees: (source) =>
    source.figures.additionalFees.map((fee, index) => new AdditionalFeeSource(source, fee, { index, isSale: false })),
};

const current: Record<string, Resolver<OrderSource>> = {
  currentTotalPriceSet: (source) => source.bag(source.figures.totals.currentTotal),
  currentSubtotalPriceSet: (source) => source.bag(currentOf(source).subtotal),
  currentTotalTaxSet: (source) => source.bag(currentOf(source).tax),
  currentShippingPriceSet: (source) => source.bag(currentOf(source).shipping),
  currentTotalDutiesSet: (source) => (source.figures.totals.duties > 0n ? source.bag(currentOf(source).duties) : null),
  currentTotalAdditionalFeesSet: (source) => additionalFees(source),
  refundDiscrepancySet: (source) => source.bag(currentOf(source).refundDiscrepancy),
};

const payments: Record<string, Resolver<OrderSource>> = {
  totalReceivedSet: (source) => source.bag(source.figures.totals.received),
  totalRefundedSet: (source) => source.bag(source.figures.totals.refunded),
  totalOutstandingSet: (source) => source.bag(source.figures.totals.outstanding),
  netPaymentSet: (source) => source.bag(source.figures.totals.received - source.figures.totals.refunded),
  totalRefundedShippingSet: (source) =>
    source.bag(source.figures.refunds.reduce((sum, refund) => sum + refund.shipping, 0n)),
  totalCashRoundingAdjustment: (source) => new CashRoundingSource(source),
};

/** The money of an order: as it was asked for, as it is after edits and returns, as it was paid. */
export const orderAmounts: Record<string, Resolver<OrderSource>> = { ...original, ...current, ...payments };

function currentOf({ figures }: OrderSource) {
  return currentTotalsOf(figures);
}

/** Null, and not zero, on orders to which no duties apply. */
function ifCharged(source: OrderSource, minor: bigint): MoneyBagSource | null {
  return minor > 0n ? source.bag(minor) : null;
}

/** Additional fees are never given back: what was charged stays. */
function additionalFees(source: OrderSource): MoneyBagSource | null {
  return source.figures.additionalFees.length > 0 ? source.bag(source.figures.totals.additionalFees) : null;
}
