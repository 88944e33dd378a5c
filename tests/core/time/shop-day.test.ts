import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDay, isDay, MS_PER_DAY, parseDay, shopDays } from "#app/core/time/shop-day.ts";

const ZONES = [
  "UTC",
  "America/New_York",
  "America/St_Johns", // half an hour, and DST that began at 00:01 until 2011
  "America/Sao_Paulo", // DST that began at midnight
  "America/Havana",
  "Asia/Kathmandu", // three quarters of an hour
  "Asia/Kolkata",
  "Asia/Tehran",
  "Asia/Tokyo",
  "Asia/Gaza",
  "Africa/Cairo",
  "Africa/Casablanca", // DST suspended for Ramadan
  "Australia/Lord_Howe", // DST of half an hour
  "Europe/London",
  "Europe/Berlin",
  "Pacific/Apia", // 2011-12-30 did not happen
  "Pacific/Kwajalein", // 1993-08-21 did not happen
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "Antarctica/Troll", // two hours of DST
] as const;

const FROM = Date.UTC(1990, 0, 1);
const TO = Date.UTC(2036, 0, 1);

/** The calendar date in a zone, as the platform prints it for each instant: no offsets, no arithmetic. */
const dateIn = (timeZone: string): ((instant: number) => string) => {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (instant) => format.format(instant);
};

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Every date from 1970-01-01 to the end of a year, counted off on a paper calendar. */
function* calendar(lastYear: number): Generator<string> {
  for (let year = 1970; year <= lastYear; year++) {
    for (const [index, usual] of MONTHS.entries()) {
      const days = index === 1 && isLeap(year) ? 29 : usual;
      for (let day = 1; day <= days; day++) {
        yield `${year}-${String(index + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
      }
    }
  }
}

test.each([
  // Japan is nine hours ahead: 15:00 UTC is midnight.
  ["Asia/Tokyo", "2025-01-01T14:59:59.999Z", "2025-01-01"],
  ["Asia/Tokyo", "2025-01-01T15:00:00Z", "2025-01-02"],
  // New York: five hours behind in winter, four in summer.
  ["America/New_York", "2025-01-15T04:59:59Z", "2025-01-14"],
  ["America/New_York", "2025-01-15T05:00:00Z", "2025-01-15"],
  ["America/New_York", "2025-07-15T03:59:59Z", "2025-07-14"],
  ["America/New_York", "2025-07-15T04:00:00Z", "2025-07-15"],
  // The day of the spring change has 23 hours: from 05:00 UTC to 04:00 UTC.
  ["America/New_York", "2025-03-09T05:00:00Z", "2025-03-09"],
  ["America/New_York", "2025-03-10T03:59:59Z", "2025-03-09"],
  ["America/New_York", "2025-03-10T04:00:00Z", "2025-03-10"],
  // The day of the autumn change has 25.
  ["America/New_York", "2025-11-02T04:00:00Z", "2025-11-02"],
  ["America/New_York", "2025-11-03T04:59:59Z", "2025-11-02"],
  ["America/New_York", "2025-11-03T05:00:00Z", "2025-11-03"],
  // Nepal is 5:45 ahead: 18:15 UTC is midnight.
  ["Asia/Kathmandu", "2025-06-30T18:14:59Z", "2025-06-30"],
  ["Asia/Kathmandu", "2025-06-30T18:15:00Z", "2025-07-01"],
  // Samoa went from ten hours behind to fourteen ahead and had no 30 December in 2011.
  ["Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"],
  ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"],
  ["UTC", "1969-12-31T23:59:59.999Z", "1969-12-31"],
])("in %s the instant %s belongs to %s", (zone, instant, day) => {
  expect(formatDay(shopDays(zone)(Date.parse(instant)))).toBe(day);
});

test("every instant between 1990 and 2035 belongs to the date that the platform prints for it, in every kind of zone", () => {
  const known = new Map(ZONES.map((zone) => [zone, { dayOf: shopDays(zone), date: dateIn(zone) }]));
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.integer({ min: FROM, max: TO }), (zone, instant) => {
      const { dayOf, date } = known.get(zone) ?? expect.unreachable();
      expect(formatDay(dayOf(instant))).toBe(date(instant));
    }),
    { numRuns: 5000 },
  );
});

test("around every change of the clock the shop's day changes when the date on the wall does", () => {
  const wrong: string[] = [];
  for (const zone of ZONES) {
    const dayOf = shopDays(zone);
    const date = dateIn(zone);
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
    let before = clock.format(FROM);
    for (let day = FROM; day < TO; day += MS_PER_DAY) {
      const midnight = clock.format(day + MS_PER_DAY);
      if (midnight === before) continue;
      before = midnight;
      // Each quarter of an hour of the UTC day of the change, and the last millisecond before it.
      for (let quarter = 0; quarter <= 96; quarter++) {
        for (const t of [day + quarter * 900_000, day + quarter * 900_000 - 1]) {
          if (formatDay(dayOf(t)) !== date(t)) wrong.push(`${zone} ${new Date(t).toISOString()} is not ${date(t)}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("asking for instants in any order gives the same days", () => {
  const instants = fc.array(fc.integer({ min: Date.UTC(2025, 2, 7), max: Date.UTC(2025, 2, 12) }), { maxLength: 20 });
  fc.assert(
    fc.property(instants, (list) => {
      const forwards = shopDays("America/New_York");
      const backwards = shopDays("America/New_York");
      const days = list.map(forwards);
      expect(list.toReversed().map(backwards).toReversed()).toEqual(days);
    }),
  );
});

test("days are numbered from 1970-01-01 without a gap, leap years as in the calendar, through 2100", () => {
  let day = 0;
  for (const date of calendar(2100)) {
    if (formatDay(day) !== date || parseDay(date) !== day) expect.fail(`day ${day} is ${date}, not ${formatDay(day)}`);
    day += 1;
  }
  expect(day).toBe(parseDay("2101-01-01"));
});

test("the first day that a unit cost can hold from is a day like any other", () => {
  expect(formatDay(parseDay("0001-01-01"))).toBe("0001-01-01");
  expect(parseDay("0001-01-02") - parseDay("0001-01-01")).toBe(1);
});

test("a zone that does not exist is refused", () => {
  expect(() => shopDays("Mars/Olympus_Mons")).toThrow(RangeError);
});

test("a text is a day when the calendar has it", () => {
  expect(["2025-01-31", "2024-02-29", "0001-01-01", "9999-12-31"].filter((text) => !isDay(text))).toEqual([]);
  const none = ["", "2025-02-29", "2025-13-01", "2025-00-10", "2025-1-31", "31.01.2025", "0000-01-01", "10000-01-01"];
  expect(none.filter(isDay)).toEqual([]);
});
