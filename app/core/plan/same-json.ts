/** Whether a text is JSON of the same value as another, whatever its spaces; null, where nothing is there, is of none. */
export const sameJson = (text: string | null, other: string): boolean =>
  text !== null && JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(other));
