/**
 * Instants are UTC milliseconds since 1970; a day is the shop's day in its IANA time zone, held as the count of days since
 * 1970-01-01, so that days subtract.
 */

export type Instant = number;
export type ShopDay = number;

export const MS_PER_DAY = 86_400_000;

/** Milliseconds by which the zone's wall clock is ahead of UTC at an instant. */
const offsetAt = (format: Intl.DateTimeFormat, instant: Instant): number => {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(instant / 1000) * 1000;
};

/**
 * A function from an instant to the shop's day. Time zone rules are asked for twice a UTC day only and remembered: while
 * the offset is the same at both ends of the UTC day, it holds in between, which makes a million instants cheap.
 *
 * @throws RangeError when the zone is not an IANA time zone.
 * @example shopDays("Asia/Tokyo")(Date.UTC(2025, 0, 1, 15)) // 2025-01-02
 */
export const shopDays = (timeZone: string): DayOf => {
  const known = CLOCKS.get(timeZone);
  if (known) return known;
  const made = clockOf(timeZone);
  CLOCKS.set(timeZone, made);
  return made;
};

type DayOf = (instant: Instant) => ShopDay;

/** There are some 600 time zones, and each is worked out once. */
const CLOCKS = new Map<string, DayOf>();

const clockOf = (timeZone: string): DayOf => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number | null>();
  const wholeDayOffset = (utcDay: number): number | null => {
    const remembered = offsets.get(utcDay);
    if (remembered !== undefined) return remembered;
    const start = offsetAt(format, utcDay * MS_PER_DAY);
    const end = offsetAt(format, (utcDay + 1) * MS_PER_DAY - 1);
    const offset = start === end ? start : null;
    offsets.set(utcDay, offset);
    return offset;
  };
  return (instant) => {
    const offset = wholeDayOffset(Math.floor(instant / MS_PER_DAY)) ?? offsetAt(format, instant);
    return Math.floor((instant + offset) / MS_PER_DAY);
  };
};

const DAY_NAMES = new Map<ShopDay, string>();

/** "2025-01-31" of a day. Remembered: a ledger has many entries and few days. */
export const formatDay = (day: ShopDay): string => {
  const known = DAY_NAMES.get(day);
  if (known !== undefined) return known;
  const made = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  DAY_NAMES.set(day, made);
  return made;
};

/** The day of a date string "2025-01-31". */
export const parseDay = (day: string): ShopDay => Math.round(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);

/** Whether a text is a day of the calendar, from the year 1 on, written as "2025-01-31". */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith("0000")) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
};
