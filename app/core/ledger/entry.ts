import type { Instant, ShopDay } from "../time/shop-day.ts";

/** Every kind of entry, in the order of the waterfall from gross sales to the customer's profit contribution (CM4). */
export const ENTRY_KINDS = [
  "gross_sale",
  "discount",
  "return",
  "refund_adjustment",
  "cogs",
  "cogs_restocked",
  "shipping_revenue",
  "payment_fee",
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * How sure the amount is: `actual` came from Shopify as it stands; `rule` was worked out by a rule of the shop's (today's
 * unit cost for older orders, for one); `unknown` is an amount nobody gave, held as 0 and counted in the cost coverage.
 */
export type Provenance = "actual" | "rule" | "unknown";

/** The Shopify event that an entry records. */
export interface LedgerEvent {
  readonly type: "order" | "refund" | "transaction";
  readonly id: bigint;
}

/**
 * One movement of profit. Facts come from Shopify and are only ever added; derived entries (`ruleVersion` set) follow a
 * rule and are replaced when the rule or what it reads changes. Signed: what the customer brought is positive.
 */
export interface LedgerEntry {
  readonly kind: EntryKind;
  readonly lineId: bigint | null;
  readonly event: LedgerEvent;
  readonly occurredAt: Instant;
  readonly day: ShopDay;
  readonly amount: bigint;
  readonly provenance: Provenance;
  readonly ruleVersion: number | null;
}
