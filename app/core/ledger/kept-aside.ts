import { sum } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import type { EntryKind, LedgerEntry } from "./entry.ts";
import { netSaleOf } from "./line-sale.ts";
import { removedUnits } from "./removed-units.ts";

/** The line types of Shopify's sales that an order's money falls into. */
export const LINE_TYPES = [
  "PRODUCT",
  "GIFT_CARD",
  "SHIPPING",
  "TIP",
  "DUTY",
  "ADDITIONAL_FEE",
  "FEE",
  "ADJUSTMENT",
] as const;
export type LineType = (typeof LINE_TYPES)[number];

/**
 * What an order collected that is not the shop's to keep, by line type, in minor units: sales tax, duties, tips, and gift
 * cards sold, which are owed until they are redeemed. It stays outside profit and in the reconciliation.
 */
export const keptAside = (order: Order): ReadonlyMap<LineType, bigint> => {
  const { removals, refunds } = { removals: removedUnits(order), refunds: order.changes?.refunds ?? [] };
  const isCard = new Map(order.lines.map(({ id, giftCard }) => [id, giftCard]));
  const refunded = refunds.flatMap(({ lines }) => lines);
  const tax = (giftCard: boolean): bigint =>
    sum(order.lines.filter((line) => line.giftCard === giftCard).map((line) => line.tax)) -
    sum(removals.filter(({ line }) => line.giftCard === giftCard).map((part) => part.tax)) -
    sum(refunded.filter(({ lineId }) => isCard.get(lineId) === giftCard).map((part) => part.tax));
  const cards =
    sum(order.lines.filter(({ giftCard }) => giftCard).map((line) => netSaleOf(line, order.taxesIncluded))) -
    sum(removals.filter(({ line }) => line.giftCard).map(({ net }) => net)) -
    sum(
      refunded
        .filter(({ lineId }) => isCard.get(lineId) === true)
        .map((part) => (order.taxesIncluded ? part.amount - part.tax : part.amount)),
    );
  return new Map<LineType, bigint>([
    ["PRODUCT", tax(false)],
    ["GIFT_CARD", cards + tax(true)],
    ["SHIPPING", sum(order.shipping.map((line) => line.tax)) - sum(refunds.map(({ shipping }) => shipping.tax))],
    ["TIP", order.tip],
    ["DUTY", sum(order.lines.map(({ duties }) => duties)) - sum(refunds.map(({ duties }) => duties))],
    ["ADDITIONAL_FEE", sum(order.additionalFees.map((fee) => fee.tax))],
    ["FEE", sum((order.changes?.returnFees ?? []).map((fee) => fee.tax))],
    ["ADJUSTMENT", sum(refunds.map(({ adjustmentTax }) => adjustmentTax))],
  ]);
};

type Countable = Pick<LedgerEntry, "kind" | "amount" | "event">;

const LINE_TYPE_OF: Partial<Record<EntryKind, LineType>> = {
  gross_sale: "PRODUCT",
  discount: "PRODUCT",
  return: "PRODUCT",
  shipping_revenue: "SHIPPING",
  refund_adjustment: "ADJUSTMENT",
};

/** Fees charged with the order are one line type, those kept of a return another. */
const lineTypeOf = ({ kind, event }: Countable): LineType | undefined =>
  kind === "other_revenue" ? (event.type === "return" ? "FEE" : "ADDITIONAL_FEE") : LINE_TYPE_OF[kind];

/**
 * What the ledger says an order's money came to, by line type, tax included: the entries of its sales and what is kept
 * aside. Shopify's own sales must say the same.
 */
export const totalsByLineType = (order: Order, entries: readonly Countable[]): ReadonlyMap<LineType, bigint> => {
  const totals = new Map(keptAside(order));
  for (const entry of entries) {
    const type = lineTypeOf(entry);
    if (type) totals.set(type, (totals.get(type) ?? 0n) + entry.amount);
  }
  return totals;
};
