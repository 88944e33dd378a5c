/** Batches that are being written at a time: while one commits, the next is sent. */
const WRITES_AT_ONCE = 2;

/**
 * Writes batches as they are read, and reads on meanwhile: the app works on one core, the database on another. Never more
 * than three batches are in memory.
 *
 * @param onWritten told how many items have been written so far
 */
export const writeWhileReading = async <Item>(
  batches: AsyncIterable<readonly Item[]>,
  write: (batch: readonly Item[]) => Promise<void>,
  onWritten: (done: number) => Promise<void>,
): Promise<void> => {
  let done = 0;
  const writing = new Set<Promise<void>>();
  for await (const batch of batches) {
    while (writing.size >= WRITES_AT_ONCE) await Promise.race(writing);
    const written = write(batch)
      .then(() => onWritten((done += batch.length)))
      .then(() => void writing.delete(written));
    writing.add(written);
    // A failure stays among the writing and is thrown by whoever waits for them next.
    written.catch(() => undefined);
  }
  await Promise.all(writing);
  await onWritten(done);
};

/** Items gathered into batches of a size; the last may be smaller. */
export async function* batchesOf<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
