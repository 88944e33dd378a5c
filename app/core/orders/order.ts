import type { Instant } from "../time/shop-day.ts";

/**
 * An order as the ledger needs it. All amounts are minor units of the shop's currency; in a shop whose prices include
 * tax they include it, and `tax` is the part contained.
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
  readonly total: bigint;
  readonly presentment: { readonly currency: string; readonly total: bigint };
  readonly companyId: bigint | null;
  readonly companyLocationId: bigint | null;
  readonly customerId: bigint | null;
  readonly email: string | null;
  readonly lines: readonly OrderLine[];
  readonly shipping: Shipping | null;
  readonly transactions: readonly Transaction[];
  /** Null while they have not been read: a bulk query can say that an order has refunds, not what was refunded. */
  readonly refunds: readonly Refund[] | null;
}

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
  readonly giftCard: boolean;
}

export interface Shipping {
  readonly discountedPrice: bigint;
  readonly tax: bigint;
}

export interface Transaction {
  readonly id: bigint;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string | null;
  readonly processedAt: Instant;
  /** What the payment provider kept; `none` where Shopify says nothing of it, `unknown` where it cannot be converted. */
  readonly fee: { readonly known: bigint } | "none" | "unknown";
}

export interface Refund {
  readonly id: bigint;
  readonly at: Instant;
  readonly lines: readonly RefundLine[];
  readonly shipping: { readonly amount: bigint; readonly tax: bigint };
  /** Beyond lines and shipping, net of tax: negative was given back, positive was kept. */
  readonly adjustment: bigint;
}

export interface RefundLine {
  readonly lineId: bigint;
  readonly quantity: number;
  readonly restocked: boolean;
  readonly amount: bigint;
  readonly tax: bigint;
}

/** A payment that brought money in, or holds it: what makes a cancelled order one that was paid. */
const isPayment = (transaction: Transaction): boolean =>
  (transaction.kind === "SALE" || transaction.kind === "CAPTURE") && transaction.status === "SUCCESS";

/** Whether an order counts towards profit: not a test, and not cancelled before it was ever paid. */
export const isCounted = (order: Order): boolean =>
  !order.test && (order.cancelledAt === null || order.transactions.some(isPayment));
