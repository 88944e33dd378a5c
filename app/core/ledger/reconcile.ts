import type { Order } from "../orders/order.ts";
import { LINE_TYPES, type LineType } from "./kept-aside.ts";

/** Where the ledger and Shopify do not say the same of an order. Minor units of the shop's currency, tax included. */
export interface Difference {
  readonly lineType: LineType | "UNKNOWN" | "TOTAL";
  readonly ledger: bigint;
  readonly shopify: bigint;
}

/**
 * Whether anything happened to an order after it was placed. Such orders are compared sale by sale; of the others Shopify's
 * own totals say all.
 */
export const isChanged = ({ changes, cancelledAt, tip, terms, shipping }: Order): boolean =>
  cancelledAt !== null ||
  tip !== 0n ||
  terms !== null ||
  shipping.length > 1 ||
  (changes !== null &&
    changes.added.size + changes.removals.length + changes.returnFees.length + changes.refunds.length > 0);

/** Every hundredth order is compared sale by sale on a day; each has its turn within a hundred days. */
export const isSampled = (orderId: bigint, day: number): boolean => (orderId + BigInt(day)) % 100n === 0n;

/** An order's total by the ledger, against what Shopify prints as its current total. */
export const differenceOfTotal = (order: Order, ledger: ReadonlyMap<LineType, bigint>): Difference[] => {
  let total = 0n;
  for (const amount of ledger.values()) total += amount;
  return total === order.currentTotal ? [] : [{ lineType: "TOTAL", ledger: total, shopify: order.currentTotal }];
};

/** What the ledger says of an order by line type, against the sum of Shopify's own sales. */
export const differencesOfSales = (
  ledger: ReadonlyMap<LineType, bigint>,
  sales: ReadonlyMap<string, bigint>,
): Difference[] =>
  ([...LINE_TYPES, "UNKNOWN"] as const).flatMap((lineType): Difference[] => {
    const ours = lineType === "UNKNOWN" ? 0n : (ledger.get(lineType) ?? 0n);
    const theirs = sales.get(lineType) ?? 0n;
    return ours === theirs ? [] : [{ lineType, ledger: ours, shopify: theirs }];
  });
