import type { ShopDay } from "../time/shop-day.ts";
import { windowDays, type DayRange, type TierPolicy } from "./policy.ts";

/**
 * The days that a customer's figures count: those of the run, or, where they have been refreshed since, the policy's window
 * up to the day of that.
 */
export const countedDays = (
  run: { readonly policy: TierPolicy; readonly summary: { readonly days: DayRange } },
  countedTo: ShopDay | null,
): DayRange => (countedTo === null ? run.summary.days : windowDays(run.policy.window, countedTo));
