/** Finds which of one's own ids a list leaves out that is read as a stream. */
export interface MissingIds {
  /** Notes an id of the list; one that is not among one's own is of no interest. */
  see(id: bigint): void;
  /** One's own ids that were not seen, in order. */
  missing(): bigint[];
}

/** @param own in rising order, each once; a million take nine megabytes */
export const missingFrom = (own: BigInt64Array): MissingIds => {
  const seen = new Uint8Array(own.length);
  return {
    see: (id) => {
      let low = 0;
      let high = own.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((own[middle] ?? 0n) < id) low = middle + 1;
        else high = middle;
      }
      if (own[low] === id) seen[low] = 1;
    },
    missing: () => {
      const left: bigint[] = [];
      own.forEach((id, place) => {
        if (seen[place] === 0) left.push(id);
      });
      return left;
    },
  };
};
