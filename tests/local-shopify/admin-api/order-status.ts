import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import type { OrderSource } from "./order-sources.ts";

/** The world's returns are settled by their refund: none is open. */
export function returnStatus({ refunds }: WorldOrder): "RETURNED" | "NO_RETURN" {
  return refunds.some(({ returnedAt }) => returnedAt !== undefined) ? "RETURNED" : "NO_RETURN";
}

/** What Shopify shows as the payment status of an order; it follows from its transactions. */
export function financialStatus({ order, figures }: OrderSource): string {
  const { received, refunded, currentTotal } = figures.totals;
  if (refunded > 0n) return refunded >= received ? "REFUNDED" : "PARTIALLY_REFUNDED";
  if (received > 0n) return received >= currentTotal ? "PAID" : "PARTIALLY_PAID";
  const succeeded = order.transactions.filter(({ status }) => status === "SUCCESS").map(({ kind }) => kind);
  if (order.cancelledAt !== null || succeeded.includes("VOID")) return "VOIDED";
  if (succeeded.includes("AUTHORIZATION")) return "AUTHORIZED";
  return currentTotal === 0n ? "PAID" : "PENDING";
}
