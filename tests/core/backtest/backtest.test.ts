import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breakEvenLift } from "#app/core/backtest/break-even.ts";
import { DIFFERENCE_REASONS, differenceReason, type DifferenceFacts } from "#app/core/backtest/difference.ts";
import { heldAt, tierAt } from "#app/core/backtest/in-force.ts";
import { outsideOf } from "#app/core/backtest/outside.ts";
import { NO_COUNTS, withOrder, withOutside } from "#app/core/backtest/totals.ts";
import type { LineOutcome } from "#app/core/backtest/line-replay.ts";
import type { Order } from "#app/core/orders/order.ts";
import { anOrder, anOrderLine, at, changes } from "#tests/factories/order.ts";

describe("an order is outside a back-test", () => {
  const event = (type: "edit" | "return") => ({ type, id: 1n, at: at("2025-03-11T00:00:00Z") });
  const from = (source: string) => ({ source, asksToPayNow: false, usedCodes: false });
  const cases: readonly (readonly [string, Partial<Order>, string | null])[] = [
    ["not when it is as it was placed", {}, null],
    ["when it is a test", { test: true }, "test"],
    ["when it was cancelled", { cancelledAt: 1 }, "cancelled"],
    ["when nobody has read what happened to it", { changes: null }, "not-read"],
    ["when a line was added", { changes: changes({ added: new Map([[1n, event("edit")]]) }) }, "edited"],
    [
      "when units were taken off by an edit",
      { changes: changes({ removals: [{ event: event("edit"), lineId: 1n, quantity: 1 }] }) },
      "edited",
    ],
    [
      "not when units came back without a refund",
      { changes: changes({ removals: [{ event: event("return"), lineId: 1n, quantity: 1 }] }) },
      null,
    ],
    ["when it was a draft", { origin: from("shopify_draft_order") }, "draft"],
    ["when it was placed at a till", { origin: from("pos") }, "point-of-sale"],
    ["not when it came from the web", { origin: from("web") }, null],
    ["when nothing in it is of the catalog", { lines: [anOrderLine({ variantId: null })] }, "custom-lines"],
    ["not when something in it is", { lines: [anOrderLine({ variantId: null }), anOrderLine()] }, null],
  ];
  test.each(cases)("%s", (_when, part, why) => {
    expect(outsideOf(anOrder(part))).toBe(why);
  });
});

describe("the break-even lift", () => {
  test("is what the example works out: 4 % off a margin of 40 % takes 11.12 % more units", () => {
    expect(breakEvenLift({ extra: 4000n, margin: 36_000n })).toBe(1112);
  });

  test("is nothing where nothing more is given, and there is none where nothing is left", () => {
    expect(breakEvenLift({ extra: 0n, margin: 5n })).toBe(0);
    expect(breakEvenLift({ extra: -5n, margin: 5n })).toBe(0);
    expect(breakEvenLift({ extra: 5n, margin: 0n })).toBeNull();
    expect(breakEvenLift({ extra: 0n, margin: -1n })).toBeNull();
  });

  test("is enough, and a basis point less is not", () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(amount, amount, (extra, margin) => {
        const lift = BigInt(breakEvenLift({ extra, margin }) ?? 0);
        expect(margin * lift >= extra * 10_000n).toBe(true);
        expect(margin * (lift - 1n) < extra * 10_000n).toBe(true);
      }),
    );
  });
});

