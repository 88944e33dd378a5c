/**
 * What units `from + 1` to `from + quantity` of a line are worth, so that all its units add up to the line.
 *
 * @example unitsWorth(1000n, { of: 3, from: 0, quantity: 1 }) // 333n
 * @example unitsWorth(1000n, { of: 3, from: 1, quantity: 2 }) // 667n
 */
export function unitsWorth(total: bigint, units: { of: number; from: number; quantity: number }): bigint {
  const upTo = (count: number) => (total * BigInt(count)) / BigInt(units.of);
  return upTo(units.from + units.quantity) - upTo(units.from);
}
