import { describe, expect, test } from "vitest";
import { type Sample, readSample, sample, sampleLine } from "./sample-world.ts";
import { WorldError } from "./world-error.ts";

/** Where and why a world is refused in which something was changed. */
function refusal(change: (world: Sample) => unknown): string {
  const world = sample();
  change(world);
  try {
    readSample(world);
  } catch (error) {
    if (error instanceof WorldError) return `${error.path}: ${error.reason}`;
    throw error;
  }
  return "the world was not refused";
}

type Order = Sample["order"];
const refundWith = (changes: Partial<NonNullable<Order["refunds"]>[number]>) => (world: Sample) =>
  Object.assign(world.order.refunds?.[0] ?? {}, changes);
const paymentWith = (changes: Partial<NonNullable<Order["transactions"]>[number]>) => (world: Sample) =>
  Object.assign(world.order.transactions?.[0] ?? {}, changes);
const inYen = (world: Sample) => Object.assign(world.order, { presentmentCurrency: "JPY", presentmentRate: "150" });

const returnedAt = "2025-02-05T00:00:00Z";
const restocking = { kind: "RESTOCKING" as const, amount: "1.00", tax: "0" };

describe("a world is refused, with its place and reason, when", () => {
  const cases: readonly (readonly [string, (world: Sample) => unknown, string])[] = [
    [
      "duties are given back that nobody charged",
      refundWith({ duties: "0.01" }),
      "$.refunds[0].duties: more than was charged in duties",
    ],
    [
      "refunds give back more duties than were charged",
      (w) => {
        Object.assign(w.order, { lines: [{ ...sampleLine(1), duties: "1.00" }], transactions: [] });
        const refund = w.order.refunds?.[0] ?? expect.fail();
        const again = { ...refund, id: 2, lines: [], duties: "0.60" };
        w.order.refunds = [{ ...refund, duties: "0.60" }, again];
      },
      "$.refunds[1].duties: more than was charged in duties",
    ],
    [
      "a fee is kept without a return",
      refundWith({ fees: [restocking] }),
      "$.refunds[0].fees: fees need returnedAt: they are kept for a return",
    ],
    [
      "a line has two restocking fees",
      refundWith({ returnedAt, fees: [restocking, restocking] }),
      "$.refunds[0].fees: a refund has one RESTOCKING fee at most",
    ],
    [
      "a restocking fee has no line",
      refundWith({ returnedAt, fees: [restocking], lines: [], adjustment: "5.00" }),
      "$.refunds[0].fees: a RESTOCKING fee needs a line that came back",
    ],
    [
      "fees take more than comes back",
      refundWith({ returnedAt, fees: [{ ...restocking, amount: "9.01" }] }),
      "$.refunds[0].adjustment: the refund takes more than it gives",
    ],
    [
      "a fee has too many decimals",
      refundWith({ returnedAt, fees: [{ ...restocking, amount: "1.005" }] }),
      '$.refunds[0].fees[0].amount: "1.005" has more decimals than USD allows (2)',
    ],
    [
      "a tax contained in a fee is larger than the fee",
      (w) => {
        Object.assign(w.order, { taxesIncluded: true });
        refundWith({ returnedAt, fees: [{ ...restocking, tax: "1.01" }] })(w);
      },
      "$.refunds[0].fees[0].tax: the tax contained is larger than the amount",
    ],
    [
      "something came back before it was bought",
      refundWith({ returnedAt: "2025-01-31T00:00:00Z" }),
      "$.refunds[0].returnedAt: lies before the order was processed",
    ],
    [
      "a return is opened after its refund",
      refundWith({ returnedAt: "2025-02-11T00:00:00Z" }),
      "$.refunds[0].returnedAt: lies after the refund",
    ],
    [
      "an additional fee has too many decimals",
      (w) => (w.order.additionalFees = [{ name: "Fee", price: "0.001", tax: "0" }]),
      '$.additionalFees[0].price: "0.001" has more decimals than USD allows (2)',
    ],
    [
      "a tax contained in an additional fee is larger than the fee",
      (w) =>
        Object.assign(w.order, { taxesIncluded: true, additionalFees: [{ name: "F", price: "1.00", tax: "1.01" }] }),
      "$.additionalFees[0].tax: the tax contained is larger than the fee",
    ],
    [
      "a fee has more decimals than the currency of its settlement",
      paymentWith({ settlement: { currency: "JPY", rate: "150" }, fee: "1.5" }),
      '$.transactions[0].fee: "1.5" has more decimals than JPY allows (0)',
    ],
    [
      "a settlement is in no currency",
      paymentWith({ settlement: { currency: "XQX", rate: "1" } }),
      '$.transactions[0].settlement.currency: "XQX" is not a currency',
    ],
    [
      "a settlement's rate is 0",
      paymentWith({ settlement: { currency: "EUR", rate: "0.0" } }),
      "$.transactions[0].settlement.rate: a rate is above 0",
    ],
    [
      "a settlement in the buyer's currency has a rate",
      paymentWith({ settlement: { currency: "USD", rate: "1.1" } }),
      "$.transactions[0].settlement.rate: the rate from a currency to itself is 1",
    ],
    [
      "an order in the shop's currency has an exchange adjustment",
      paymentWith({ exchangeAdjustment: "0.10" }),
      "$.transactions[0].exchangeAdjustment: an order in the shop's own currency has no exchange rate",
    ],
    [
      "an exchange adjustment has too many decimals",
      (w) => {
        inYen(w);
        paymentWith({ exchangeAdjustment: "0.001" })(w);
      },
      '$.transactions[0].exchangeAdjustment: "0.001" has more decimals than USD allows (2)',
    ],
    [
      "what is only authorized is rounded",
      paymentWith({ kind: "AUTHORIZATION", rounding: "0.02" }),
      "$.transactions[0].rounding: only what is paid is rounded",
    ],
  ];

  test.each(cases)("%s", (_name, change, expected) => {
    expect(refusal(change)).toBe(expected);
  });
});

test("a world may hold all that money can do to an order", () => {
  const world = sample();
  inYen(world);
  Object.assign(world.order, {
    lines: [{ ...sampleLine(1), duties: "1.00" }],
    additionalFees: [{ name: "Packaging", price: "2.00", tax: "0.10" }],
  });
  refundWith({ returnedAt, duties: "1.00", fees: [restocking] })(world);
  const settlement = { currency: "KWD", rate: "0.00205" };
  paymentWith({ settlement, fee: "0.123", exchangeAdjustment: "-0.10", rounding: "0.02" })(world);
  expect(() => readSample(world)).not.toThrow();
});
