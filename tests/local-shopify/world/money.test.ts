import fc from "fast-check";
import { expect, test } from "vitest";
import { exponentOf, toDecimal, toMinor, toPresentment } from "./money.ts";

test("amounts print as Shopify prints them", () => {
  expect(toDecimal(1000n, "USD")).toBe("10.00");
  expect(toDecimal(1000n, "JPY")).toBe("1000.0");
  expect(toDecimal(1000n, "KWD")).toBe("1.000");
  expect(toDecimal(5n, "USD")).toBe("0.05");
  expect(toDecimal(-5n, "USD")).toBe("-0.05");
  expect(toDecimal(0n, "JPY")).toBe("0.0");
});

test("amounts are read by the currency's decimals, and zeros beyond them are allowed", () => {
  expect(toMinor("10", "USD")).toBe(1000n);
  expect(toMinor("10.5", "USD")).toBe(1050n);
  expect(toMinor("1000.0", "JPY")).toBe(1000n);
  expect(toMinor("1.2340", "KWD")).toBe(1234n);
  expect(toMinor("-0.05", "USD")).toBe(-5n);
});

test("an amount that would lose a digit, or is none, is refused", () => {
  expect(() => toMinor("0.001", "USD")).toThrow("more decimals than USD allows (2)");
  expect(() => toMinor("0.5", "JPY")).toThrow("more decimals");
  for (const text of ["", "1,00", "1e3", " 1", ".5", "1.", "--1", "NaN"])
    expect(() => toMinor(text, "USD")).toThrow("decimal");
});

test("what is printed reads back the same, in every kind of currency", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
      fc.constantFrom("USD", "JPY", "KWD"),
      (minor, code) => {
        expect(toMinor(toDecimal(minor, code), code)).toBe(minor);
      },
    ),
  );
});

test("currencies have no, two or three decimals", () => {
  expect(["JPY", "KRW", "USD", "HUF", "KWD", "TND"].map(exponentOf)).toEqual([0, 0, 2, 2, 3, 3]);
});

test("the buyer's amount is the shop's times the rate, half up, over different decimals", () => {
  const rate = (from: string, to: string, text: string) => ({ from, to, rate: text });
  expect(toPresentment(1000n, rate("USD", "JPY", "151.25"))).toBe(1513n);
  expect(toPresentment(-1000n, rate("USD", "JPY", "151.25"))).toBe(-1513n);
  expect(toPresentment(1000n, rate("JPY", "USD", "0.0066"))).toBe(660n);
  expect(toPresentment(100n, rate("USD", "KWD", "0.3075"))).toBe(308n);
  expect(toPresentment(333n, rate("USD", "USD", "1"))).toBe(333n);
});
