import { MS_PER_DAY, type ShopDay } from "../time/shop-day.ts";
import type { CountedOver } from "./plan.ts";

/** What was bought on a day, less what came back on it: minor units, units or orders. */
export interface DayAmount {
  readonly day: ShopDay;
  readonly amount: bigint;
}

/** A threshold that is reached, and the last day on which it is if nothing more is bought. */
export interface ReachedStep {
  readonly from: bigint;
  readonly through: ShopDay;
}

/** The last day of any calendar that is still written with eight digits. */
export const FOREVER: ShopDay = Date.UTC(9999, 11, 31) / MS_PER_DAY;

const monthOf = (day: ShopDay): { year: number; month: number } => {
  const date = new Date(day * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() };
};

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** First and last day of the calendar period that a day is in. */
const periodOf = (day: ShopDay, period: keyof typeof MONTHS): { first: ShopDay; last: ShopDay } => {
  const { year, month } = monthOf(day);
  const months = MONTHS[period];
  const start = month - (month % months);
  return {
    first: Date.UTC(year, start, 1) / MS_PER_DAY,
    last: Date.UTC(year, start + months, 1) / MS_PER_DAY - 1,
  };
};

/** The first day that counts today. */
export const countedFrom = (window: CountedOver, today: ShopDay): ShopDay => {
  if (window.kind === "lifetime") return -FOREVER;
  return window.kind === "days" ? today - window.days + 1 : periodOf(today, window.period).first;
};

const countedSum = (days: readonly DayAmount[], from: ShopDay, to: ShopDay): bigint =>
  days.reduce((sum, { day, amount }) => (day >= from && day <= to ? sum + amount : sum), 0n);

/**
 * What counts over the coming days if nothing more is bought, as a falling staircase: each value with the last day on which
 * at least so much counts. A return that drops out of a rolling window before its purchase would raise the sum again; that is
 * not promised ahead, but found when its day comes.
 */
const staircase = (window: CountedOver, days: readonly DayAmount[], today: ShopDay): DayTotal[] => {
  if (window.kind === "lifetime") return [{ total: countedSum(days, -FOREVER, today), through: FOREVER }];
  if (window.kind === "calendar") {
    const { first, last } = periodOf(today, window.period);
    return [{ total: countedSum(days, first, today), through: last }];
  }
  const counted = days.filter(({ day }) => day > today - window.days && day <= today).sort((a, b) => a.day - b.day);
  let total = counted.reduce((sum, { amount }) => sum + amount, 0n);
  const stairs: DayTotal[] = [];
  for (const { day, amount } of counted) {
    // The day is the window's first one for the last time: from the next on it does not count.
    stairs.push({ total, through: day + window.days - 1 });
    total -= amount;
  }
  return stairs;
};

interface DayTotal {
  readonly total: bigint;
  readonly through: ShopDay;
}

/**
 * The steps of a cumulative part that a buyer has reached today, the highest first, each with the day through which it holds.
 * A step that ends no later than a higher one is left out: the higher one says all.
 *
 * @param thresholds in rising order
 * @example 365 days, steps from 1,000 and 5,000, bought 4,000 on 1 January and 2,000 on 1 March, today 1 May: 5,000 through
 * 31 December of this year, 1,000 through the end of February of the next
 */
export const reachedSteps = (
  window: CountedOver,
  thresholds: readonly bigint[],
  days: readonly DayAmount[],
  today: ShopDay,
): ReachedStep[] => {
  const stairs = staircase(window, days, today);
  const reached: ReachedStep[] = [];
  for (const from of thresholds.toReversed()) {
    const end = stairs.findIndex(({ total }) => total < from);
    const last = end === -1 ? stairs.at(-1) : stairs[end - 1];
    if (!last || last.through < today) continue;
    const higher = reached.at(-1);
    if (!higher || last.through > higher.through) reached.push({ from, through: last.through });
  }
  return reached;
};
