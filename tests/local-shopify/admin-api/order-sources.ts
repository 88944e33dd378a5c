import {
  figuresOf,
  type LineFigures,
  type OrderFigures,
  type ShippingFigures,
} from "#tests/local-shopify/world/order-figures.ts";
import type { RefundFigures, RefundLineFigures } from "#tests/local-shopify/world/refund-figures.ts";
import { toMinor } from "#tests/local-shopify/world/money.ts";
import type { ShippingRefund } from "#tests/local-shopify/world/shipping-refunds.ts";
import type { WorldOrder, WorldTransaction } from "#tests/local-shopify/world/world.ts";
import { GraphSource } from "./define-type.ts";
import { type Exchange, MoneyBagSource, type MoneySource } from "./money-source.ts";
import type { ShopStore } from "./shop-store.ts";

/** An order with its figures, which are worked out once and only when a field asks for them. */
export class OrderSource extends GraphSource {
  readonly typename = "Order";
  readonly order: WorldOrder;
  readonly store: ShopStore;
  readonly exchange: Exchange;
  private known: OrderFigures | undefined;

  constructor(order: WorldOrder, store: ShopStore) {
    super();
    this.order = order;
    this.store = store;
    this.exchange = { shop: store.currency, presentment: order.presentmentCurrency, rate: order.presentmentRate };
  }

  get figures(): OrderFigures {
    this.known ??= figuresOf(this.store.world, this.order);
    return this.known;
  }

  bag(minor: bigint): MoneyBagSource {
    return new MoneyBagSource(minor, this.exchange);
  }

  /** An amount as it is written in the world. */
  written(decimal: string): MoneyBagSource {
    return this.bag(this.minor(decimal));
  }

  minor(decimal: string): bigint {
    return toMinor(decimal, this.store.currency);
  }

  get lines(): LineItemSource[] {
    return this.figures.lines.map((line) => new LineItemSource(this, line));
  }

  line(lineId: number): LineItemSource | null {
    const figures = this.figures.lines.find(({ line }) => line.id === lineId);
    return figures ? new LineItemSource(this, figures) : null;
  }

  /** The lines that the world names, and the tip, which at Shopify is a line too. */
  get lineItems(): LineItemSource[] {
    const { tipLine } = this;
    return tipLine ? [...this.lines, tipLine] : this.lines;
  }

  get tipLine(): LineItemSource | null {
    const { tip } = this.figures;
    return tip > 0n ? new LineItemSource(this, tipFigures(tip), tipLineId(this.order.id)) : null;
  }

  get shippingLines(): ShippingLineSource[] {
    return this.figures.shipping.map((line, index) => new ShippingLineSource(this, line, index));
  }

  get transactions(): TransactionSource[] {
    return this.order.transactions.map((transaction, index) => new TransactionSource(this, transaction, index));
  }

  get refunds(): RefundSource[] {
    return this.figures.refunds.map((refund) => new RefundSource(this, refund));
  }

  /** How many units of a line are left after removals and refunds. */
  currentQuantity(lineId: number): number {
    let left = this.figures.lines.find(({ line }) => line.id === lineId)?.line.quantity ?? 0;
    for (const edit of this.order.edits) {
      for (const part of edit.remove) if (part.lineId === lineId) left -= part.quantity;
    }
    for (const refund of this.order.refunds) {
      for (const part of refund.lines) if (part.lineId === lineId) left -= part.quantity;
    }
    return left;
  }
}

export class LineItemSource extends GraphSource {
  readonly typename = "LineItem";
  readonly parent: OrderSource;
  readonly figures: LineFigures;
  readonly id: string;
  private readonly isTip: boolean;

  constructor(parent: OrderSource, figures: LineFigures, tipId?: string) {
    super();
    this.parent = parent;
    this.figures = figures;
    this.id = tipId ?? String(figures.line.id);
    this.isTip = tipId !== undefined;
  }

