import { idOf, numberOf } from "#app/core/ids/gid.ts";
import type { ChangeEvent, OrderChanges, Refund, Removal, ReturnFee } from "#app/core/orders/order.ts";
import type { Instant } from "#app/core/time/shop-day.ts";
import { readerOf, type Reader } from "./amounts.ts";
import type { RefundRow } from "./rows.ts";

type ShopAmount = { readonly shopMoney: { readonly amount: string } };

/** One agreement of an order: when it was reached, and which units of which lines it sold or took back. */
export interface AgreementRow {
  readonly __typename: string;
  readonly id: string;
  readonly happenedAt: string;
  readonly sales: readonly SaleRow[];
}

export interface SaleRow {
  readonly __typename: string;
  readonly id: string;
  readonly quantity?: number | null | undefined;
  readonly lineItem?: { readonly id: string } | undefined;
  /** Of a fee sale: which fee, and its tax. */
  readonly fee?: { readonly id: string } | null | undefined;
  readonly totalTaxAmount?: ShopAmount | undefined;
}

/** A fee that the shop kept of a return. */
export interface ReturnFeeRow {
  readonly id: string;
  readonly returnId: string;
  readonly createdAt: string;
  readonly amountSet: ShopAmount;
}

/** All that was read of what happened to an order after it was placed. */
export interface ChangeRows {
  readonly refunds: readonly RefundRow[];
  readonly agreements: readonly AgreementRow[];
  readonly returnFees: readonly ReturnFeeRow[];
}

const toRefund = (row: RefundRow, read: Reader, leftAt: ReturnsOpened): Refund => ({
  id: idOf(row.id, "Refund"),
  at: Date.parse(row.createdAt ?? row.processedAt),
  lines: row.refundLineItems.nodes.map((line) => ({
    lineId: idOf(line.lineItem.id, "LineItem"),
    quantity: line.quantity,
    restockType: restockTypeOf(line.restockType),
    amount: read.amount(line.subtotalSet),
    tax: read.amount(line.totalTaxSet),
    leftAt: leftAt(row, idOf(line.lineItem.id, "LineItem"), line.quantity),
  })),
  shipping: {
    amount: read.sum(row.refundShippingLines.nodes.map((line) => line.subtotalAmountSet)),
    tax: read.sum(row.refundShippingLines.nodes.map((line) => line.taxAmountSet)),
  },
  duties: read.sum((row.duties ?? []).map((duty) => duty.amountSet)),
  adjustment: read.sum(row.orderAdjustments.nodes.map((adjustment) => adjustment.amountSet)),
  adjustmentTax: read.sum(row.orderAdjustments.nodes.map((adjustment) => adjustment.taxAmountSet)),
});

const restockTypeOf = (type: string): Refund["lines"][number]["restockType"] =>
  type === "NO_RESTOCK" || type === "CANCEL" || type === "LEGACY_RESTOCK" ? type : "RETURN";

const eventOf = ({ __typename, id, happenedAt }: AgreementRow): ChangeEvent => ({
  type: __typename === "OrderEditAgreement" ? "edit" : "return",
  id: numberOf(id),
  at: Date.parse(happenedAt),
});

const LATER: ReadonlySet<string> = new Set(["OrderEditAgreement", "ReturnAgreement"]);

const unitsOf = ({ sales }: AgreementRow, sign: 1 | -1): { readonly lineId: bigint; readonly quantity: number }[] =>
  sales.flatMap(({ quantity, lineItem, __typename }) =>
    lineItem && __typename !== "TipSale" && Math.sign(quantity ?? 0) === sign
      ? [{ lineId: idOf(lineItem.id, "LineItem"), quantity: Math.abs(quantity ?? 0) }]
      : [],
  );

/** Lines that an edit or an exchange brought; more units of a line that was there before are a change of quantity. */
const addedLines = (agreements: readonly AgreementRow[]): Map<bigint, ChangeEvent> => {
  const original = new Set(
    agreements
      .filter((one) => !LATER.has(one.__typename))
      .flatMap((one) => unitsOf(one, 1).map(({ lineId }) => lineId)),
  );
  const added = new Map<bigint, ChangeEvent>();
  for (const agreement of agreements.filter((one) => LATER.has(one.__typename))) {
    for (const { lineId } of unitsOf(agreement, 1)) {
      if (!original.has(lineId) && !added.has(lineId)) added.set(lineId, eventOf(agreement));
    }
  }
  return added;
};

