import type { WorldEdit, WorldLine, WorldOrder, WorldRefund, WorldReturnFee } from "./shape.ts";
import { unitsWorth } from "./units-worth.ts";

// What leaves an order again: units removed by edits, and refunds. All amounts are minor units of the shop's currency.

/** Units taken off the order by an edit; they are worth their share of the line, and were never sent. */
export interface RemovalFigures {
  edit: WorldEdit;
  line: WorldLine;
  /** How many units of the line had gone before. */
  from: number;
  quantity: number;
  net: bigint;
  tax: bigint;
}

export interface RefundLineFigures {
  line: WorldLine;
  /** How many units of the line had gone before. */
  from: number;
  quantity: number;
  restockType: "RETURN" | "NO_RESTOCK" | "CANCEL" | "LEGACY_RESTOCK";
  /** As written in the world: with the tax in a tax-inclusive order, without it otherwise. */
  amount: bigint;
  tax: bigint;
}

/** Duties of one line that a refund gives back. */
export interface RefundDutyFigures {
  line: WorldLine;
  amount: bigint;
}

/** What the shop keeps of a refund for the return. */
export interface ReturnFeeFigures {
  fee: WorldReturnFee;
  /** As written in the world, like all amounts. */
  amount: bigint;
  tax: bigint;
}

export interface RefundFigures {
  refund: WorldRefund;
  lines: RefundLineFigures[];
  shipping: bigint;
  shippingTax: bigint;
  adjustment: bigint;
  adjustmentTax: bigint;
  duties: RefundDutyFigures[];
  fees: ReturnFeeFigures[];
  /**
   * All that the refund gives back, tax included and fees taken off; the sum of its REFUND transactions when the order was
   * paid in full.
   */
  total: bigint;
}

/** What refunds need to know of the lines that they are about. */
interface SoldFigures {
  line: WorldLine;
  net: bigint;
  tax: bigint;
  duties: bigint;
}

interface How {
  minor: (decimal: string) => bigint;
  taxesIncluded: boolean;
}

/** Units that go, in order of time; each takes those that come next in its line. */
interface Departure {
  at: string;
  lineId: number;
  quantity: number;
  from: number;
  /** The entry of the world that says so. */
  entry: object;
}

/** Works out an order's removals, each taking the units that are next after all that went before it. */
export function removalFigures(order: WorldOrder, lines: readonly SoldFigures[]): RemovalFigures[] {
  if (order.edits.every(({ remove }) => remove.length === 0)) return [];
  const byId = new Map(lines.map((sold) => [sold.line.id, sold]));
  const froms = new Map(departures(order).map(({ entry, from }) => [entry, from]));
  return order.edits.flatMap((edit) =>
    edit.remove.flatMap((part) => {
      const sold = byId.get(part.lineId);
      if (!sold) return [];
      const from = froms.get(part) ?? 0;
      const units = { of: sold.line.quantity, from, quantity: part.quantity };
      const worth = { net: unitsWorth(sold.net, units), tax: unitsWorth(sold.tax, units) };
      return [{ edit, line: sold.line, from, quantity: part.quantity, ...worth }];
    }),
  );
}

/** Works out an order's refunds, in the order of the world. */
export function refundFigures(order: WorldOrder, lines: readonly SoldFigures[], how: How): RefundFigures[] {
  if (order.refunds.length === 0) return [];
  const { minor, taxesIncluded } = how;
  const byId = new Map(lines.map(({ line }) => [line.id, line]));
  const froms = new Map(departures(order).map(({ entry, from }) => [entry, from]));
  const dutiesLeft = new Map(lines.filter(({ duties }) => duties > 0n).map(({ line, duties }) => [line, duties]));
  return order.refunds.map((refund) => {
    const returned = refund.lines.flatMap((part) => {
      const line = byId.get(part.lineId);
      if (!line) return [];
      const { quantity, restockType } = part;
      const from = froms.get(part) ?? 0;
      return [{ line, from, quantity, restockType, amount: minor(part.amount), tax: minor(part.tax) }];
    });
    const parts = {
      lines: returned,
      shipping: minor(refund.shipping),
      shippingTax: minor(refund.shippingTax),
      adjustment: minor(refund.adjustment),
      adjustmentTax: minor(refund.adjustmentTax),
      duties: takeDuties(dutiesLeft, minor(refund.duties ?? "0")),
      fees: (refund.fees ?? []).map((fee) => ({ fee, amount: minor(fee.amount), tax: minor(fee.tax) })),
    };
    return { refund, ...parts, total: totalOf(parts, taxesIncluded) };
  });
}

function totalOf(parts: Omit<RefundFigures, "refund" | "total">, taxesIncluded: boolean): bigint {
  const { lines, duties, fees } = parts;
  const written =
    sum(lines.map(({ amount }) => amount)) +
    parts.shipping +
    parts.adjustment +
    sum(duties.map(({ amount }) => amount)) -
    sum(fees.map(({ amount }) => amount));
  if (taxesIncluded) return written;
  const tax = sum(lines.map((line) => line.tax)) + parts.shippingTax + parts.adjustmentTax;
  return written + tax - sum(fees.map((fee) => fee.tax));
}

/** A return takes its units when it is opened, not when its money is paid back. */
function departures(order: WorldOrder): Departure[] {
  const removed = order.edits.flatMap((edit) => edit.remove.map((entry) => ({ ...entry, at: edit.at, entry })));
  const returned = order.refunds.flatMap((refund) =>
    refund.lines.map((entry) => ({ ...entry, at: refund.returnedAt ?? refund.createdAt, entry })),
  );
  const gone = new Map<number, number>();
  return [...removed, ...returned]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map(({ at, lineId, quantity, entry }) => {
      const from = gone.get(lineId) ?? 0;
      gone.set(lineId, from + quantity);
      return { at, lineId, quantity, from, entry };
    });
}

/**
 * Takes duties to give back from what is left of each line's: in proportion, each share rounded down, and what is left
 * over to the largest remainders, the first line first among equals. More than there is takes it all.
 */
function takeDuties(left: Map<WorldLine, bigint>, wanted: bigint): RefundDutyFigures[] {
  const all = sum([...left.values()]);
  const given = wanted < all ? wanted : all;
  if (given === 0n) return [];
  const shares = [...left].map(([line, duties]) => ({
    line,
    amount: (given * duties) / all,
    rest: (given * duties) % all,
  }));
  const over = Number(given - sum(shares.map(({ amount }) => amount)));
  const largest = new Set(shares.toSorted((a, b) => (a.rest === b.rest ? 0 : a.rest > b.rest ? -1 : 1)).slice(0, over));
  return shares.flatMap((share) => {
    const amount = share.amount + (largest.has(share) ? 1n : 0n);
    left.set(share.line, (left.get(share.line) ?? 0n) - amount);
    return amount > 0n ? [{ line: share.line, amount }] : [];
  });
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}
