import type { AdditionalFeeFigures, LineFigures, OrderFigures, ShippingFigures } from "./order-figures.ts";
import type { RefundFigures, RemovalFigures, ReturnFeeFigures } from "./refund-figures.ts";
import type { WorldEdit, WorldOrder } from "./shape.ts";
import { spreadOverShipping } from "./shipping-refunds.ts";
import { unitsWorth } from "./units-worth.ts";

// The sales agreements of an order, as Shopify keeps them: every amount that was ever charged or taken back, each once.
// All amounts are minor units of the shop's currency.

/** What a sale is about. */
export type SaleSubject =
  | { readonly type: "PRODUCT" | "GIFT_CARD"; readonly line: LineFigures }
  | { readonly type: "TIP" }
  | { readonly type: "DUTY"; readonly line: LineFigures }
  | { readonly type: "SHIPPING"; readonly shipping: ShippingFigures; readonly index: number }
  | { readonly type: "ADJUSTMENT" }
  | { readonly type: "FEE"; readonly fee: ReturnFeeFigures; readonly index: number; readonly refund: RefundFigures }
  | { readonly type: "ADDITIONAL_FEE"; readonly fee: AdditionalFeeFigures; readonly index: number };

export interface Sale {
  /** Names the sale within its order, and stays when the order changes. */
  readonly key: string;
  readonly subject: SaleSubject;
  /** ORDER: charged; RETURN: taken back; UPDATE: the price of what was bought before changed. */
  readonly action: "ORDER" | "RETURN" | "UPDATE";
  /** Negative for units taken back, null where nothing is counted. */
  readonly quantity: number | null;
  /** After discounts and with tax; negative for what is taken back. */
  readonly total: bigint;
  readonly tax: bigint;
  readonly discountBeforeTaxes: bigint;
  readonly discountAfterTaxes: bigint;
}

export interface Agreement {
  readonly key: string;
  readonly at: string;
  readonly sales: readonly Sale[];
  readonly about:
    | { readonly type: "ORDER" }
    | { readonly type: "ORDER_EDIT"; readonly edit: WorldEdit }
    | { readonly type: "RETURN" | "REFUND"; readonly refund: RefundFigures };
}

type Amounts = Pick<Sale, "total" | "tax" | "discountBeforeTaxes" | "discountAfterTaxes">;
type Discount = Pick<Sale, "discountBeforeTaxes" | "discountAfterTaxes">;

const NO_DISCOUNT: Discount = { discountBeforeTaxes: 0n, discountAfterTaxes: 0n };

/**
 * The agreements of an order in order of time: the order itself, each edit, each return when it was opened, each refund.
 * All their sales add up to the order's current total.
 */
export function agreementsOf(order: WorldOrder, figures: OrderFigures): Agreement[] {
  const first: Agreement = {
    key: "order",
    at: order.processedAt,
    sales: orderSales(figures),
    about: { type: "ORDER" },
  };
  const edits = order.edits.map((edit, index): Agreement => {
    const sales = [...addedLines(figures, edit), ...removedUnits(figures, edit)];
    return { key: `edit ${index}`, at: edit.at, sales, about: { type: "ORDER_EDIT", edit } };
  });
  const shipping = spreadOverShipping(figures);
  const refunds = figures.refunds.flatMap((refund, index): Agreement[] => {
    const { id, createdAt, returnedAt } = refund.refund;
    const key = `refund ${id}`;
    const returned = [...returnedLines(figures, refund), ...keptFees(figures, refund)];
    const rest = [
      ...(shipping[index] ?? []).map((part) => returnedShipping(figures, part, key)),
      ...returnedDuties(figures, refund),
      ...adjustments(figures, refund),
    ];
    const about = { type: "REFUND", refund } as const;
    if (returnedAt === undefined) return [{ key, at: createdAt, sales: [...returned, ...rest], about }];
    return [
      { key: `return ${id}`, at: returnedAt, sales: returned, about: { type: "RETURN", refund } },
      { key, at: createdAt, sales: rest, about },
    ];
  });
  const later = [...edits, ...refunds].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return [first, ...later];
}

