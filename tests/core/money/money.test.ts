import fc from "fast-check";
import { expect, test } from "vitest";
import { divideHalfUp, exponentOf, formatAmount, InvalidAmountError, parseAmount, sum } from "#app/core/money/money.ts";

/** The platform's own table differs from ISO 4217 for these: it prints them without the decimals that the standard gives. */
const PRINTED_WITHOUT_DECIMALS = new Set("AFN ALL COP HUF IDR IRR KPW LAK LBP MGA MMK PKR SLL SOS SYP YER".split(" "));

const platformExponent = (currency: string): number | undefined =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

const CURRENCIES = ["JPY", "USD", "KWD"] as const;
const DECIMALS = { JPY: 0, USD: 2, KWD: 3 } as const;

const currency = fc.constantFrom(...CURRENCIES);
const minorUnits = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

test("every currency the platform knows has the number of decimals that ISO 4217 gives it", () => {
  const wrong = Intl.supportedValuesOf("currency").filter((code) => {
    if (code === "IQD") return exponentOf(code) !== 3;
    return exponentOf(code) !== (PRINTED_WITHOUT_DECIMALS.has(code) ? 2 : platformExponent(code));
  });
  expect(wrong).toEqual([]);
});

test.each([
  ["12.34", "USD", 1234n],
  ["12.3", "USD", 1230n],
  ["12", "USD", 1200n],
  ["0.05", "USD", 5n],
  ["-0.05", "USD", -5n],
  ["12.340000", "USD", 1234n],
  ["1000.0", "JPY", 1000n],
  ["1000", "JPY", 1000n],
  ["1.234", "KWD", 1234n],
  ["1.2", "KWD", 1200n],
  ["90071992547409931.07", "USD", 9007199254740993107n],
])("%s %s is read as %d minor units", (text, code, minor) => {
  expect(parseAmount(text, code)).toBe(minor);
});

test.each(["", " ", "1,5", "1.", ".5", "+1", "1e3", "0x10", "--1", "1.2.3", "NaN", "Infinity", "1 000", "١", "-"])(
  '"%s" is refused as an amount',
  (text) => {
    expect(() => parseAmount(text, "USD")).toThrow(InvalidAmountError);
  },
);

test.each([
  ["0.001", "USD"],
  ["1.5", "JPY"],
  ["1.2345", "KWD"],
  ["1.0000001", "USD"],
])("%s %s is refused, since it is finer than the minor unit", (text, code) => {
  expect(() => parseAmount(text, code)).toThrow(InvalidAmountError);
});

test("an amount survives being printed and read again, in currencies of every exponent", () => {
  fc.assert(
    fc.property(minorUnits, currency, (minor, code) => {
      expect(parseAmount(formatAmount(minor, code), code)).toBe(minor);
    }),
  );
});

test("a printed amount reads as its number of minor units divided by the power of ten of its currency", () => {
  // Within 2^43 a double holds three decimals to spare, and toFixed prints the nearest decimal.
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), currency, (minor, code) => {
      const decimals = DECIMALS[code];
      expect(formatAmount(BigInt(minor), code)).toBe((minor / 10 ** decimals).toFixed(decimals));
    }),
  );
});

test("the decimals of an amount are worth a tenth, a hundredth and a thousandth", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat(9), fc.nat(9), fc.nat(9), (whole, a, b, c) => {
      expect(parseAmount(`${whole}.${a}${b}`, "USD")).toBe(whole * 100n + BigInt(a) * 10n + BigInt(b));
      expect(parseAmount(`-${whole}.${a}${b}${c}`, "KWD")).toBe(-(whole * 1000n + BigInt(a * 100 + b * 10 + c)));
    }),
  );
});

test.each([
  [5n, 2n, 3n],
  [-5n, 2n, -3n],
  [5n, -2n, -3n],
  [-5n, -2n, 3n],
  [1n, 2n, 1n],
  [-1n, 2n, -1n],
  [1n, 3n, 0n],
  [2n, 3n, 1n],
  [7n, 5n, 1n],
  [8n, 5n, 2n],
  [0n, 7n, 0n],
  [0n, -7n, 0n],
])("%d divided by %d is %d when halves go away from zero", (numerator, denominator, quotient) => {
  expect(divideHalfUp(numerator, denominator)).toBe(quotient);
});

test("a rounded quotient is the nearest integer, and of two that are equally near the one farther from zero", () => {
  const abs = (x: bigint): bigint => (x < 0n ? -x : x);
  const anything = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
  const small = fc.bigInt({ min: -60n, max: 60n });
  const pair = fc.oneof(fc.tuple(anything, anything), fc.tuple(small, small));
  fc.assert(
    fc.property(pair, ([numerator, denominator]) => {
      fc.pre(denominator !== 0n);
      const quotient = divideHalfUp(numerator, denominator);
      // |quotient - n/d| <= 1/2, both sides times 2|d|.
      const distance = 2n * abs(quotient * denominator - numerator);
      expect(distance).toBeLessThanOrEqual(abs(denominator));
      if (distance === abs(denominator)) {
        expect(abs(quotient * denominator)).toBeGreaterThan(abs(numerator));
      }
    }),
    { numRuns: 1000 },
  );
});

test("dividing by zero is an error and never an amount", () => {
  expect(() => divideHalfUp(1n, 0n)).toThrow(RangeError);
});

test("amounts add up to the same sum in every order, and none of them to zero", () => {
  expect(sum([])).toBe(0n);
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger()), (amounts) => {
      const minor = amounts.map(BigInt);
      expect(sum(minor)).toBe(sum(minor.toReversed()));
      expect(sum(minor) - sum(minor.slice(1))).toBe(minor[0] ?? 0n);
    }),
  );
});
