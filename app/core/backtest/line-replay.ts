import { lineSale, netSaleOf, unitsWorth } from "../ledger/line-sale.ts";
import { divideHalfUp } from "../money/money.ts";
import type { Order, OrderLine } from "../orders/order.ts";

/** A line of an order with what plans give on it. Amounts are minor units of the shop's currency, as its prices are. */
export interface ReplayedLine {
  readonly line: OrderLine;
  /** What the plan that was in force gives by the replay; null: none was in force. */
  readonly baseline: bigint | null;
  /** What the candidate gives. */
  readonly candidate: bigint;
  /** What so many of its units cost, net of tax; null: nobody knows. */
  readonly costOf: ((units: number) => bigint) | null;
  /** The price of a unit below which the candidate may not go; null: it sets no margin, or the cost is unknown. */
  readonly floor: bigint | null;
  /** Units that came back. */
  readonly returned: number;
}

/** Which limits a line is below: the candidate's margin, and what it cost. */
export interface Below {
  readonly floor: boolean;
  readonly cost: boolean;
}

/** What a line was sold for, and would have been. All amounts are net of tax, as the ledger counts them. */
export interface LineOutcome {
  /** All its discounts, positive; and of these what the plan gave. */
  readonly given: { readonly past: bigint; readonly candidate: bigint };
  readonly byPlan: { readonly past: bigint; readonly candidate: bigint };
  /** By how much more (negative: less) the units that were kept would have been sold for. */
  readonly change: bigint;
  /** Net sale of the units that were kept less their cost; null where nobody knows it. */
  readonly margin: { readonly past: bigint; readonly candidate: bigint } | null;
  readonly below: { readonly past: Below; readonly candidate: Below };
  /** Whether others than the plan gave something on it. */
  readonly hasOthers: boolean;
}

/**
 * The line as it would stand under another discount. Its rate of tax stays: the tax goes with what is paid. Where nothing was
 * paid there is no rate, and no tax.
 *
 * @example 3 x 12.00 with 20 % tax inside, 6.00 off, 5.00 tax; with 12.00 off 24.00 are paid, of which 4.00 is tax
 */
export const lineUnder = (line: OrderLine, discount: bigint): OrderLine => {
  const whole = line.unitPrice * BigInt(line.quantity);
  const paid = whole - line.discount;
  return { ...line, discount, tax: paid === 0n ? 0n : divideHalfUp(line.tax * (whole - discount), paid) };
};

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The part of a net discount that an amount of the whole discount is. */
const share = (net: bigint, amount: bigint, of: bigint): bigint => (of === 0n ? 0n : divideHalfUp(net * amount, of));

const belowOf = (line: OrderLine, taxesIncluded: boolean, { floor, costOf }: ReplayedLine): Below => {
  const units = BigInt(line.quantity);
  return {
    floor: floor !== null && line.unitPrice * units - line.discount < floor * units,
    cost: costOf !== null && netSaleOf(line, taxesIncluded) < costOf(line.quantity),
  };
};

/**
 * What a line comes to under the plan of then and under the candidate. Of its discount that part is the plan's which the replay
 * gives; the rest is others' and stays. The candidate comes in place of the plan's part.
 *
 * @example 10 x 10.00, 12.00 off, of which the plan of then gives 10.00; the candidate gives 15.00: 17.00 off, 5.00 more
 */
export const outcomeOf = (replayed: ReplayedLine, { taxesIncluded }: Pick<Order, "taxesIncluded">): LineOutcome => {
  const { line, baseline, candidate, costOf, returned } = replayed;
  const own = smaller(line.discount, baseline ?? 0n);
  const others = line.discount - own;
  const whole = line.unitPrice * BigInt(line.quantity);
  const under = lineUnder(line, smaller(whole, others + candidate));
  const kept = line.quantity - returned;
  const sold = (one: OrderLine): bigint =>
    unitsWorth(netSaleOf(one, taxesIncluded), { of: line.quantity, from: returned, quantity: kept });
  const past = -lineSale(line, taxesIncluded).discount;
  const next = -lineSale(under, taxesIncluded).discount;
  const cost = costOf?.(kept) ?? 0n;
  return {
    given: { past, candidate: next },
    byPlan: { past: share(past, own, line.discount), candidate: share(next, under.discount - others, under.discount) },
    change: sold(under) - sold(line),
    margin: costOf === null ? null : { past: sold(line) - cost, candidate: sold(under) - cost },
    below: { past: belowOf(line, taxesIncluded, replayed), candidate: belowOf(under, taxesIncluded, replayed) },
    hasOthers: others > 0n,
  };
};

/** Units of each line that came back, with a refund or without. */
export const returnedUnits = ({ changes }: Order): ReadonlyMap<bigint, number> => {
  const units = new Map<bigint, number>();
  const add = (lineId: bigint, quantity: number): void => {
    units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  };
  for (const { lineId, quantity } of changes?.removals ?? []) add(lineId, quantity);
  for (const { lines } of changes?.refunds ?? []) for (const { lineId, quantity } of lines) add(lineId, quantity);
  return units;
};
