import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countedFrom, FOREVER, reachedSteps, type DayAmount } from "#app/core/plan/cumulative.ts";
import type { CountedOver } from "#app/core/plan/plan.ts";
import { formatDay, parseDay } from "#app/core/time/shop-day.ts";

const day = parseDay;
const YEAR: CountedOver = { kind: "days", days: 365 };

const printed = (window: CountedOver, thresholds: bigint[], days: DayAmount[], today: string): string[] =>
  reachedSteps(window, thresholds, days, day(today)).map(({ from, through }) => `${from} ${formatDay(through)}`);

describe("steps reached over a time", () => {
  test("hold until purchases drop out of the window, a lower one for longer than a higher one", () => {
    const bought = [
      { day: day("2026-01-01"), amount: 4000n },
      { day: day("2026-03-01"), amount: 2000n },
    ];
    expect(printed(YEAR, [1000n, 5000n], bought, "2026-05-01")).toEqual(["5000 2026-12-31", "1000 2027-02-28"]);
  });

  test("take off what came back, on the day on which it came back", () => {
    const bought = [
      { day: day("2026-01-01"), amount: 4000n },
      { day: day("2026-02-01"), amount: -3500n },
    ];
    expect(printed(YEAR, [1000n], bought, "2026-01-15")).toEqual(["1000 2026-12-31"]);
    expect(printed(YEAR, [1000n], bought, "2026-02-01")).toEqual([]);
  });

  test("of a calendar period end with it", () => {
    const bought = [
      { day: day("2026-09-30"), amount: 9000n },
      { day: day("2026-10-01"), amount: 300n },
    ];
    const by = (period: "month" | "quarter" | "year") =>
      printed({ kind: "calendar", period }, [200n, 9200n], bought, "2026-10-15");
    expect(by("month")).toEqual(["200 2026-10-31"]);
    expect(by("quarter")).toEqual(["200 2026-12-31"]);
    expect(by("year")).toEqual(["9200 2026-12-31"]);
  });

  test("of all time hold for good", () => {
    expect(printed({ kind: "lifetime" }, [5n], [{ day: day("1999-01-01"), amount: 5n }], "2026-10-15")).toEqual([
      `5 ${formatDay(FOREVER)}`,
    ]);
  });
});

const anyWindow: fc.Arbitrary<CountedOver> = fc.oneof(
  fc.record({ kind: fc.constant("days" as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant("calendar" as const),
    period: fc.constantFrom("month" as const, "quarter" as const, "year" as const),
  }),
  fc.record({ kind: fc.constant("lifetime" as const) }),
);
const TODAY = day("2026-10-15");
const anyDays = fc.array(
  fc.record({ day: fc.integer({ min: TODAY - 90, max: TODAY }), amount: fc.bigInt({ min: -50n, max: 100n }) }),
  { maxLength: 12 },
);
const thresholds = [1n, 40n, 120n];

/** What counts on a day if nothing more is bought, added up anew for that day. */
const countedOn = (window: CountedOver, days: readonly DayAmount[], at: number): bigint =>
  days.reduce((sum, one) => (one.day >= countedFrom(window, at) && one.day <= at ? sum + one.amount : sum), 0n);

const highest = (amount: bigint): bigint => thresholds.filter((from) => from <= amount).at(-1) ?? 0n;

test("on no day is more promised than counts on it, and today exactly what counts", () => {
  fc.assert(
    fc.property(anyWindow, anyDays, (window, days) => {
      const reached = reachedSteps(window, thresholds, days, TODAY);
      const promised = (at: number): bigint =>
        reached.filter(({ through }) => at <= through).reduce((most, { from }) => (from > most ? from : most), 0n);
      expect(promised(TODAY)).toBe(highest(countedOn(window, days, TODAY)));
      for (let at = TODAY; at <= TODAY + 60; at += 1)
        expect(promised(at) <= highest(countedOn(window, days, at))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("where nothing comes back a promise ends on the very day on which it does", () => {
  const bought = anyDays.map((days) =>
    days.map((one) => ({ ...one, amount: one.amount < 0n ? -one.amount : one.amount })),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), bought, (length, days) => {
      const window: CountedOver = { kind: "days", days: length };
      for (const { from, through } of reachedSteps(window, thresholds, days, TODAY)) {
        expect(countedOn(window, days, through) >= from).toBe(true);
        expect(countedOn(window, days, through + 1) < from).toBe(true);
      }
    }),
  );
});
