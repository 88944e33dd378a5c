import type { RefundFigures, RefundLineFigures, ReturnFeeFigures } from "#tests/local-shopify/world/refund-figures.ts";
import { connectionOf, sequenceOf } from "./connection.ts";
import { defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import { type LineItemSource, type OrderSource, partId, RefundSource } from "./order-sources.ts";

/** The return that a refund of the world settles: opened at `returnedAt`, closed when the money was given back. */
export class ReturnSource extends GraphSource {
  readonly typename = "Return";
  readonly parent: OrderSource;
  readonly figures: RefundFigures;

  constructor(parent: OrderSource, figures: RefundFigures) {
    super();
    this.parent = parent;
    this.figures = figures;
  }

  get lines(): ReturnLineItemSource[] {
    return this.figures.lines.map((line, index) => new ReturnLineItemSource(this, line, index));
  }

  /** Returns of an order are counted, and named by their number. */
  get number(): number {
    return returnsOf(this.parent).findIndex(({ figures }) => figures === this.figures) + 1;
  }
}

class ReturnLineItemSource extends GraphSource {
  readonly typename = "ReturnLineItem";
  readonly of: ReturnSource;
  readonly figures: RefundLineFigures;
  readonly index: number;

  constructor(of: ReturnSource, figures: RefundLineFigures, index: number) {
    super();
    this.of = of;
    this.figures = figures;
    this.index = index;
  }
}

class FulfillmentLineItemSource extends GraphSource {
  readonly typename = "FulfillmentLineItem";
  readonly lineItem: LineItemSource | null;

  constructor(lineItem: LineItemSource | null) {
    super();
    this.lineItem = lineItem;
  }
}

class ReturnFeeSource extends GraphSource {
  readonly typename: string;
  readonly parent: OrderSource;
  readonly figures: ReturnFeeFigures;
  readonly id: string;

  constructor(parent: OrderSource, figures: ReturnFeeFigures, id: string) {
    super();
    this.typename = figures.fee.kind === "RESTOCKING" ? "RestockingFee" : "ReturnShippingFee";
    this.parent = parent;
    this.figures = figures;
    this.id = id;
  }
}

export const returnTypes = [
  defineType("Return", ReturnSource, {
    id: ({ figures }) => gid("Return", figures.refund.id),
    name: ({ parent, number }) => `${parent.order.name}-R${number}`,
    createdAt: ({ figures }) => figures.refund.returnedAt,
    closedAt: ({ figures }) => figures.refund.createdAt,
    status: () => "CLOSED",
    totalQuantity: ({ figures }) => figures.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    order: ({ parent }) => parent,
    decline: () => null,
    refunds: ({ parent, figures }, args, context, info) =>
      connectionOf(
        sequenceOf([figures], (refund) => new RefundSource(parent, refund)),
        args,
        context,
        info,
      ),
    returnLineItems: ({ lines }, args, context, info) =>
      connectionOf(
        sequenceOf(lines, (line) => line),
        args,
        context,
        info,
      ),
    returnShippingFees: ({ parent, figures }) => feesOf(parent, figures, "RETURN_SHIPPING"),
  }),
  // All that a closed return holds has been refunded.
  defineType("ReturnLineItem", ReturnLineItemSource, {
    id: ({ of, index }) => gid("ReturnLineItem", partId(of.figures.refund.id, index)),
    quantity: ({ figures }) => figures.quantity,
    processedQuantity: ({ figures }) => figures.quantity,
    refundedQuantity: ({ figures }) => figures.quantity,
    processableQuantity: () => 0,
    refundableQuantity: () => 0,
    unprocessedQuantity: () => 0,
    fulfillmentLineItem: ({ of, figures }) => new FulfillmentLineItemSource(of.parent.line(figures.line.id)),
    restockingFee: ({ of, index }) => (index === 0 ? (feesOf(of.parent, of.figures, "RESTOCKING")[0] ?? null) : null),
  }),
  defineType("FulfillmentLineItem", FulfillmentLineItemSource, { lineItem: ({ lineItem }) => lineItem }),
  ...["RestockingFee", "ReturnShippingFee"].map((name) =>
    defineType(name, ReturnFeeSource, {
      id: ({ id }) => gid(name, id),
      amountSet: ({ parent, figures }) => parent.bag(figures.amount),
    }),
  ),
];

/** The returns of an order, in the order of its refunds. */
export function returnsOf(parent: OrderSource): ReturnSource[] {
  const settled = parent.figures.refunds.filter(({ refund }) => refund.returnedAt !== undefined);
  return settled.map((figures) => new ReturnSource(parent, figures));
}

/** One fee of a refund, as a return and as a sale name it. */
export function returnFee(parent: OrderSource, refund: RefundFigures, index: number): ReturnFeeSource | null {
  const figures = refund.fees[index];
  return figures ? new ReturnFeeSource(parent, figures, partId(refund.refund.id, index)) : null;
}

function feesOf(parent: OrderSource, refund: RefundFigures, kind: ReturnFeeFigures["fee"]["kind"]): ReturnFeeSource[] {
  return refund.fees.flatMap((figures, index) => {
    const fee = figures.fee.kind === kind ? returnFee(parent, refund, index) : null;
    return fee ? [fee] : [];
  });
}
