// ISO 4217 (list one, as amended to 2026): every currency not named here has two decimals.
const ZERO_DECIMALS = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "));
const THREE_DECIMALS = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** How many decimals a currency has: 0 (JPY), 2 (USD) or 3 (KWD). */
export function exponentOf(currency: string): 0 | 2 | 3 {
  if (ZERO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/**
 * Reads a decimal string as minor units. Zeros beyond the currency's decimals are allowed ("1000.0" JPY), since Shopify
 * prints them; any other digit there is refused, since it would be lost.
 *
 * @example toMinor("10.50", "USD") // 1050n
 * @throws RangeError when the text is not a decimal, or has more decimals than the currency
 */
export function toMinor(decimal: string, currency: string): bigint {
  const match = DECIMAL.exec(decimal);
  if (!match) throw new RangeError(`"${decimal}" is not a decimal amount`);
  const exponent = exponentOf(currency);
  const fraction = match[3] ?? "";
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new RangeError(`"${decimal}" has more decimals than ${currency} allows (${exponent})`);
  }
  const units = BigInt(`${match[2]}${fraction.slice(0, exponent).padEnd(exponent, "0")}`);
  return match[1] ? -units : units;
}

/**
 * Prints minor units as Shopify does: all decimals of the currency, and never less than one.
 *
 * @example toDecimal(1000n, "USD") // "10.00"
 * @example toDecimal(1000n, "JPY") // "1000.0"
 * @example toDecimal(1000n, "KWD") // "1.000"
 */
export function toDecimal(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const sign = minor < 0n ? "-" : "";
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  if (exponent === 0) return `${sign}${digits}.0`;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * Converts an amount of the shop's currency to the buyer's: amount x rate, half away from zero, on that amount alone.
 *
 * @example toPresentment(1000n, { from: "USD", to: "JPY", rate: "151.237" }) // 1512n
 */
export function toPresentment(minor: bigint, exchange: { from: string; to: string; rate: string }): bigint {
  const match = DECIMAL.exec(exchange.rate);
  if (!match) throw new RangeError(`"${exchange.rate}" is not a rate`);
  const decimals = match[3] ?? "";
  const rate = BigInt(`${match[2]}${decimals}`);
  const numerator = (minor < 0n ? -minor : minor) * rate * 10n ** BigInt(exponentOf(exchange.to));
  const denominator = 10n ** BigInt(decimals.length + exponentOf(exchange.from));
  const rounded = (numerator * 2n + denominator) / (denominator * 2n);
  return minor < 0n ? -rounded : rounded;
}
