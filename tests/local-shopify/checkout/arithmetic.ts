import { exponentOf } from "#tests/local-shopify/world/money.ts";

/** A decimal as a fraction of whole numbers. @example fractionOf("12.5") // [125n, 10n] */
export function fractionOf(decimal: string): readonly [bigint, bigint] {
  const [whole = "0", digits = ""] = decimal.split(".");
  return [BigInt(whole + digits), 10n ** BigInt(digits.length)];
}

/** Rounds a quotient of numbers not below 0 half up. */
export function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n);
}

/** @example percentOf(1050n, "12.5") // 131n, of 131.25 */
export function percentOf(minor: bigint, percent: string): bigint {
  const [part, whole] = fractionOf(percent);
  return halfUp(minor * part, whole * 100n);
}

/** A decimal amount as minor units, rounded half up where it is finer than the currency. */
export function amountOf(decimal: string, currency: string): bigint {
  const [part, whole] = fractionOf(decimal);
  return halfUp(part * 10n ** BigInt(exponentOf(currency)), whole);
}

export function sumOf(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
