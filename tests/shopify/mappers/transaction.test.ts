import { describe, expect, test } from "vitest";
import type { TransactionRow } from "#app/shopify/mappers/rows.ts";
import { toTransaction } from "#app/shopify/mappers/transaction.ts";

const money = (amount: string, currencyCode: string) => ({ amount, currencyCode });

const row = (part: Partial<TransactionRow> = {}): TransactionRow => ({
  id: "gid://shopify/OrderTransaction/7",
  kind: "SALE",
  status: "SUCCESS",
  gateway: "shopify_payments",
  processedAt: "2026-10-01T10:00:00Z",
  amountSet: { shopMoney: { amount: "30.0" }, presentmentMoney: money("27.6", "EUR") },
  fees: [],
  ...part,
});

const read = (part: Partial<TransactionRow> = {}) => toTransaction(row(part), "2026-09-30T10:00:00Z", "USD");

describe("a fee", () => {
  const settled = (fee: string, currency: string, rate: string | null) =>
    read({ fees: [{ amount: money(fee, currency) }], settlementCurrency: currency, settlementCurrencyRate: rate }).fee;

  test("in the shop's currency is known as it is, several are added up, and none is none", () => {
    expect(read({ fees: [{ amount: money("0.59", "USD") }, { amount: money("0.3", "USD") }] }).fee).toEqual({
      known: 89n,
    });
    expect(read({ fees: [{ amount: money("0.0", "USD") }] }).fee).toEqual({ known: 0n });
    expect(read().fee).toBe("none");
  });

  test("in another currency goes back by the settlement rate, then as the payment was converted", () => {
    // 0.83 euros of 27.60 euros that were 30.00 dollars: 0.902. 0.75 pounds / 0.86 = 0.872 euros: 0.948 dollars.
    expect(settled("0.83", "EUR", "1")).toEqual({ known: 90n });
    expect(settled("0.75", "GBP", "0.86")).toEqual({ known: 95n });
  });

  test("half a cent is rounded up", () => {
    // 0.805 x 30.00 / 27.60 = 0.875 of 1.61 / 2.
    expect(settled("1.61", "GBP", "2")).toEqual({ known: 88n });
  });

  test("in yen has no decimals", () => {
    // 120 yen / 160 = 0.75 euros: 0.815 dollars.
    expect(settled("120", "JPY", "160")).toEqual({ known: 82n });
  });

  test("that nothing says how to convert is unknown", () => {
    expect(settled("0.75", "GBP", null)).toBe("unknown");
    expect(settled("0.75", "GBP", "0")).toBe("unknown");
    expect(read({ fees: [{ amount: money("0.75", "GBP") }] }).fee).toBe("unknown");
  });
});

test("rounding and exchange adjustment are read where there are any, the latter in the shop's currency alone", () => {
  expect(read()).toMatchObject({ rounding: 0n, exchangeAdjustment: 0n });
  const both = read({
    amountRoundingSet: { shopMoney: { amount: "-0.02" } },
    currencyExchangeAdjustment: { adjustment: money("-0.13", "USD") },
  });
  expect(both).toMatchObject({ rounding: -2n, exchangeAdjustment: -13n });
  const foreign = read({ currencyExchangeAdjustment: { adjustment: money("-0.13", "EUR") } });
  expect(foreign.exchangeAdjustment).toBe(0n);
});

test("a transaction without an instant happened with its order", () => {
  expect(read({ processedAt: null }).processedAt).toBe(Date.parse("2026-09-30T10:00:00Z"));
});
