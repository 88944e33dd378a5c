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

/** By a policy that draws other borders, everybody starts anew: its first run has no hysteresis. */
const sideless = (customers: readonly CustomerInWindow[]): CustomerInWindow[] =>
  customers.map((customer) => ({ ...customer, previous: null }));

/** The customers of the window that ends today, as a run by the policy would read them. */
export const readRunInputs = async (
  pool: pg.Pool,
  shopId: number,
  policy: TierPolicy,
  today: ShopDay,
): Promise<RunInputs> => {
  const days = windowDays(policy.window, today);
  const former = await latestRun(pool, shopId);
  const customers = await readTierInputs(pool, shopId, days);
  const isSame = former !== null && drawsSameBorders(former.policy, policy);
  return { days, customers: isSame ? customers : sideless(customers), former };
};
