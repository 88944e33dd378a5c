import type { EarlyPaymentAfter } from "../plan/plan.ts";

/** What a discount for early payment costs a year, as shares: 0.3724 is 37.24 %. */
export interface AnnualCost {
  readonly nominal: number;
  readonly effective: number;
}

const DAYS_OF_YEAR = 365;

/**
 * What a shop pays a year for having its money N - n days sooner: nominal d/(1-d) x 365/(N-n), effective, with what is
 * saved put to work again, (1 + d/(1-d))^(365/(N-n)) - 1. A share of money, never money itself: it may be inexact.
 *
 * @returns null where nothing is sooner: the discount's days are not less than the net days, or all of the price is given
 * @example 2/10 net 30: nominal 0.3724, effective 0.4459
 */
export const annualCost = (
  basisPoints: number,
  { discountDays, netDays }: Pick<EarlyPaymentAfter, "discountDays" | "netDays">,
): AnnualCost | null => {
  const sooner = netDays - discountDays;
  if (sooner <= 0 || basisPoints <= 0 || basisPoints >= 10_000) return null;
  const rate = basisPoints / (10_000 - basisPoints);
  const times = DAYS_OF_YEAR / sooner;
  return { nominal: rate * times, effective: (1 + rate) ** times - 1 };
};
