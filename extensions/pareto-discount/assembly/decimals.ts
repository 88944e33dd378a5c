import { readText, TEXT, Value } from "../../wasm-api/wasm-api";

/**
 * Amounts arrive as decimal strings and are counted in minor units. No float ever becomes an amount.
 */

/** The largest amount in minor units: 2^50, so that it times 10,000 basis points still fits 64 bits. */
export const LARGEST_AMOUNT: u64 = 1 << 50;

const DOT: u32 = 46;

function digitAt(at: i32): u32 {
  return <u32>load<u8>(TEXT + at) - 48;
}

/** 10 to the power of a whole number up to 18. */
export function powerOfTen(exponent: i32): u64 {
  let power: u64 = 1;
  for (let i = 0; i < exponent; i++) power *= 10;
  return power;
}

/**
 * Minor units of a decimal string, or -1 if it is none, is negative or is too large. What is finer than a minor unit is cut
 * off: a price that is taken too low only makes the discount smaller.
 *
 * @example minorUnits("12.5", 2) // 1250
 */
export function minorUnits(value: Value, exponent: i32): i64 {
  const length = readText(value);
  if (length < 1) return -1;
  let minor: u64 = 0;
  let decimals = -1;
  for (let at = 0; at < length; at++) {
    const digit = digitAt(at);
    if (digit <= 9) {
      if (decimals >= exponent) continue;
      minor = minor * 10 + digit;
      if (minor > LARGEST_AMOUNT) return -1;
      if (decimals >= 0) decimals++;
    } else {
      if (digit + 48 != DOT || decimals >= 0 || at == 0 || at == length - 1) return -1;
      decimals = 0;
    }
  }
  minor *= powerOfTen(exponent - max(decimals, 0));
  return minor > LARGEST_AMOUNT ? -1 : <i64>minor;
}

/** A decimal number as `digits` / 10^`decimals`. */
@unmanaged
export class Decimal {
  digits: u64;
  decimals: i32;
}

const DECIMAL = memory.data(offsetof<Decimal>());
const FIFTEEN_DIGITS: u64 = 1_000_000_000_000_000;

/**
 * A decimal string with its first 15 significant digits, rounded up there; `digits` is 0 if it is not a positive number of at
 * most 15 digits before its point and 15 after.
 *
 * @example decimalOf("0.920") // digits 92, decimals 2
 */
export function decimalOf(value: Value): Decimal {
  const decimal = changetype<Decimal>(DECIMAL);
  decimal.digits = 0;
  decimal.decimals = 0;
  const length = readText(value);
  let digits: u64 = 0;
  let decimals = -1;
  let isCut = false;
  for (let at = 0; at < length; at++) {
    const digit = digitAt(at);
    if (digit <= 9) {
      if (decimals >= 0 && (digits * 10 >= FIFTEEN_DIGITS || decimals == 15)) {
        if (digit > 0) isCut = true;
        continue;
      }
      digits = digits * 10 + digit;
      if (digits >= FIFTEEN_DIGITS) return decimal;
      if (decimals >= 0) decimals++;
    } else {
      if (digit + 48 != DOT || decimals >= 0 || at == 0 || at == length - 1) return decimal;
      decimals = 0;
    }
  }
  if (isCut) digits++;
  decimals = max(decimals, 0);
  while (decimals > 0 && digits % 10 == 0) {
    digits /= 10;
    decimals--;
  }
  decimal.digits = digits;
  decimal.decimals = decimals;
  return decimal;
}

/**
 * a x b / c, rounded up or down, exact up to 128 bits; the largest u64 if the result does not fit. c is at most 10^18.
 *
 * @example multiplyDivide(10, 1, 3, true) // 4
 */
export function multiplyDivide(a: u64, b: u64, c: u64, up: bool): u64 {
  if (a == 0 || b == 0) return 0;
  if (clz(a) + clz(b) >= 64) {
    const product = a * b;
    const quotient = product / c;
    return up && quotient * c != product ? quotient + 1 : quotient;
  }
  const aLow = a & 0xffff_ffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffff_ffff;
  const bHigh = b >> 32;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >> 32);
  const middleToo = aLow * bHigh + (middle & 0xffff_ffff);
  return divideWide(aHigh * bHigh + (middle >> 32) + (middleToo >> 32), (middleToo << 32) | (low & 0xffff_ffff), c, up);
}

/** (high x 2^64 + low) / c by long division, a bit at a time. */
function divideWide(high: u64, low: u64, c: u64, up: bool): u64 {
  if (high >= c) return u64.MAX_VALUE;
  let rest = high;
  let quotient: u64 = 0;
  for (let bit = 63; bit >= 0; bit--) {
    rest = (rest << 1) | ((low >> bit) & 1);
    quotient <<= 1;
    if (rest >= c) {
      rest -= c;
      quotient |= 1;
    }
  }
  return up && rest > 0 && quotient < u64.MAX_VALUE ? quotient + 1 : quotient;
}
