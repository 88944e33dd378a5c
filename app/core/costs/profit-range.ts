import { divideHalfUp } from "../money/money.ts";

/** What a tier run found of the shop, as far as unknown costs are concerned. Minor units. */
interface Totals {
  readonly cm4: bigint;
  /** Goods sold and returned, and of these the ones with a known unit cost. */
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
}

/** Between what and what the profit lies while some unit costs are unknown. Minor units. */
export interface ProfitRange {
  /** Net sale of the goods without a known cost. */
  readonly unknown: bigint;
  /** If they cost all that they were sold for. */
  readonly lowest: bigint;
  /** With the margin assumed for them; null where none is. */
  readonly assumed: bigint | null;
  /** If they cost nothing. */
  readonly highest: bigint;
}

/**
 * The range of profit that unknown unit costs leave. The ledger counts them as nothing, or as what the fallback margin
 * leaves of their net sale; that part is taken out again for the ends of the range.
 *
 * @param fallback hundredths of a percent of net sale; null where no margin is assumed
 * @example profit 500.00, of 1,000.00 of goods 200.00 without a cost, 40 % assumed: these count with 120.00, so the profit
 * lies between 420.00 and 620.00
 */
export const profitRange = ({ cm4, goods, goodsWithKnownCost }: Totals, fallback: number | null): ProfitRange => {
  const unknown = goods - goodsWithKnownCost;
  const counted = fallback === null ? 0n : divideHalfUp(unknown * BigInt(10_000 - fallback), 10_000n);
  const free = cm4 + counted;
  const dear = free - unknown;
  return {
    unknown,
    lowest: dear < free ? dear : free,
    assumed: fallback === null ? null : cm4,
    highest: dear < free ? free : dear,
  };
};
