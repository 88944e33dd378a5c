import { expect, test } from "vitest";
import type { CreditRebate } from "#app/core/ledger/context.ts";
import { entriesOfRebate } from "#app/core/ledger/entries-of-rebate.ts";
import { totalsByLineType } from "#app/core/ledger/kept-aside.ts";
import { anOrder, at } from "#tests/factories/order.ts";
import { costs, daysOf, ledgerOf } from "#tests/factories/ledger.ts";
import { formatDay } from "#app/core/time/shop-day.ts";

const REBATE: CreditRebate = {
  given: { id: 7n, at: at("2025-03-20T09:00:00Z"), amount: 2000n },
  takenBack: [{ id: 8n, at: at("2025-04-02T09:00:00Z"), amount: 500n }],
  expired: { at: at("2026-03-20T09:00:00Z"), amount: 300n },
};
const context = (rebate: CreditRebate | null) => ({ ...costs({ 11: 400n }), rebateOf: () => rebate });

/** "day kind event amount provenance". */
const lines = (rebate: CreditRebate | null): string[] =>
  entriesOfRebate(anOrder(), context(rebate)).map(
    ({ day, kind, event, amount, provenance }) =>
      `${formatDay(day)} ${kind} ${event.type}:${event.id} ${amount} ${provenance}`,
  );

test("store credit is an incentive on the day it was given, and comes back as it is taken back or expires", () => {
  expect(lines(REBATE)).toEqual([
    "2025-03-20 incentive transaction:7 -2000 actual",
    "2025-04-02 incentive transaction:8 500 actual",
    "2026-03-20 incentive order:1001 300 actual",
  ]);
});

test("what the merchant gave by hand is booked with the order as its event", () => {
  const given = { ...REBATE.given, id: null };
  expect(lines({ given, takenBack: [], expired: null })).toEqual(["2025-03-20 incentive order:1001 -2000 actual"]);
});

test("without a rebate there is no entry", () => {
  expect(lines(null)).toEqual([]);
});

test("it lowers CM3 and what follows, nothing before it, and no sale that is compared with Shopify", () => {
  const order = anOrder();
  // 10.00 sold, 4.00 of cost; 20.00 given, 5.00 and 3.00 come back.
  const sums = (rebate: CreditRebate | null) => {
    const days = [...daysOf(order, context(rebate)).values()];
    return (["netSales", "cm1", "cm2", "cm3", "cm4"] as const).map((key) =>
      days.reduce((total, day) => total + day[key], 0n),
    );
  };
  expect(sums(null)).toEqual([1000n, 600n, 600n, 600n, 600n]);
  expect(sums(REBATE)).toEqual([1000n, 600n, 600n, -600n, -600n]);
  expect(totalsByLineType(order, ledgerOf(order, context(REBATE)))).toEqual(
    totalsByLineType(order, ledgerOf(order, context(null))),
  );
});
