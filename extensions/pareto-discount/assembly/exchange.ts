import { Decimal, decimalOf, LARGEST_AMOUNT, multiplyDivide, powerOfTen } from "./decimals";
import { readText, TEXT, Value } from "../../wasm-api/wasm-api";

/**
 * From the shop's currency, in which the plan and the floors are written, to the one in which the buyer pays.
 */
@unmanaged
export class Exchange {
  /** Decimals of the buyer's currency: JPY 0, USD 2, KWD 3. */
  exponent: i32;
  /** Minor units of the buyer's currency = minor units of the shop's x numerator / denominator. */
  numerator: u64;
  denominator: u64;
}

export const exchange = changetype<Exchange>(memory.data(offsetof<Exchange>()));

/** A minor unit of the currency, as ISO 4217 has it, is not a hundredth. Four bytes a currency, the last one a space. */
const WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
const WITH_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND ";

/** The currency's code is the first three bytes of `TEXT`. */
function isAmong(codes: string): bool {
  for (let at = 0; at < codes.length; at += 4) {
    if (
      load<u8>(TEXT) == <u8>codes.charCodeAt(at) &&
      load<u8>(TEXT + 1) == <u8>codes.charCodeAt(at + 1) &&
      load<u8>(TEXT + 2) == <u8>codes.charCodeAt(at + 2)
    ) {
      return true;
    }
  }
  return false;
}

/** Decimals of a currency by its code, or -1 if it is no code. */
function exponentOf(currency: Value): i32 {
  if (readText(currency) < 3) return -1;
  if (isAmong(WITHOUT_DECIMALS)) return 0;
  return isAmong(WITH_THREE_DECIMALS) ? 3 : 2;
}

/**
 * Sets the exchange. False if the rate or the currency cannot be read, or if the rate is so large that nothing would be exact.
 *
 * @example KWD (3 decimals) at a rate of 0.31 to a shop in USD (2): numerator 31 x 10, denominator 100
 */
export function setExchange(rate: Value, currency: Value, shopExponent: i32): bool {
  const exponent = exponentOf(currency);
  const decimal: Decimal = decimalOf(rate);
  if (exponent < 0 || decimal.digits == 0) return false;
  const shift = exponent - shopExponent - decimal.decimals;
  exchange.exponent = exponent;
  exchange.numerator = decimal.digits * powerOfTen(max(shift, 0));
  exchange.denominator = powerOfTen(max(-shift, 0));
  return true;
}

/** A floor, a threshold or a fixed price: rounded up, so that it never asks for less than the merchant said. */
export function atLeast(shopMinor: u64): u64 {
  return multiplyDivide(shopMinor, exchange.numerator, exchange.denominator, true);
}

/** An amount off: rounded down, so that it never gives more than the merchant said. */
export function atMost(shopMinor: u64): u64 {
  return min(multiplyDivide(shopMinor, exchange.numerator, exchange.denominator, false), LARGEST_AMOUNT);
}
