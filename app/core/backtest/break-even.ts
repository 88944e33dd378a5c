/** What is given more in discounts, and what is left of the goods' margin with it: net of tax, over the same units. */
export interface Lifted {
  /** The margin that the past discounts left, less the one that the candidate's leave. */
  readonly extra: bigint;
  readonly margin: bigint;
}

/**
 * The break-even lift: how many percent more units of the same mix would have to be sold, at the candidate's prices, for their
 * margin to earn back what the candidate gives more. In basis points, rounded up, so that it is enough.
 *
 * Units are counted as they were bought; goods whose cost is unknown are left out of both sides.
 *
 * @returns null where the units that are sold leave no margin: no number of them earns anything back; 0 where nothing more is
 * given
 * @example 100 units for 10.00 that cost 6.00 leave 400.00. With 4 % off they leave 360.00: 40.00 less. A unit leaves 3.60, so
 * 11.11 more units are needed: 1,112 basis points, or 11.12 %
 */
export const breakEvenLift = ({ extra, margin }: Lifted): number | null => {
  if (margin <= 0n) return null;
  if (extra <= 0n) return 0;
  return Number((extra * 10_000n + margin - 1n) / margin);
};
