import { idOf } from "#app/core/ids/gid.ts";
import { parseAmount, sum } from "#app/core/money/money.ts";
import type { Order, OrderLine, Refund, Transaction } from "#app/core/orders/order.ts";
import type { LineItemRow, OrderRow, RefundRow } from "./rows.ts";

type ShopAmount = { readonly shopMoney: { readonly amount: string } };

const instant = (iso: string): number => Date.parse(iso);

const readerOf = (currency: string) => ({
  amount: (set: ShopAmount): bigint => parseAmount(set.shopMoney.amount, currency),
  tax: (lines: readonly { readonly priceSet: ShopAmount }[]): bigint =>
    sum(lines.map((line) => parseAmount(line.priceSet.shopMoney.amount, currency))),
});
type Reader = ReturnType<typeof readerOf>;

const toLine = (row: LineItemRow, read: Reader): OrderLine => ({
  id: idOf(row.id, "LineItem"),
  variantId: row.variant ? idOf(row.variant.id, "ProductVariant") : null,
  title: row.title,
  sku: row.sku ?? null,
  quantity: row.quantity,
  unitPrice: read.amount(row.originalUnitPriceSet),
  discount: sum(row.discountAllocations.map((allocation) => read.amount(allocation.allocatedAmountSet))),
  tax: read.tax(row.taxLines),
  giftCard: row.isGiftCard,
});

const feeOf = (row: OrderRow["transactions"][number], currency: string): Transaction["fee"] => {
  if (row.fees.length === 0) return "none";
  if (row.fees.some(({ amount }) => amount.currencyCode !== currency)) return "unknown";
  return { known: sum(row.fees.map(({ amount }) => parseAmount(amount.amount, currency))) };
};

const toTransaction = (row: OrderRow["transactions"][number], order: OrderRow, currency: string): Transaction => ({
  id: idOf(row.id, "OrderTransaction"),
  kind: row.kind,
  status: row.status,
  gateway: row.gateway ?? null,
  processedAt: instant(row.processedAt ?? order.processedAt),
  fee: feeOf(row, currency),
});

const toRefund = (row: RefundRow, read: Reader): Refund => ({
  id: idOf(row.id, "Refund"),
  at: instant(row.createdAt ?? row.processedAt),
  lines: row.refundLineItems.nodes.map((line) => ({
    lineId: idOf(line.lineItem.id, "LineItem"),
    quantity: line.quantity,
    restocked: line.restockType !== "NO_RESTOCK",
    amount: read.amount(line.subtotalSet),
    tax: read.amount(line.totalTaxSet),
  })),
  shipping: {
    amount: sum(row.refundShippingLines.nodes.map((line) => read.amount(line.subtotalAmountSet))),
    tax: sum(row.refundShippingLines.nodes.map((line) => read.amount(line.taxAmountSet))),
  },
  adjustment: sum(row.orderAdjustments.nodes.map((adjustment) => read.amount(adjustment.amountSet))),
});

/**
 * An order from its rows, amounts in minor units of the shop's currency.
 *
 * @param refunds what was refunded, when it has been read; an order that has no refunds is whole without
 * @throws InvalidAmountError, InvalidGidError
 */
export const toOrder = (row: OrderRow, lines: readonly LineItemRow[], refunds: readonly RefundRow[] | null): Order => {
  const currency = row.totalPriceSet.shopMoney.currencyCode;
  const presentment = row.totalPriceSet.presentmentMoney;
  const read = readerOf(currency);
  const entity = row.purchasingEntity;
  return {
    id: idOf(row.id, "Order"),
    name: row.name,
    processedAt: instant(row.processedAt),
    updatedAt: instant(row.updatedAt),
    cancelledAt: row.cancelledAt ? instant(row.cancelledAt) : null,
    test: row.test,
    taxesIncluded: row.taxesIncluded,
    currency,
    total: read.amount(row.totalPriceSet),
    presentment: {
      currency: presentment.currencyCode,
      total: parseAmount(presentment.amount, presentment.currencyCode),
    },
    companyId: entity?.company ? idOf(entity.company.id, "Company") : null,
    companyLocationId: entity?.location ? idOf(entity.location.id, "CompanyLocation") : null,
    customerId: row.customer ? idOf(row.customer.id, "Customer") : null,
    email: row.email ?? null,
    lines: lines.map((line) => toLine(line, read)),
    shipping: row.shippingLine
      ? { discountedPrice: read.amount(row.shippingLine.discountedPriceSet), tax: read.tax(row.shippingLine.taxLines) }
      : null,
    transactions: row.transactions.map((transaction) => toTransaction(transaction, row, currency)),
    refunds: refunds ? refunds.map((refund) => toRefund(refund, read)) : row.refunds.length === 0 ? [] : null,
  };
};
