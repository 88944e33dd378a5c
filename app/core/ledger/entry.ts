import type { Instant, ShopDay } from "../time/shop-day.ts";

/** Every kind of entry, in the order of the waterfall from gross sales to the customer's profit contribution (CM4). */
export const ENTRY_KINDS = [
  "gross_sale",
  "discount",
  "return",
  "refund_adjustment",
  "other_revenue",
  "cogs",
  "cogs_restocked",
  "shipping_revenue",
  "shipping_cost",
  "handling_cost",
  "return_handling",
  "payment_fee",
  "fx_adjustment",
  "incentive",
  "cost_to_serve",
  "credit_cost",
  "chargeback",
  "write_off",
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * How sure the amount is: `actual` came from Shopify as it stands; `rule` was worked out by a rule of the shop's (today's
 * unit cost for older orders, for one); `unknown` is an amount nobody gave, held as 0 and counted in the cost coverage.
 */
export type Provenance = "actual" | "rule" | "unknown";

export const EVENT_TYPES = ["order", "edit", "return", "refund", "transaction", "dispute"] as const;

/** The Shopify event that an entry records. */
export interface LedgerEvent {
  readonly type: (typeof EVENT_TYPES)[number];
  readonly id: bigint;
}

/** An event with its time: what every entry of the event is dated by. */
export interface Occasion {
  readonly event: LedgerEvent;
  readonly occurredAt: Instant;
  readonly day: ShopDay;
}

/**
 * One movement of profit. Facts come from Shopify and are only ever added; derived entries (`ruleVersion` set) follow a
 * rule and are replaced when the rule or what it reads changes. Signed: what the customer brought is positive.
 */
export interface LedgerEntry extends Occasion {
  readonly kind: EntryKind;
  readonly lineId: bigint | null;
  readonly amount: bigint;
  readonly provenance: Provenance;
  readonly ruleVersion: number | null;
}

/** An entry as Shopify's word has it. */
export const fact = (kind: EntryKind, lineId: bigint | null, when: Occasion, amount: bigint): LedgerEntry => ({
  kind,
  lineId,
  ...when,
  amount,
  provenance: "actual",
  ruleVersion: null,
});
