/** Batches that are being written at a time: while one commits, the next is sent. */
const WRITES_AT_ONCE = 2;

export interface Writing<Batch> {
  /** @returns how many items were in the batch */
  readonly write: (batch: Batch) => Promise<number>;
  /** Told how many items have been written so far. */
  readonly onWritten: (done: number) => Promise<void>;
  readonly atOnce?: number;
}

/**
 * Writes batches as they are read, and reads on meanwhile: the app works on one core, the database on another. Never more
 * than one batch is in memory beside those that are being written.
 */
export const writeWhileReading = async <Batch>(
  batches: AsyncIterable<Batch>,
  { write, onWritten, atOnce = WRITES_AT_ONCE }: Writing<Batch>,
): Promise<void> => {
  let done = 0;
  const writing = new Set<Promise<void>>();
  for await (const batch of batches) {
    while (writing.size >= atOnce) await Promise.race(writing);
    const written = write(batch)
      .then((count) => onWritten((done += count)))
      .then(() => void writing.delete(written));
    writing.add(written);
    // A failure stays among the writing and is thrown by whoever waits for them next.
    written.catch(() => undefined);
  }
  await Promise.all(writing);
  await onWritten(done);
};
