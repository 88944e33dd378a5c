import type { Order, OrderLine, Refund, RefundLine, Transaction } from "#app/core/orders/order.ts";

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
  presentment: { currency: "USD", total: 1000n },
  companyId: null,
  companyLocationId: null,
  customerId: 1n,
  email: null,
  lines: [anOrderLine()],
  shipping: null,
  transactions: [],
  refunds: [],
  ...part,
});

export const aRefundLine = (part: Partial<RefundLine> = {}): RefundLine => ({
  lineId: 1n,
  quantity: 1,
  restocked: true,
  amount: 1000n,
  tax: 0n,
  ...part,
});

export const aRefund = (part: Partial<Refund> = {}): Refund => ({
  id: 1n,
  at: at("2025-04-02T09:00:00Z"),
  lines: [],
  shipping: { amount: 0n, tax: 0n },
  adjustment: 0n,
  ...part,
});

export const aTransaction = (part: Partial<Transaction> = {}): Transaction => ({
  id: 1n,
  kind: "SALE",
  status: "SUCCESS",
  gateway: "shopify_payments",
  processedAt: at("2025-03-10T12:00:00Z"),
  fee: "none",
  ...part,
});
