import type { EntryKind } from "#app/core/ledger/entry.ts";

/** What the entries of each kind are called. */
export const KIND_LABELS: Readonly<Record<EntryKind, string>> = {
  gross_sale: "Gross sales",
  discount: "Discounts",
  return: "Returns",
  refund_adjustment: "Refund adjustments",
  other_revenue: "Fees charged",
  cogs: "Cost of goods",
  cogs_restocked: "Cost of goods restocked",
  shipping_revenue: "Shipping charged",
  shipping_cost: "Shipping cost",
  handling_cost: "Handling cost",
  return_handling: "Handling of returns",
  payment_fee: "Payment fees",
  fx_adjustment: "Exchange rates and rounding",
  incentive: "Incentives",
  cost_to_serve: "Cost to serve",
  credit_cost: "Cost of credit",
  chargeback: "Lost disputes",
  write_off: "Written off",
};
