import type pg from "pg";
import { drawsSameBorders, windowDays, type DayRange, type TierPolicy } from "#app/core/tiers/policy.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import { latestRun, type LatestRun } from "./latest-run.server.ts";
import { readTierInputs, type CustomerInWindow } from "./read-tier-inputs.server.ts";

/** What a run, or the preview of one, works with. */
export interface RunInputs {
  readonly days: DayRange;
  readonly customers: readonly CustomerInWindow[];
  /** The run before; null in the first. */
  readonly former: LatestRun | null;
}

/** By other rules everybody starts anew: the first run by them has no hysteresis. */
const sideless = (customers: readonly CustomerInWindow[]): CustomerInWindow[] =>
  customers.map((customer) => ({ ...customer, previous: null }));

/** By what a run goes: the policy, the last day that counts, and whether costs are other ones than in the run before. */
export interface RunBasis {
  readonly policy: TierPolicy;
  readonly today: ShopDay;
  readonly costsChanged: boolean;
}

/**
 * The customers of the window that ends today, as a run would read them. Where the policy draws other borders than that of
 * the run before, or costs have changed, nobody is held where they were.
 */
export const readRunInputs = async (
  pool: pg.Pool,
  shopId: number,
  { policy, today, costsChanged }: RunBasis,
): Promise<RunInputs> => {
  const days = windowDays(policy.window, today);
  const former = await latestRun(pool, shopId);
  const customers = await readTierInputs(pool, shopId, days);
  const isSame = former !== null && !costsChanged && drawsSameBorders(former.policy, policy);
  return { days, customers: isSame ? customers : sideless(customers), former };
};
