/** An exact fraction; the denominator is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const rational = (n: bigint, d = 1n): Rational => (d < 0n ? { n: -n, d: -d } : { n, d });

export const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const plus = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);

export const isAbove = (a: Rational, b: Rational): boolean => a.n * b.d > b.n * a.d;

/** The whole number below, for fractions that are not negative. */
export const down = ({ n, d }: Rational): bigint => n / d;

export const up = ({ n, d }: Rational): bigint => (n + d - 1n) / d;

export const halfUp = ({ n, d }: Rational): bigint => (2n * n + d) / (2n * d);

/** @example fromDecimal("1.25") // 125 / 100 */
export const fromDecimal = (text: string): Rational => {
  const [whole = "", fraction = ""] = text.split(".");
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
};

/** Ten to a power that may be negative. */
export const powerOfTen = (exponent: number): Rational =>
  exponent < 0 ? rational(1n, 10n ** BigInt(-exponent)) : rational(10n ** BigInt(exponent));
