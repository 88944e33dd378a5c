/** Decimals of the currencies that the worlds use; all others have two. */
const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

/** Reads decimal strings as whole minor units of a currency. */
export const minorIn =
  (currency: string) =>
  (decimal: string): bigint => {
    const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
    const minor = BigInt(whole + fraction.padEnd(decimalsOf(currency), "0").slice(0, decimalsOf(currency)));
    return decimal.startsWith("-") ? -minor : minor;
  };

/** A decimal as a fraction of whole numbers. */
export const fractionOf = (decimal: string): { readonly over: bigint; readonly under: bigint } => {
  const [whole = "0", digits = ""] = decimal.split(".");
  return { over: BigInt(whole + digits), under: 10n ** BigInt(digits.length) };
};

/** over / under to the nearest whole number, halves away from zero. */
export const halfUp = (over: bigint, under: bigint): bigint => {
  if (over < 0n) return -halfUp(-over, under);
  const whole = over / under;
  return (over % under) * 2n >= under ? whole + 1n : whole;
};

export const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/** The calendar day on which the shop's clock stands at an instant, such as "2025-11-01". */
export const dayIn = (timezone: string): ((iso: string) => string) => {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: timezone, dateStyle: "short" });
  return (iso) => format.format(new Date(iso));
};
