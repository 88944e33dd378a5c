import { hasFloor, type Plan } from "./plan.ts";

/** Rounded up. */
const ceilDiv = (over: bigint, under: bigint): bigint => (over + under - 1n) / under;

const WHOLE = 10_000n;

/**
 * The lowest price of one unit that keeps the plan's margin: minor units of the shop's currency, rounded up, tax included
 * where the shop's prices include it (by the highest rate, so that it is never too low).
 *
 * @param unitCost today's; null: nobody knows it
 * @returns null where the plan sets no margin, or the cost is unknown: such a line gets no discount while a margin is set
 * @example cost 4.20, a margin of 30 %: 6.00; prices with up to 20 % tax inside: 7.20
 */
export const floorPrice = (unitCost: bigint | null, plan: Plan, taxesIncluded: boolean): bigint | null => {
  if (unitCost === null || !hasFloor(plan)) return null;
  const { minMargin, minOverCost, highestTax } = plan.limits;
  const byMargin = ceilDiv(unitCost * WHOLE, WHOLE - BigInt(minMargin ?? 0));
  const byAmount = unitCost + (minOverCost ?? 0n);
  const net = byMargin > byAmount ? byMargin : byAmount;
  return taxesIncluded ? ceilDiv(net * (WHOLE + BigInt(highestTax)), WHOLE) : net;
};
