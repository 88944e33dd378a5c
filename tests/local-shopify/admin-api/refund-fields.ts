import { connectionOf, sequenceOf } from "./connection.ts";
import { defineType } from "./define-type.ts";
import { gid } from "./gid.ts";
import {
  OrderAdjustmentSource,
  partId,
  RefundLineItemSource,
  RefundShippingLineSource,
  RefundSource,
} from "./order-sources.ts";

export const refundTypes = [
  defineType("Refund", RefundSource, {
    id: ({ figures }) => gid("Refund", figures.refund.id),
    legacyResourceId: ({ figures }) => String(figures.refund.id),
    createdAt: ({ figures }) => figures.refund.createdAt,
    processedAt: ({ figures }) => figures.refund.createdAt,
    updatedAt: ({ figures }) => figures.refund.createdAt,
    order: ({ parent }) => parent,
    totalRefundedSet: ({ parent, figures }) => parent.bag(figures.total),
    refundLineItems: (source, args, context, info) => {
      const lines = source.figures.lines.map((line, index) => new RefundLineItemSource(source, line, index));
      const sequence = sequenceOf(lines, (line) => line);
      return connectionOf(sequence, args, context, info);
    },
    refundShippingLines: (source, args, context, info) => {
      const sequence = sequenceOf(refundedShipping(source), (line) => line);
      return connectionOf(sequence, args, context, info);
    },
    orderAdjustments: (source, args, context, info) => {
      const { adjustment, adjustmentTax } = source.figures;
      const adjustments = adjustment === 0n && adjustmentTax === 0n ? [] : [new OrderAdjustmentSource(source)];
      const sequence = sequenceOf(adjustments, (item) => item);
      return connectionOf(sequence, args, context, info);
    },
    transactions: (source, args, context, info) => {
      const { refund } = source.figures;
      const own = source.parent.transactions.filter(
        ({ transaction }) => transaction.kind === "REFUND" && transaction.processedAt === refund.createdAt,
      );
      const sequence = sequenceOf(own, (transaction) => transaction);
      return connectionOf(sequence, args, context, info);
    },
  }),
  defineType("RefundLineItem", RefundLineItemSource, {
    id: ({ refund, index }) => gid("RefundLineItem", partId(refund.figures.refund.id, index)),
    lineItem: ({ refund, figures }) => refund.parent.line(figures.line.id),
    quantity: ({ figures }) => figures.quantity,
    restockType: ({ figures }) => figures.restockType,
    restocked: ({ figures }) => figures.restockType !== "NO_RESTOCK",
    subtotalSet: ({ refund, figures }) => refund.parent.bag(figures.amount),
    totalTaxSet: ({ refund, figures }) => refund.parent.bag(figures.tax),
  }),
  defineType("RefundShippingLine", RefundShippingLineSource, {
    id: ({ refund }) => gid("RefundShippingLine", partId(refund.figures.refund.id, 0)),
    shippingLine: ({ shippingLine }) => shippingLine,
    subtotalAmountSet: ({ refund }) => refund.parent.bag(refund.figures.shipping),
    taxAmountSet: ({ refund }) => refund.parent.bag(refund.figures.shippingTax),
  }),
  // Shopify books an adjustment from the shop's side: what is given back beyond lines and shipping is negative.
  defineType("OrderAdjustment", OrderAdjustmentSource, {
    id: ({ refund }) => gid("OrderAdjustment", refund.figures.refund.id),
    reason: () => "REFUND_DISCREPANCY",
    amountSet: ({ refund }) => refund.parent.bag(-refund.figures.adjustment),
    taxAmountSet: ({ refund }) => refund.parent.bag(-refund.figures.adjustmentTax),
  }),
];

/** The world says how much shipping was given back, not of which line: it is the order's first. */
function refundedShipping(source: RefundSource): RefundShippingLineSource[] {
  const { shipping, shippingTax } = source.figures;
  const line = source.parent.shippingLines[0];
  return line && (shipping > 0n || shippingTax > 0n) ? [new RefundShippingLineSource(source, line)] : [];
}