describe("a line that differs", () => {
  const facts = (part: Partial<DifferenceFacts> = {}): DifferenceFacts => ({
    line: { variantId: 11n, discount: 500n },
    replayed: 300n,
    usedCodes: false,
    isErased: false,
    isOtherCurrency: false,
    sincePublishedMs: 86_400_000,
    asGuest: null,
    isWithoutValues: false,
    hasCompareAt: false,
    ...part,
  });

  test("is explained by the first thing that is known", () => {
    const reasons = [
      facts({ usedCodes: true, isErased: true }),
      facts({ isErased: true, isOtherCurrency: true }),
      facts({ line: { variantId: null, discount: 500n } }),
      facts({ isOtherCurrency: true, sincePublishedMs: 0 }),
      facts({ sincePublishedMs: 3_599_999, asGuest: 500n }),
      facts({ asGuest: 500n, isWithoutValues: true }),
      facts({ isWithoutValues: true, hasCompareAt: true }),
      facts({ hasCompareAt: true }),
      facts({ sincePublishedMs: 3_600_000 }),
      facts({ line: { variantId: 11n, discount: 200n } }),
    ].map(differenceReason);
    expect(reasons).toEqual(DIFFERENCE_REASONS);
  });

  test("that got less is not explained by values that nobody knows", () => {
    expect(differenceReason(facts({ replayed: 600n, isWithoutValues: true }))).toBe("less-given");
  });
});

describe("what held at an instant", () => {
  const tier = fc.constantFrom("A" as const, "B" as const, "C" as const);

  test("is the latest value that had begun", () => {
    const rising = [
      { at: 10, value: "a" },
      { at: 20, value: null },
    ];
    expect([9, 10, 19, 20].map((instant) => heldAt(rising, instant))).toEqual([undefined, "a", "a", null]);
  });

  test("is today's tier with the moves since taken back, and none up to the first order", () => {
    // C until March, B until May, A since.
    const customer = {
      tier: "A" as const,
      firstOrderAt: at("2026-01-15T00:00:00Z"),
      moves: [
        { at: at("2026-03-01T00:00:00Z"), from: "C" as const },
        { at: at("2026-05-01T00:00:00Z"), from: "B" as const },
      ],
    };
    const on = (day: string) => tierAt(customer, at(`${day}T00:00:00Z`));
    expect(["2026-01-15", "2026-02-01", "2026-03-01", "2026-04-30", "2026-05-01"].map(on)).toEqual([
      ...[null, "C", "B", "B", "A"],
    ]);
    expect(tierAt({ ...customer, firstOrderAt: null }, Date.now())).toBeNull();
  });

  test("is the tier that a history written forwards had then", () => {
    fc.assert(
      fc.property(
        tier,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), tier), { maxLength: 8 }),
        (first, drawn) => {
          const steps = drawn.toSorted(([a], [b]) => a - b);
          const tierOn = (instant: number) => steps.findLast(([when]) => when <= instant)?.[1] ?? first;
          const moves = steps.map(([when], index) => ({ at: when, from: steps[index - 1]?.[1] ?? first }));
          const customer = { tier: tierOn(1000), moves, firstOrderAt: 0 };
          for (const instant of [1, 5, 50, 99, 100, 101]) {
            // Of moves of one instant the last holds.
            expect(tierAt(customer, instant)).toBe(tierOn(instant));
          }
        },
      ),
    );
  });
});

test("orders and lines are counted once each, whatever is wrong with how many of their lines", () => {
  const outcome = (floor: boolean, cost: boolean): LineOutcome => ({
    ...{ given: { past: 1n, candidate: 2n }, byPlan: { past: 0n, candidate: 1n }, change: -1n },
    ...{ margin: cost ? null : { past: 5n, candidate: 4n }, hasOthers: floor },
    below: { past: { floor: false, cost: false }, candidate: { floor, cost } },
  });
  const lines = [outcome(true, false), outcome(true, true), outcome(false, false)];
  const counts = withOutside(withOrder(NO_COUNTS, lines, { isUnderPlan: true, differing: 2 }), "draft");
  expect(counts).toEqual({
    ...{ orders: 1, lines: 3, outside: { draft: 1 }, underPlan: 1, ordersThatDiffer: 1, linesThatDiffer: 2 },
    ...{ withOthers: 1, linesWithoutCost: 1 },
    below: {
      past: { floorOrders: 0, floorLines: 0, costOrders: 0, costLines: 0 },
      candidate: { floorOrders: 1, floorLines: 2, costOrders: 1, costLines: 1 },
    },
  });
});
