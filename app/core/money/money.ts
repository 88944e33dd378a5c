/**
 * Money is an integer count of minor units (bigint) beside an ISO 4217 currency code. No float ever becomes money:
 * decimal strings are parsed digit by digit, by the currency's exponent.
 */

/** ISO 4217 currencies whose minor unit is not a hundredth. Source: ISO 4217 list one, as Shopify formats them. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** A decimal string that is not an amount of the currency it stands beside. */
export class InvalidAmountError extends Error {
  override readonly name = "InvalidAmountError";
  constructor(
    readonly amount: string,
    readonly currency: string,
    reason: string,
  ) {
    super(`"${amount}" is not an amount in ${currency}: ${reason}`);
  }
}

/** Decimal digits of the currency's minor unit: JPY 0, USD 2, KWD 3. */
export const exponentOf = (currency: string): number => EXPONENTS[currency] ?? 2;

/**
 * Minor units of a decimal string, exact. Digits beyond the currency's exponent must be zeros ("1000.0" JPY is 1000).
 *
 * @throws InvalidAmountError when the string is not a decimal or is finer than the minor unit.
 * @example parseAmount("12.34", "USD") // 1234n
 */
export const parseAmount = (amount: string, currency: string): bigint => {
  if (!DECIMAL.test(amount)) throw new InvalidAmountError(amount, currency, "not a decimal number");
  const exponent = exponentOf(currency);
  const point = amount.indexOf(".");
  if (point < 0) return BigInt(amount + "0".repeat(exponent));
  const fraction = amount.slice(point + 1);
  if (fraction.length > exponent && /[1-9]/.test(fraction.slice(exponent))) {
    throw new InvalidAmountError(amount, currency, `it has more than ${exponent} decimals`);
  }
  return BigInt(amount.slice(0, point) + fraction.slice(0, exponent).padEnd(exponent, "0"));
};

/**
 * The decimal string of an amount, with as many decimals as the currency has.
 *
 * @example formatAmount(-5n, "USD") // "-0.05"
 */
export const formatAmount = (minor: bigint, currency: string): string => {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const sign = minor < 0n ? "-" : "";
  if (exponent === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
};

/**
 * numerator / denominator, rounded to the nearest integer, halves away from zero.
 *
 * @example divideHalfUp(5n, 2n) // 3n
 */
export const divideHalfUp = (numerator: bigint, denominator: bigint): bigint => {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = (2n * n + d) / (2n * d);
  return negative ? -quotient : quotient;
};

/** The sum of amounts in minor units of one currency; 0 of none. */
export const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};
