import {
  NO_CHANGES,
  UNKNOWN_ORIGIN,
  type Order,
  type OrderChanges,
  type OrderLine,
  type Refund,
  type RefundLine,
  type Transaction,
} from "#app/core/orders/order.ts";

/** An instant from an ISO string, for tests that name their instants. */
export const at = (iso: string): number => Date.parse(iso);

/** One unit at 10.00, no discount, no tax. */
export const anOrderLine = (part: Partial<OrderLine> = {}): OrderLine => ({
  id: 1n,
  variantId: 11n,
  title: "Mug",
  sku: "MUG-1",
  quantity: 1,
  unitPrice: 1000n,
  discount: 0n,
  tax: 0n,
  duties: 0n,
  giftCard: false,
  ...part,
});

/** An order of 2025-03-10 in dollars, tax on top, one line, nothing else. */
export const anOrder = (part: Partial<Order> = {}): Order => ({
  id: 1001n,
  name: "#1001",
  processedAt: at("2025-03-10T12:00:00Z"),
  updatedAt: at("2025-03-10T12:00:00Z"),
  cancelledAt: null,
  test: false,
  taxesIncluded: false,
  currency: "USD",
  total: 1000n,
  currentTotal: 1000n,
  presentment: { currency: "USD", total: 1000n },
  companyId: null,
  companyLocationId: null,
  customerId: 1n,
  email: null,
  country: null,
  origin: UNKNOWN_ORIGIN,
  lines: [anOrderLine()],
  shipping: [],
  tip: 0n,
  additionalFees: [],
  transactions: [],
  terms: null,
  disputes: [],
  changes: NO_CHANGES,
  ...part,
});

/** What happened to an order after it was placed: only what is named. */
export const changes = (part: Partial<OrderChanges>): OrderChanges => ({ ...NO_CHANGES, ...part });

export const aRefundLine = (part: Partial<RefundLine> = {}): RefundLine => ({
  lineId: 1n,
  quantity: 1,
  restockType: "RETURN",
  amount: 1000n,
  tax: 0n,
  ...part,
});

export const aRefund = (part: Partial<Refund> = {}): Refund => ({
  id: 1n,
  at: at("2025-04-02T09:00:00Z"),
  lines: [],
  shipping: { amount: 0n, tax: 0n },
  duties: 0n,
  adjustment: 0n,
  adjustmentTax: 0n,
  ...part,
});

export const aTransaction = (part: Partial<Transaction> = {}): Transaction => ({
  id: 1n,
  kind: "SALE",
  status: "SUCCESS",
  gateway: "shopify_payments",
  processedAt: at("2025-03-10T12:00:00Z"),
  amount: 1000n,
  fee: "none",
  exchangeAdjustment: 0n,
  rounding: 0n,
  ...part,
});
