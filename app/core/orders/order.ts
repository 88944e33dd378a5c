import type { Instant } from "../time/shop-day.ts";

/**
 * An order as the ledger needs it, as Shopify tells it. All amounts are minor units of the shop's currency; in a shop
 * whose prices include tax they include it, and `tax` is the part contained.
 */
export interface Order {
  readonly id: bigint;
  readonly name: string;
  readonly processedAt: Instant;
  readonly updatedAt: Instant;
  readonly cancelledAt: Instant | null;
  readonly test: boolean;
  readonly taxesIncluded: boolean;
  readonly currency: string;
  /** What was asked for in all, before removals and returns. */
  readonly total: bigint;
  /** `total` after removals and refunds, as Shopify prints it: what reconciliation compares the ledger with. */
  readonly currentTotal: bigint;
  readonly presentment: { readonly currency: string; readonly total: bigint };
  readonly companyId: bigint | null;
  readonly companyLocationId: bigint | null;
  readonly customerId: bigint | null;
  readonly email: string | null;
  /** ISO 3166 code of where it is sent; null where Shopify does not say. */
  readonly country: string | null;
  readonly origin: OrderOrigin;
  readonly lines: readonly OrderLine[];
  readonly shipping: readonly Shipping[];
  /** Given on top for the staff: passed on, never revenue. */
  readonly tip: bigint;
  readonly additionalFees: readonly AdditionalFee[];
  readonly transactions: readonly Transaction[];
  readonly terms: PaymentTerms | null;
  readonly disputes: readonly DisputeState[];
  /**
   * What happened to the order after it was placed. Null while it has not been read: a bulk query can say that an order was
   * changed, not how.
   */
  readonly changes: OrderChanges | null;
}

/** How an order came about. */
export interface OrderOrigin {
  /** Shopify's name of the channel: "web", "pos", "shopify_draft_order", or an app's number; null where nobody says. */
  readonly source: string | null;
  /** The cart asked for the pay-now discount: a wish, and no proof of payment. */
  readonly asksToPayNow: boolean;
  /** A discount code was used. */
  readonly usedCodes: boolean;
}

export const UNKNOWN_ORIGIN: OrderOrigin = { source: null, asksToPayNow: false, usedCodes: false };

export interface OrderLine {
  readonly id: bigint;
  readonly variantId: bigint | null;
  readonly title: string;
  readonly sku: string | null;
  /** Units ordered, refunded and removed ones included. */
  readonly quantity: number;
  readonly unitPrice: bigint;
  /** All discounts that Shopify allocated to the line: its own and its share of the order's. */
  readonly discount: bigint;
  readonly tax: bigint;
  /** Customs duties charged for the line, their tax included: passed on, never revenue. */
  readonly duties: bigint;
  readonly giftCard: boolean;
}

export interface Shipping {
  readonly discountedPrice: bigint;
  readonly tax: bigint;
}

/** A fee that the buyer was charged beside goods and shipping. */
export interface AdditionalFee {
  readonly id: bigint;
  readonly amount: bigint;
  readonly tax: bigint;
}

export interface Transaction {
  readonly id: bigint;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string | null;
  readonly processedAt: Instant;
  readonly amount: bigint;
  /** What the payment provider kept; `none` where Shopify says nothing of it, `unknown` where it cannot be converted. */
  readonly fee: { readonly known: bigint } | "none" | "unknown";
  /** Gained or lost (negative) because the exchange rate moved between a payment and its refund. */
  readonly exchangeAdjustment: bigint;
  /** By how much cash was rounded: a payment of 9.98 taken as 10.00 is 0.02. */
  readonly rounding: bigint;
}

export interface PaymentTerms {
  /** When the invoice was issued; null while nothing says so (terms that begin with fulfilment). */
  readonly issuedAt: Instant | null;
  /** Days from issue to due day; null for terms that name a date, or none. */
  readonly dueInDays: number | null;
  /** When it falls due; null for terms without a date. */
  readonly dueAt: Instant | null;
}

/** A payment that the buyer's bank contests, as the order shows it: how it stands, without the amount. */
export interface DisputeState {
  readonly id: bigint;
  readonly status: string;
}

/** An edit of the order or a return: what units were added or taken off by, and when. */
export interface ChangeEvent {
  readonly type: "edit" | "return";
  readonly id: bigint;
  readonly at: Instant;
}

export interface OrderChanges {
  /** Lines that came later, by their ids: added by an edit or sent in exchange. */
  readonly added: ReadonlyMap<bigint, ChangeEvent>;
  /** Units taken off, and returned units that no refund names. */
  readonly removals: readonly Removal[];
  /** Fees that the shop kept of what came back, such as restocking fees. */
  readonly returnFees: readonly ReturnFee[];
  readonly refunds: readonly Refund[];
  /** Sales that Shopify itself calls unknown: an open question, never guessed. */
  readonly unknownSales: number;
}

export interface Removal {
  readonly event: ChangeEvent;
  readonly lineId: bigint;
  readonly quantity: number;
}

export interface ReturnFee {
  readonly event: ChangeEvent;
  readonly amount: bigint;
  readonly tax: bigint;
}

export interface Refund {
  readonly id: bigint;
  readonly at: Instant;
  readonly lines: readonly RefundLine[];
  readonly shipping: { readonly amount: bigint; readonly tax: bigint };
  readonly duties: bigint;
  /** Beyond lines and shipping, net of tax: negative was given back, positive was kept. */
  readonly adjustment: bigint;
  /** Comes on top of the adjustment, with its sign. */
  readonly adjustmentTax: bigint;
}

export interface RefundLine {
  readonly lineId: bigint;
  readonly quantity: number;
  readonly restockType: RestockType;
  readonly amount: bigint;
  readonly tax: bigint;
  /** When its units left the order, where a return was opened before the refund; left out: with the refund. */
  readonly leftAt?: Instant | undefined;
}

export type RestockType = "RETURN" | "NO_RESTOCK" | "CANCEL" | "LEGACY_RESTOCK";

export const NO_CHANGES: OrderChanges = {
  added: new Map(),
  removals: [],
  returnFees: [],
  refunds: [],
  unknownSales: 0,
};

/** A payment that brought money in: what makes a cancelled order one that was paid. */
export const isPayment = ({ kind, status }: Transaction): boolean =>
  (kind === "SALE" || kind === "CAPTURE") && status === "SUCCESS";

/** Whether an order counts towards profit: not a test, and not cancelled before it was ever paid. */
export const isCounted = (order: Pick<Order, "test" | "cancelledAt" | "transactions">): boolean =>
  !order.test && (order.cancelledAt === null || order.transactions.some(isPayment));
