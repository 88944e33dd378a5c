import type { RefundDutyFigures } from "#tests/local-shopify/world/refund-figures.ts";
import { spreadOverShipping } from "#tests/local-shopify/world/shipping-refunds.ts";
import { DutySource } from "./charge-fields.ts";
import { connectionOf, sequenceOf } from "./connection.ts";
import { defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import {
  OrderAdjustmentSource,
  type OrderSource,
  partId,
  RefundLineItemSource,
  RefundShippingLineSource,
  RefundSource,
} from "./order-sources.ts";
import { ReturnSource } from "./return-fields.ts";

class RefundDutySource extends GraphSource {
  readonly typename = "RefundDuty";
  readonly parent: OrderSource;
  readonly figures: RefundDutyFigures;

  constructor(parent: OrderSource, figures: RefundDutyFigures) {
    super();
    this.parent = parent;
    this.figures = figures;
  }
}

export const refundTypes = [
  defineType("Refund", RefundSource, {
    id: ({ figures }) => gid("Refund", figures.refund.id),
    legacyResourceId: ({ figures }) => String(figures.refund.id),
    createdAt: ({ figures }) => figures.refund.createdAt,
    processedAt: ({ figures }) => figures.refund.createdAt,
    updatedAt: ({ figures }) => figures.refund.createdAt,
    order: ({ parent }) => parent,
    totalRefundedSet: ({ parent, figures }) => parent.bag(figures.total),
    duties: ({ parent, figures }) => figures.duties.map((duty) => new RefundDutySource(parent, duty)),
    return: ({ parent, figures }) =>
      figures.refund.returnedAt === undefined ? null : new ReturnSource(parent, figures),
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
    id: ({ refund, part }) => gid("RefundShippingLine", partId(refund.figures.refund.id, part.index)),
    shippingLine: ({ refund, part }) => refund.parent.shippingLines[part.index] ?? null,
    subtotalAmountSet: ({ refund, part }) => refund.parent.bag(part.amount),
    taxAmountSet: ({ refund, part }) => refund.parent.bag(part.tax),
  }),
  defineType("RefundDuty", RefundDutySource, {
    amountSet: ({ parent, figures }) => parent.bag(figures.amount),
    originalDuty: ({ parent, figures }) => {
      const line = parent.line(figures.line.id);
      return line && new DutySource(parent, line.figures);
    },
  }),
  // Shopify books an adjustment from the shop's side: what is given back beyond lines and shipping is negative; its tax
  // comes on top of it, also where the world's amounts carry their tax.
  defineType("OrderAdjustment", OrderAdjustmentSource, {
    id: ({ refund }) => gid("OrderAdjustment", refund.figures.refund.id),
    reason: () => "REFUND_DISCREPANCY",
    amountSet: ({ refund: { parent, figures } }) =>
      parent.bag(-figures.adjustment + (parent.figures.taxesIncluded ? figures.adjustmentTax : 0n)),
    taxAmountSet: ({ refund }) => refund.parent.bag(-refund.figures.adjustmentTax),
  }),
];

function refundedShipping(source: RefundSource): RefundShippingLineSource[] {
  const { figures, parent } = source;
  const at = parent.figures.refunds.indexOf(figures);
  const parts = spreadOverShipping(parent.figures)[at] ?? [];
  return parts.map((part) => new RefundShippingLineSource(source, part));
}
