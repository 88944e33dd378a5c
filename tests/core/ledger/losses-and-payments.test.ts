import { describe, expect, test } from "vitest";
import type { Dispute, LedgerContext } from "#app/core/ledger/context.ts";
import { formatDay } from "#app/core/time/shop-day.ts";
import { costs, ledgerOf, rows } from "#tests/factories/ledger.ts";
import { anOrder, anOrderLine, at, aTransaction } from "#tests/factories/order.ts";

const context = costs({ 11: 420n });

const dispute = (status: string, part: Partial<Dispute> = {}): Dispute => ({
  id: 5n,
  status,
  amount: 1000n,
  fee: 1500n,
  at: at("2025-04-20T12:00:00Z"),
  ...part,
});

const disputed = (of: Dispute | null, status = "LOST"): string[] => {
  const order = anOrder({ disputes: [{ id: 5n, status }] });
  const asked: LedgerContext = { ...context, disputeOf: () => of };
  return ledgerOf(order, asked)
    .filter(({ kind }) => kind === "chargeback")
    .map(({ amount, day, provenance }) => `${amount} ${formatDay(day)} ${provenance}`);
};

describe("disputes", () => {
  test("one that was lost or not contested costs its amount and its fee, on the day it was decided", () => {
    expect(disputed(dispute("LOST"))).toEqual(["-2500 2025-04-20 actual"]);
    expect(disputed(dispute("ACCEPTED", { fee: null }))).toEqual(["-1000 2025-04-20 actual"]);
  });

  test("one that is open, was won or prevented costs nothing", () => {
    for (const status of ["NEEDS_RESPONSE", "UNDER_REVIEW", "WON", "PREVENTED"]) {
      expect(disputed(dispute(status), status)).toEqual([]);
    }
  });

  test("what the dispute says goes before what the order says of it", () => {
    expect(disputed(dispute("WON"), "LOST")).toEqual([]);
    expect(disputed(dispute("LOST"), "UNDER_REVIEW")).toEqual(["-2500 2025-04-20 actual"]);
  });

  test("one that was lost and of which nothing else is shown is unknown, not free", () => {
    expect(disputed(null)).toEqual(["0 2025-03-10 unknown"]);
    expect(disputed(dispute("LOST", { amount: null }))).toEqual(["0 2025-04-20 unknown"]);
  });
});

describe("an amount given up", () => {
  const VOID = aTransaction({ id: 9n, kind: "VOID", processedAt: at("2025-03-20T12:00:00Z") });
  const writtenOff = (order: Parameters<typeof ledgerOf>[0]): string[] =>
    rows(ledgerOf(order, context)).filter((row) => row.startsWith("write_off"));

  test("is what was open without its share of tax, duties and tips", () => {
    // 32.47 with 2.47 tax, 10.00 paid: 22.47 x 2.47 / 32.47 = 1.709 of what is open is tax.
    const order = anOrder({
      lines: [anOrderLine({ quantity: 3, tax: 247n })],
      currentTotal: 3247n,
      transactions: [aTransaction({ amount: 1000n }), VOID],
    });
    expect(writtenOff(order)).toEqual(["write_off - -2076"]);
  });

  test("is nothing when everything was paid, the order was cancelled, or the void failed", () => {
    const paid = aTransaction({ amount: 1000n });
    expect(writtenOff(anOrder({ transactions: [paid, VOID] }))).toEqual([]);
    expect(writtenOff(anOrder({ cancelledAt: at("2025-03-20T12:00:00Z"), transactions: [VOID] }))).toEqual([]);
    expect(writtenOff(anOrder({ transactions: [{ ...VOID, status: "FAILURE" }] }))).toEqual([]);
  });
});

test("exchange rates count as they are booked; cash rounded up is gained coming in and lost going out", () => {
  const moved = (kind: string, exchangeAdjustment: bigint, rounding: bigint, status = "SUCCESS"): string[] => {
    const order = anOrder({ transactions: [aTransaction({ kind, status, exchangeAdjustment, rounding })] });
    return rows(ledgerOf(order, context)).filter((row) => row.startsWith("fx_adjustment"));
  };
  expect(moved("SALE", 0n, 2n)).toEqual(["fx_adjustment - 2"]);
  expect(moved("CAPTURE", -7n, 2n)).toEqual(["fx_adjustment - -5"]);
  expect(moved("REFUND", -13n, 1n)).toEqual(["fx_adjustment - -14"]);
  expect(moved("REFUND", 0n, -2n)).toEqual(["fx_adjustment - 2"]);
  expect(moved("SALE", 5n, 2n, "FAILURE")).toEqual([]);
  expect(moved("AUTHORIZATION", 5n, 2n)).toEqual([]);
});