function orderSales(figures: OrderFigures): Sale[] {
  const { lines, shipping, additionalFees, tip } = figures;
  const fromTheStart = lines.filter(({ addedBy }) => addedBy === null);
  const tips: Sale[] =
    tip === 0n
      ? []
      : [{ key: "tip", subject: { type: "TIP" }, action: "ORDER", quantity: 1, total: tip, tax: 0n, ...NO_DISCOUNT }];
  return [
    ...fromTheStart.map((line) => soldLine(figures, line)),
    ...fromTheStart.filter(({ duties }) => duties > 0n).map((line) => chargedDuty(line)),
    ...shipping.map((line, index) => chargedShipping(figures, line, index)),
    ...additionalFees.map((fee, index): Sale => {
      const subject = { type: "ADDITIONAL_FEE", fee, index } as const;
      const amounts = { total: withTax(figures, fee.price, fee.tax), tax: fee.tax, ...NO_DISCOUNT };
      return { key: `additional fee ${index}`, subject, action: "ORDER", quantity: null, ...amounts };
    }),
    ...tips,
  ];
}

function addedLines(figures: OrderFigures, edit: WorldEdit): Sale[] {
  const added = figures.lines.filter(({ addedBy }) => addedBy === edit);
  const duties = added.filter((line) => line.duties > 0n).map((line) => chargedDuty(line));
  return [...added.map((line) => soldLine(figures, line)), ...duties];
}

function soldLine(figures: OrderFigures, line: LineFigures): Sale {
  const { quantity } = line.line;
  const total = withTax(figures, soldFor(line), line.tax);
  const amounts = { total, tax: line.tax, ...discountOfLine(figures, line) };
  return { key: `line ${line.line.id}`, subject: subjectOf(line), action: "ORDER", quantity, ...amounts };
}

function chargedDuty(line: LineFigures): Sale {
  const amounts = { total: line.duties, tax: 0n, ...NO_DISCOUNT };
  const subject = { type: "DUTY", line } as const;
  return { key: `duty ${line.line.id}`, subject, action: "ORDER", quantity: null, ...amounts };
}

function chargedShipping(figures: OrderFigures, shipping: ShippingFigures, index: number): Sale {
  const { price, discount, tax } = shipping;
  const subject = { type: "SHIPPING", shipping, index } as const;
  const sold = price - discount;
  const amounts = { total: withTax(figures, sold, tax), tax, ...discountOf(figures, { discount, sold, tax }) };
  return { key: `shipping ${index}`, subject, action: "ORDER", quantity: null, ...amounts };
}

/** Units that an edit takes off are worth their part of the line. */
function removedUnits(figures: OrderFigures, edit: WorldEdit): Sale[] {
  const index = figures.removals.findIndex((removal) => removal.edit === edit);
  return figures.removals
    .filter((removal) => removal.edit === edit)
    .flatMap((removal, at) => {
      const amounts = { total: removal.net + removal.tax, tax: removal.tax };
      return takenBack(figures, removal, { key: `removal ${index + at}`, ...amounts });
    });
}

/** Units that come back are worth what the refund says of them. */
function returnedLines(figures: OrderFigures, refund: RefundFigures): Sale[] {
  return refund.lines.flatMap((part, at) => {
    const amounts = { total: withTax(figures, part.amount, part.tax), tax: part.tax };
    return takenBack(figures, part, { key: `refund ${refund.refund.id} line ${at}`, ...amounts });
  });
}

function takenBack(
  figures: OrderFigures,
  units: Pick<RemovalFigures, "line" | "from" | "quantity">,
  worth: { key: string; total: bigint; tax: bigint },
): Sale[] {
  const line = figures.lines.find((sold) => sold.line === units.line);
  if (!line) return [];
  const of = { of: line.line.quantity, from: units.from, quantity: units.quantity };
  const whole = discountOfLine(figures, line);
  const amounts = negated({
    total: worth.total,
    tax: worth.tax,
    discountBeforeTaxes: unitsWorth(whole.discountBeforeTaxes, of),
    discountAfterTaxes: unitsWorth(whole.discountAfterTaxes, of),
  });
  return [{ key: worth.key, subject: subjectOf(line), action: "RETURN", quantity: -units.quantity, ...amounts }];
}

