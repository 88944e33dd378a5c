import { describe, expect, test } from "vitest";
import { NO_COUNTS, NO_MONEY } from "#app/core/backtest/totals.ts";
import { breakEvenWords, presentBacktest, presentFindings } from "#app/presenters/backtest.ts";
import { listTable } from "#app/presenters/backtest-lists.ts";
import { at } from "#tests/factories/order.ts";

const SHOP = { currency: "USD", timeZone: "America/New_York" };

const backtest = (id: number, version: number, startedAt: string) => ({
  test: {
    ...{ id, version, windowDays: null, status: "finished", total: 2, done: 2, seconds: 1, counts: NO_COUNTS },
    ...{ untilAt: new Date(at(startedAt)), requestedAt: new Date(at(startedAt)) },
  },
  tiers: [{ ...NO_MONEY, tier: "A", customers: 1, orders: 2 }],
});

// In New York it is four hours earlier in summer.
const MORNING = backtest(1, 3, "2026-06-05T13:30:00Z");
const NOON = backtest(2, 3, "2026-06-05T16:00:00Z");

/** Intl puts a narrow space before AM and PM. */
const plain = (text: string): string => text.replaceAll(/\s/gu, " ");

describe("a back-test", () => {
  test("is called by its version, its orders and when it was started in the shop's time", () => {
    expect(plain(presentBacktest(MORNING.test, SHOP).title)).toBe(
      "Version 3 on all orders, started Jun 5, 2026, 9:30 AM",
    );
  });

  test("beside another one of the same version has the time of each over its column, and else the version alone", () => {
    const columns = (other: typeof MORNING) => presentFindings(MORNING, other, SHOP).summary.headings.map(plain);
    expect(columns(NOON).slice(2)).toEqual([
      "Version 3, started Jun 5, 2026, 9:30 AM",
      "Version 3, started Jun 5, 2026, 12:00 PM",
    ]);
    expect(columns(backtest(2, 4, "2026-06-05T16:00:00Z")).slice(2)).toEqual(["Version 3", "Version 4"]);
  });

  test("says by tier what is before and what is after", () => {
    expect(presentFindings(MORNING, null, SHOP).tiers.headings).toEqual([
      ...["Tier", "Customers", "Discounts before", "Discounts after", "Profit before", "Profit after"],
      "To earn it back",
    ]);
  });
});

// 4 % off a margin of 40 % takes 4000 / 36000 = 11.11 % more units, a fifth 20 %, and 12.00 of 69.20 17.34 %.
test.each([
  [4000n, 36_000n, "+11.2 % units"],
  [200n, 1000n, "+20.0 % units"],
  [1200n, 6920n, "+17.4 % units"],
  [1n, 1_000_000n, "+0.1 % units"],
  [0n, 5n, "Nothing"],
])("to earn back %s of a margin of %s takes %s: one decimal, rounded up", (extra, margin, words) => {
  expect(breakEvenWords({ extra, margin })).toBe(words);
});

describe("a line below the margin or below cost", () => {
  const cells = (below: readonly string[], part: { product?: string | null; buyer?: null } = {}) => {
    const buyer = { customerId: 7n, kind: "customer" as const, key: "customer:1", name: "Ann Ash", email: null };
    const line = { orderId: 5n, lineId: 50n, orderName: "#5", given: 100n, candidate: 250n, product: "Mug", buyer };
    const table = listTable({ show: "below", rows: [{ ...line, below, ...part }] }, "USD");
    return table.rows[0]?.cells ?? [];
  };

  test("has its product, its customer, and the worse of both before and with the plan", () => {
    const all = ["past-floor", "past-cost", "candidate-floor", "candidate-cost"];
    expect(cells(all).map(({ text }) => text)).toEqual([
      ...["#5", "Mug", "Ann Ash", "Below cost", "Below cost", "$1.00", "$2.50"],
    ]);
    expect(cells(all)[2]?.url).toBe("/app/customers/7");
  });

  test.each([
    [["candidate-floor"], "–", "Below the margin"],
    [["past-floor"], "Below the margin", "–"],
    [["past-floor", "candidate-floor", "candidate-cost"], "Below the margin", "Below cost"],
  ])("of %j is before and with the plan: %s, %s", (below, before, after) => {
    expect([cells(below)[3]?.text, cells(below)[4]?.text]).toEqual([before, after]);
  });

  test("has a dash for what is not known of it", () => {
    expect(cells([], { product: null, buyer: null }).slice(1, 3)).toEqual([{ text: "–" }, { text: "–" }]);
  });
});
