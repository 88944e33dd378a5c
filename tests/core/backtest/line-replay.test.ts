import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineUnder, outcomeOf, returnedUnits, type ReplayedLine } from "#app/core/backtest/line-replay.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, changes } from "#tests/factories/order.ts";

const NET = { taxesIncluded: false };
const GROSS = { taxesIncluded: true };

const replayed = (part: Partial<ReplayedLine> = {}): ReplayedLine => ({
  line: anOrderLine({ quantity: 10, discount: 1200n }),
  baseline: null,
  candidate: 0n,
  costOf: (units) => BigInt(units) * 420n,
  floor: null,
  returned: 0,
  ...part,
});

describe("a line under another plan", () => {
  test("keeps the discounts of others, and gets the candidate's in place of the plan's own", () => {
    // 100.00, of which 12.00 were given, 10.00 by the plan. With 15.00 in their place 17.00 are given.
    expect(outcomeOf(replayed({ baseline: 1000n, candidate: 1500n }), NET)).toEqual({
      given: { past: 1200n, candidate: 1700n },
      byPlan: { past: 1000n, candidate: 1500n },
      change: -500n,
      margin: { past: 10_000n - 1200n - 4200n, candidate: 10_000n - 1700n - 4200n },
      below: { past: { floor: false, cost: false }, candidate: { floor: false, cost: false } },
      hasOthers: true,
    });
  });

  test("of times without a plan keeps all that was given, and gets the candidate's beside it", () => {
    expect(outcomeOf(replayed({ candidate: 1500n }), NET)).toMatchObject({
      given: { past: 1200n, candidate: 2700n },
      byPlan: { past: 0n, candidate: 1500n },
      change: -1500n,
    });
  });

  test("is never given more off than it costs", () => {
    expect(outcomeOf(replayed({ candidate: 9500n }), NET)).toMatchObject({
      given: { candidate: 10_000n },
      byPlan: { candidate: 8800n },
    });
  });

  test("loses or gains on the units alone that were kept", () => {
    // 3 of 10 came back: of 1,500 more, 3 units are worth 450, and 7 units 1,050.
    const outcome = outcomeOf(replayed({ candidate: 1500n, returned: 3 }), NET);
    // Kept of 88.00: 88.00 - 26.40 = 61.60; of 73.00: 73.00 - 21.90 = 51.10. Cost of 7: 29.40.
    expect(outcome).toMatchObject({ change: -1050n, margin: { past: 3220n, candidate: 2170n } });
  });

  test("counts net of tax where prices include it, at the line's own rate", () => {
    const line = anOrderLine({ quantity: 3, unitPrice: 1200n, discount: 600n, tax: 500n });
    expect(lineUnder(line, 1200n)).toMatchObject({ discount: 1200n, tax: 400n });
    // Paid 24.00 with 4.00 tax inside instead of 30.00 with 5.00: 20.00 net instead of 25.00.
    expect(outcomeOf(replayed({ line, baseline: 600n, candidate: 1200n }), GROSS)).toMatchObject({
      given: { past: 500n, candidate: 1000n },
      byPlan: { past: 500n, candidate: 1000n },
      change: -500n,
    });
    expect(lineUnder({ ...line, discount: 3600n, tax: 0n }, 1200n)).toMatchObject({ tax: 0n });
  });

  test("is below the floor by its price, and below cost by its net sale", () => {
    const floor = 800n;
    const below = (discount: bigint, candidate: bigint) =>
      outcomeOf(replayed({ line: anOrderLine({ quantity: 10, discount }), baseline: discount, candidate, floor }), NET)
        .below;
    expect(below(2000n, 2001n)).toEqual({
      past: { floor: false, cost: false },
      candidate: { floor: true, cost: false },
    });
    expect(below(5801n, 5800n)).toEqual({
      past: { floor: true, cost: true },
      candidate: { floor: true, cost: false },
    });
    const unknown = outcomeOf(replayed({ costOf: null, candidate: 9000n }), NET);
    expect([unknown.margin, unknown.below.candidate]).toEqual([null, { floor: false, cost: false }]);
  });

  const anyLine = fc
    .record({ quantity: fc.integer({ min: 1, max: 60 }), unitPrice: fc.bigInt({ min: 0n, max: 9999n }) })
    .chain(({ quantity, unitPrice }) => {
      const amount = fc.bigInt({ min: 0n, max: unitPrice * BigInt(quantity) });
      return fc.record({
        ...{ quantity: fc.constant(quantity), unitPrice: fc.constant(unitPrice), discount: amount },
        ...{ baseline: fc.option(amount), candidate: amount, returned: fc.integer({ min: 0, max: quantity }) },
      });
    });

  test("comes to what a count of it unit by unit comes to", () => {
    fc.assert(
      fc.property(anyLine, ({ quantity, unitPrice, discount, baseline, candidate, returned }) => {
        const line = anOrderLine({ quantity, unitPrice, discount });
        const outcome = outcomeOf(replayed({ line, baseline, candidate, returned }), NET);
        const whole = unitPrice * BigInt(quantity);
        // Unit k of n is worth floor(total k / n) - floor(total (k - 1) / n); the first ones came back.
        const keptOf = (off: bigint): bigint => {
          let kept = 0n;
          for (let unit = BigInt(returned) + 1n; unit <= BigInt(quantity); unit++) {
            const upTo = (k: bigint): bigint => ((whole - off) * k) / BigInt(quantity);
            kept += upTo(unit) - upTo(unit - 1n);
          }
          return kept;
        };
        const ofPlan = baseline === null ? 0n : baseline < discount ? baseline : discount;
        const wanted = discount - ofPlan + candidate;
        const off = wanted > whole ? whole : wanted;
        expect(outcome.given).toEqual({ past: discount, candidate: off });
        expect(outcome.byPlan).toEqual({ past: ofPlan, candidate: off - (discount - ofPlan) });
        expect(outcome.change).toBe(keptOf(off) - keptOf(discount));
        expect(outcome.margin?.past).toBe(keptOf(discount) - 420n * BigInt(quantity - returned));
      }),
    );
  });

  test("does not change at all when the candidate gives what the plan gave, whatever the tax", () => {
    fc.assert(
      fc.property(anyLine, fc.bigInt({ min: 0n, max: 30n }), fc.boolean(), (drawn, rate, taxesIncluded) => {
        const paid = drawn.unitPrice * BigInt(drawn.quantity) - drawn.discount;
        const line = anOrderLine({ ...drawn, tax: (paid * rate) / 100n });
        const same = replayed({ line, baseline: drawn.discount, candidate: drawn.discount, returned: drawn.returned });
        const { given, byPlan, change, hasOthers } = outcomeOf(same, { taxesIncluded });
        expect([given.past, byPlan.past, change, hasOthers]).toEqual([given.candidate, byPlan.candidate, 0n, false]);
      }),
    );
  });
});

test("units that came back are those of refunds and of returns without one", () => {
  const event = { type: "return" as const, id: 5n, at: at("2025-04-01T00:00:00Z") };
  const order = anOrder({
    changes: changes({
      removals: [{ event, lineId: 1n, quantity: 2 }],
      refunds: [
        aRefund({ lines: [aRefundLine({ lineId: 1n, quantity: 1 }), aRefundLine({ lineId: 2n, quantity: 4 })] }),
      ],
    }),
  });
  expect([...returnedUnits(order)]).toEqual([
    [1n, 3],
    [2n, 4],
  ]);
});
