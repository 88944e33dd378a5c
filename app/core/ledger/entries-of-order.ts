import { chargesOfOrder } from "../costs/charges.ts";
import { creditCost } from "../costs/credit-cost.ts";
import { costEntry, lineCost, type LineCost } from "../costs/unit-cost.ts";
import { sum } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import { occasion, saleOf, type LedgerContext } from "./context.ts";
import { entriesOfChanges } from "./entries-of-changes.ts";
import { entriesOfPayments } from "./entries-of-payments.ts";
import { entriesOfRebate } from "./entries-of-rebate.ts";
import { fact, type LedgerEntry } from "./entry.ts";
import { entriesOfLosses } from "./entries-of-losses.ts";
import { lineSale } from "./line-sale.ts";

/** What an order's ledger is worked out to, and which of its lines it could not cost. */
export interface OrderLedger {
  readonly entries: readonly LedgerEntry[];
  /** Lines of goods without a unit cost, also those that a fallback margin stands in for. */
  readonly linesWithoutCost: ReadonlySet<bigint>;
}

/**
 * The ledger of one order, as the definitions have it: what was sold and given off, what came back, what was charged
 * beside the goods, what the goods cost, what payment took, what was lost, what was given for paying early, and what the
 * shop's rules add. Amounts are minor units of the shop's currency, signed, each dated by Shopify.
 *
 * The whole of it follows from the order and the context: worked out twice it is the same, and whatever order an order's
 * events arrive in, its latest state says it all.
 *
 * Gift-card lines leave no entry: selling one is a liability, not a sale. Nor do tips, duties and taxes, which are passed on.
 */
export const entriesOfOrder = (order: Order, context: LedgerContext): OrderLedger => {
  const goods = order.lines.filter((line) => !line.giftCard);
  const costs = new Map(goods.map((line) => [line.id, lineCost(order, line, context)]));
  return {
    entries: [
      ...entriesOfSale(order, costs, context),
      ...entriesOfChanges(order, costs, context),
      ...entriesOfPayments(order, context),
      ...entriesOfLosses(order, context),
      ...entriesOfRebate(order, context),
      ...chargesOfOrder(order, context),
      ...creditCost(order, context),
    ],
    linesWithoutCost: new Set(goods.map(({ id }) => id).filter((id) => !costs.get(id)?.isKnown)),
  };
};

/** Amounts of which the tax is contained or comes on top, net of it. */
const netOf = (amounts: readonly { readonly amount: bigint; readonly tax: bigint }[], taxesIncluded: boolean): bigint =>
  sum(amounts.map(({ amount, tax }) => (taxesIncluded ? amount - tax : amount)));

/** What was sold: the goods with their discounts and costs, shipping, and other fees charged. */
const entriesOfSale = (order: Order, costs: ReadonlyMap<bigint, LineCost>, context: LedgerContext): LedgerEntry[] => {
  const entries: LedgerEntry[] = [];
  for (const line of order.lines) {
    const cost = costs.get(line.id);
    if (!cost) continue;
    const when = saleOf(order, line.id, context);
    const { gross, discount } = lineSale(line, order.taxesIncluded);
    entries.push(fact("gross_sale", line.id, when, gross));
    if (discount !== 0n) entries.push(fact("discount", line.id, when, discount));
    entries.push(costEntry("cogs", line, when, cost.of(line.quantity)));
  }
  const placed = occasion(context, { type: "order", id: order.id }, order.processedAt);
  const shipping = netOf(
    order.shipping.map(({ discountedPrice, tax }) => ({ amount: discountedPrice, tax })),
    order.taxesIncluded,
  );
  if (shipping !== 0n) entries.push(fact("shipping_revenue", null, placed, shipping));
  const fees = netOf(order.additionalFees, order.taxesIncluded);
  if (fees !== 0n) entries.push(fact("other_revenue", null, placed, fees));
  return entries;
};
