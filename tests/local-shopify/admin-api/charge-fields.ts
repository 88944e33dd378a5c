import type { AdditionalFeeFigures, LineFigures } from "#tests/local-shopify/world/order-figures.ts";
import { defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import { type LineItemSource, type OrderSource, partId, TaxLineSource } from "./order-sources.ts";

/** The duties of one line. */
export class DutySource extends GraphSource {
  readonly typename = "Duty";
  readonly parent: OrderSource;
  readonly figures: LineFigures;

  constructor(parent: OrderSource, figures: LineFigures) {
    super();
    this.parent = parent;
    this.figures = figures;
  }
}

/** A fee of the order; a sale names it by another type with the same fields. */
export class AdditionalFeeSource extends GraphSource {
  readonly typename: string;
  readonly parent: OrderSource;
  readonly figures: AdditionalFeeFigures;
  readonly index: number;

  constructor(parent: OrderSource, figures: AdditionalFeeFigures, how: { index: number; isSale: boolean }) {
    super();
    this.typename = how.isSale ? "SaleAdditionalFee" : "AdditionalFee";
    this.parent = parent;
    this.figures = figures;
    this.index = how.index;
  }
}

/** How far the cash that changed hands was from what was due. */
export class CashRoundingSource extends GraphSource {
  readonly typename = "CashRoundingAdjustment";
  readonly parent: OrderSource;

  constructor(parent: OrderSource) {
    super();
    this.parent = parent;
  }

  roundingOf(kinds: readonly string[]): bigint {
    const counting = this.parent.order.transactions.filter(
      ({ kind, status }) => status === "SUCCESS" && kinds.includes(kind),
    );
    return counting.reduce((sum, { rounding }) => sum + this.parent.minor(rounding ?? "0"), 0n);
  }
}

const additionalFeeFields = (typename: string) =>
  defineType(typename, AdditionalFeeSource, {
    id: ({ parent, index }) => gid(typename, partId(parent.order.id, index)),
    name: ({ figures }) => figures.name,
    price: ({ parent, figures }) => parent.bag(figures.price),
    taxLines: ({ parent, figures }) => (figures.tax > 0n ? [new TaxLineSource(parent.bag(figures.tax), null)] : []),
  });

export const chargeTypes = [
  defineType("Duty", DutySource, {
    id: ({ figures }) => gid("Duty", figures.line.id),
    price: ({ parent, figures }) => parent.bag(figures.duties),
    // The world's duties carry no tax.
    taxLines: () => [],
  }),
  additionalFeeFields("AdditionalFee"),
  additionalFeeFields("SaleAdditionalFee"),
  defineType("CashRoundingAdjustment", CashRoundingSource, {
    paymentSet: (source) => source.parent.bag(source.roundingOf(["SALE", "CAPTURE"])),
    refundSet: (source) => source.parent.bag(source.roundingOf(["REFUND"])),
  }),
];

/** A line has one duty at most: the world says how much in all. */
export function dutiesOf({ parent, figures }: LineItemSource): DutySource[] {
  return figures.duties > 0n ? [new DutySource(parent, figures)] : [];
}
