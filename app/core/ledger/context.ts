import type { CostRules } from "../costs/cost-rules.ts";
import type { DisputeState, Order } from "../orders/order.ts";
import type { Tier } from "../tiers/tier.ts";
import type { Instant, ShopDay } from "../time/shop-day.ts";
import type { LedgerEvent, Occasion } from "./entry.ts";

export interface UnitCost {
  /** Minor units of the shop's currency for one unit. */
  readonly amount: bigint;
  readonly provenance: "actual" | "rule";
}

/** The unit cost of a variant in force on a day; null where nobody gave one. */
export type UnitCostOn = (variantId: bigint, day: ShopDay) => UnitCost | null;

/** What Shopify says of a dispute where the scope is granted. */
export interface Dispute extends DisputeState {
  readonly amount: bigint | null;
  readonly fee: bigint | null;
  readonly at: Instant;
}

/** Store credit that was given for an order or taken back, by Shopify's transaction. Amounts in minor units, positive. */
export interface CreditMove {
  /** Null where the merchant said that it was given, and nobody knows by which transaction. */
  readonly id: bigint | null;
  readonly at: Instant;
  readonly amount: bigint;
}

/** What became of a discount for early payment that was given as store credit. */
export interface CreditRebate {
  readonly given: CreditMove;
  readonly takenBack: readonly CreditMove[];
  /** What expired without having been spent. */
  readonly expired: Omit<CreditMove, "id"> | null;
}

/** All that the ledger of an order follows from beside the order itself. */
export interface LedgerContext {
  readonly dayOf: (instant: Instant) => ShopDay;
  /** Until when open invoices have accrued their cost of credit. */
  readonly now: Instant;
  readonly unitCostOn: UnitCostOn;
  /** Grams of one unit; null where Shopify does not say. */
  readonly weightOf: (variantId: bigint) => number | null;
  readonly rules: CostRules;
  /** The tier in the latest run of whoever ordered; null where there is none yet. */
  readonly tierOf: (order: Order) => Tier | null;
  readonly disputeOf: (id: bigint) => Dispute | null;
  /** Store credit given for paying an order early; null where none was. */
  readonly rebateOf: (orderId: bigint) => CreditRebate | null;
}

/** When an event happened, as its entries are dated. */
export const occasion = (context: LedgerContext, event: LedgerEvent, at: Instant): Occasion => ({
  event,
  occurredAt: at,
  day: context.dayOf(at),
});

/** The event by which a line was sold: the order's own, or the one that added it later. */
export const saleOf = (order: Order, lineId: bigint, context: LedgerContext): Occasion => {
  const added = order.changes?.added.get(lineId);
  return added
    ? occasion(context, { type: added.type, id: added.id }, added.at)
    : occasion(context, { type: "order", id: order.id }, order.processedAt);
};