function keptFees(figures: OrderFigures, refund: RefundFigures): Sale[] {
  return refund.fees.map((fee, index): Sale => {
    const amounts = { total: withTax(figures, fee.amount, fee.tax), tax: fee.tax, ...NO_DISCOUNT };
    const key = `refund ${refund.refund.id} fee ${index}`;
    return { key, subject: { type: "FEE", fee, index, refund }, action: "ORDER", quantity: null, ...amounts };
  });
}

function returnedShipping(
  figures: OrderFigures,
  part: { index: number; amount: bigint; tax: bigint },
  refundKey: string,
): Sale {
  const shipping = figures.shipping[part.index];
  if (!shipping) throw new RangeError(`there is no shipping line ${part.index}`);
  const subject = { type: "SHIPPING", shipping, index: part.index } as const;
  const amounts = negated({ total: withTax(figures, part.amount, part.tax), tax: part.tax, ...NO_DISCOUNT });
  return { key: `${refundKey} shipping ${part.index}`, subject, action: "RETURN", quantity: null, ...amounts };
}

function returnedDuties(figures: OrderFigures, refund: RefundFigures): Sale[] {
  return refund.duties.flatMap(({ line: { id }, amount }): Sale[] => {
    const line = figures.lines.find((sold) => sold.line.id === id);
    if (!line) return [];
    const amounts = negated({ total: amount, tax: 0n, ...NO_DISCOUNT });
    const key = `refund ${refund.refund.id} duty ${id}`;
    return [{ key, subject: { type: "DUTY", line }, action: "RETURN", quantity: null, ...amounts }];
  });
}

/** What is given back beyond lines, shipping and duties takes from the sales; what is kept adds to them. */
function adjustments(figures: OrderFigures, refund: RefundFigures): Sale[] {
  const { adjustment, adjustmentTax } = refund;
  if (adjustment === 0n && adjustmentTax === 0n) return [];
  const total = withTax(figures, adjustment, adjustmentTax);
  const amounts = negated({ total, tax: adjustmentTax, ...NO_DISCOUNT });
  const key = `refund ${refund.refund.id} adjustment`;
  return [{ key, subject: { type: "ADJUSTMENT" }, action: "UPDATE", quantity: null, ...amounts }];
}

function subjectOf(line: LineFigures): SaleSubject {
  return { type: line.line.giftCard ? "GIFT_CARD" : "PRODUCT", line };
}

/** What a line was sold for as its amounts are written, after all its discounts. */
function soldFor(line: LineFigures): bigint {
  return line.discountedTotal - line.orderDiscount;
}

function withTax({ taxesIncluded }: OrderFigures, written: bigint, tax: bigint): bigint {
  return taxesIncluded ? written : written + tax;
}

function discountOfLine(figures: OrderFigures, line: LineFigures): Discount {
  const discount = line.lineDiscount + line.orderDiscount;
  return discountOf(figures, { discount, sold: soldFor(line), tax: line.tax });
}

/**
 * A discount with and without the tax on it, which is in the proportion of the tax on what was sold for: of a written
 * discount D, half up(D x tax / sold for). Nothing was taxed where everything was given away.
 */
function discountOf(
  { taxesIncluded }: OrderFigures,
  { discount, sold, tax }: { discount: bigint; sold: bigint; tax: bigint },
): Discount {
  const onIt = sold === 0n ? 0n : (discount * tax * 2n + sold) / (sold * 2n);
  if (taxesIncluded) return { discountBeforeTaxes: discount - onIt, discountAfterTaxes: discount };
  return { discountBeforeTaxes: discount, discountAfterTaxes: discount + onIt };
}

function negated({ total, tax, discountBeforeTaxes, discountAfterTaxes }: Amounts): Amounts {
  return {
    total: -total,
    tax: -tax,
    discountBeforeTaxes: -discountBeforeTaxes,
    discountAfterTaxes: -discountAfterTaxes,
  };
}