  /** How many units are left after removals and refunds; a tip stays as it is. */
  get currentQuantity(): number {
    return this.isTip ? 1 : this.parent.currentQuantity(this.figures.line.id);
  }
}

export class ShippingLineSource extends GraphSource {
  readonly typename = "ShippingLine";
  readonly parent: OrderSource;
  readonly figures: ShippingFigures;
  readonly index: number;

  constructor(parent: OrderSource, figures: ShippingFigures, index: number) {
    super();
    this.parent = parent;
    this.figures = figures;
    this.index = index;
  }
}

export class DiscountAllocationSource extends GraphSource {
  readonly typename = "DiscountAllocation";
  readonly amount: MoneyBagSource;

  constructor(amount: MoneyBagSource) {
    super();
    this.amount = amount;
  }
}

/** One tax on a line; the world may say its title and rate, or only the sum of all taxes. */
export class TaxLineSource extends GraphSource {
  readonly typename = "TaxLine";
  readonly amount: MoneyBagSource;
  readonly detail: { title: string; rate: string } | null;

  constructor(amount: MoneyBagSource, detail: { title: string; rate: string } | null) {
    super();
    this.amount = amount;
    this.detail = detail;
  }
}

export class TransactionSource extends GraphSource {
  readonly typename = "OrderTransaction";
  readonly parent: OrderSource;
  readonly transaction: WorldTransaction;
  readonly index: number;

  constructor(parent: OrderSource, transaction: WorldTransaction, index: number) {
    super();
    this.parent = parent;
    this.transaction = transaction;
    this.index = index;
  }
}

export class TransactionFeeSource extends GraphSource {
  readonly typename = "TransactionFee";
  readonly id: string;
  readonly amount: MoneySource;

  constructor(id: string, amount: MoneySource) {
    super();
    this.id = id;
    this.amount = amount;
  }
}

export class RefundSource extends GraphSource {
  readonly typename = "Refund";
  readonly parent: OrderSource;
  readonly figures: RefundFigures;

  constructor(parent: OrderSource, figures: RefundFigures) {
    super();
    this.parent = parent;
    this.figures = figures;
  }
}

export class RefundLineItemSource extends GraphSource {
  readonly typename = "RefundLineItem";
  readonly refund: RefundSource;
  readonly figures: RefundLineFigures;
  readonly index: number;

  constructor(refund: RefundSource, figures: RefundLineFigures, index: number) {
    super();
    this.refund = refund;
    this.figures = figures;
    this.index = index;
  }
}

export class RefundShippingLineSource extends GraphSource {
  readonly typename = "RefundShippingLine";
  readonly refund: RefundSource;
  readonly part: ShippingRefund;

  constructor(refund: RefundSource, part: ShippingRefund) {
    super();
    this.refund = refund;
    this.part = part;
  }
}

export class OrderAdjustmentSource extends GraphSource {
  readonly typename = "OrderAdjustment";
  readonly refund: RefundSource;

  constructor(refund: RefundSource) {
    super();
    this.refund = refund;
  }
}

/**
 * The id of something that the world numbers only within its owner: the owner's id and three digits.
 *
 * @example partId(7, 2) // "7002"
 */
export function partId(ownerId: number, index: number): string {
  return `${ownerId}${String(index).padStart(3, "0")}`;
}

/** The world's ids end at 2^53, Shopify's at 2^63: those above 2^62 are free for the lines of tips, one an order. */
function tipLineId(orderId: number): string {
  return String(2n ** 62n + BigInt(orderId));
}

function tipFigures(tip: bigint): LineFigures {
  const none = { lineDiscount: 0n, orderDiscount: 0n, tax: 0n, duties: 0n, addedBy: null };
  const written = { unitPrice: "0", discount: "0", tax: "0", variantId: null, giftCard: false };
  const line = { id: 0, title: "Tip", quantity: 1, ...written };
  return { ...none, line, unitPrice: tip, originalTotal: tip, discountedTotal: tip, net: tip };
}