/** Units of each line that refunds name but did not sell back themselves: their sale is that of the return before. */
const unitsRefundedOfReturns = (
  agreements: readonly AgreementRow[],
  refunds: readonly RefundRow[],
): Map<bigint, number> => {
  const left = new Map<bigint, number>();
  const add = (lineId: bigint, quantity: number): void => void left.set(lineId, (left.get(lineId) ?? 0) + quantity);
  for (const { refundLineItems } of refunds) {
    for (const { lineItem, quantity } of refundLineItems.nodes) add(idOf(lineItem.id, "LineItem"), quantity);
  }
  for (const agreement of agreements.filter(({ __typename }) => __typename === "RefundAgreement")) {
    for (const { lineId, quantity } of unitsOf(agreement, -1)) add(lineId, -quantity);
  }
  return left;
};

/**
 * Units taken off by edits, and those of returns that no refund names yet. The units of a return that was refunded are told
 * by its refund, with their amounts.
 */
const removalsOf = (agreements: readonly AgreementRow[], refunds: readonly RefundRow[]): Removal[] => {
  const refunded = unitsRefundedOfReturns(agreements, refunds);
  return agreements
    .filter(({ __typename }) => LATER.has(__typename))
    .flatMap((agreement) =>
      unitsOf(agreement, -1).flatMap(({ lineId, quantity }): Removal[] => {
        const isReturn = agreement.__typename === "ReturnAgreement";
        const covered = isReturn ? Math.min(quantity, Math.max(0, refunded.get(lineId) ?? 0)) : 0;
        refunded.set(lineId, (refunded.get(lineId) ?? 0) - covered);
        return quantity > covered ? [{ event: eventOf(agreement), lineId, quantity: quantity - covered }] : [];
      }),
    );
};

/** When the return was opened by which some units of a refund left; undefined where the refund itself took them back. */
type ReturnsOpened = (refund: RefundRow, lineId: bigint, quantity: number) => Instant | undefined;

/** Returns in the order in which they were opened: the first one that has units of a line left is the one refunded. */
const returnsOpened = (agreements: readonly AgreementRow[]): ReturnsOpened => {
  const opened = agreements
    .filter(({ __typename }) => __typename === "ReturnAgreement")
    .flatMap((one) => unitsOf(one, -1).map((units) => ({ ...units, at: Date.parse(one.happenedAt) })));
  const refunded = agreements
    .filter(({ __typename }) => __typename === "RefundAgreement")
    .flatMap((one) => unitsOf(one, -1).map((units) => ({ ...units, at: Date.parse(one.happenedAt) })));
  return (refund, lineId, quantity) => {
    const at = Date.parse(refund.createdAt ?? refund.processedAt);
    if (refunded.some((units) => units.lineId === lineId && units.at === at)) return undefined;
    const first = opened.find((units) => units.lineId === lineId && units.quantity > 0);
    if (!first) return undefined;
    first.quantity -= quantity;
    return first.at;
  };
};

const feeTaxes = (agreements: readonly AgreementRow[], read: Reader): ReadonlyMap<string, bigint> =>
  new Map(
    agreements
      .flatMap(({ sales }) => sales)
      .flatMap(({ fee, totalTaxAmount }) =>
        fee && totalTaxAmount ? [[fee.id, read.amount(totalTaxAmount)] as const] : [],
      ),
  );

/** What happened to an order after it was placed, from its rows; amounts in minor units of the shop's currency. */
export const toChanges = ({ refunds, agreements, returnFees }: ChangeRows, currency: string): OrderChanges => {
  const read = readerOf(currency);
  const taxOf = feeTaxes(agreements, read);
  const leftAt = returnsOpened(agreements);
  return {
    added: addedLines(agreements),
    removals: removalsOf(agreements, refunds),
    returnFees: returnFees.map((fee): ReturnFee => ({
      event: { type: "return", id: numberOf(fee.returnId), at: Date.parse(fee.createdAt) },
      amount: read.amount(fee.amountSet),
      tax: taxOf.get(fee.id) ?? 0n,
    })),
    refunds: refunds.map((refund) => toRefund(refund, read, leftAt)),
    unknownSales: agreements.flatMap(({ sales }) => sales).filter(({ __typename }) => __typename === "UnknownSale")
      .length,
  };
};

/** Lines that are tips: Shopify lists them among an order's lines, and only their sales tell them apart. */
export const tipLines = (agreements: readonly AgreementRow[]): ReadonlySet<string> =>
  new Set(
    agreements
      .flatMap(({ sales }) => sales)
      .flatMap(({ __typename, lineItem }) => (__typename === "TipSale" && lineItem ? [lineItem.id] : [])),
  );
