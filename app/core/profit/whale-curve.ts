/** Customers by value falling, and the cumulative value at each: what the best ones make and the worst ones destroy. */
export interface WhaleCurve {
  readonly customers: number;
  readonly total: bigint;
  /** The highest cumulative value, and how many customers it takes; what follows only loses. */
  readonly peak: { readonly value: bigint; readonly customers: number };
  /** What customers after the peak took away again; zero or negative. */
  readonly destroyed: bigint;
  readonly losses: { readonly customers: number; readonly total: bigint };
  /** Cumulative value at a limited number of places along the curve, for drawing; first and last included. */
  readonly points: readonly { readonly customers: number; readonly value: bigint }[];
}

/**
 * @param values in minor units, falling
 * @param resolution the most points to keep, the peak not counted
 */
export const whaleCurve = (values: readonly bigint[], resolution = 100): WhaleCurve => {
  const every = Math.max(1, Math.ceil(values.length / resolution));
  const points: { customers: number; value: bigint }[] = [{ customers: 0, value: 0n }];
  let total = 0n;
  let peak = { value: 0n, customers: 0 };
  const losses = { customers: 0, total: 0n };
  values.forEach((value, index) => {
    total += value;
    const customers = index + 1;
    if (value < 0n) {
      losses.customers += 1;
      losses.total += value;
    }
    if (total > peak.value) peak = { value: total, customers };
    if (customers % every === 0 || customers === values.length) points.push({ customers, value: total });
  });
  return { customers: values.length, total, peak, destroyed: total - peak.value, losses, points };
};

/**
 * What the first ceil(share x N) customers make.
 *
 * @param percent a whole percent of the customers, e.g. 20
 * @returns the number of customers and their value; the share of it is the caller's, of the total or of the positive sum
 */
export const topShare = (values: readonly bigint[], percent: number): { customers: number; value: bigint } => {
  const customers = Math.ceil((values.length * percent) / 100);
  return { customers, value: values.slice(0, customers).reduce((a, b) => a + b, 0n) };
};
