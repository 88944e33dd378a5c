import { report, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";

/** How many are done before what one costs is known well enough to say how long the rest takes. */
const KNOWN_AFTER = 20;
/** So long a work that waits for the rate limit is at it before other shops' works have their turn. */
const TURN_MS = 60_000;

/**
 * Works through ids, in rising order and a few at a time, with queries that the rate limit pays for, and reports how far it
 * is and how long the rest will take: what one has cost so far times those that are left, at the rate at which Shopify gives
 * points back, or, where that is longer, the time that one has taken so far times those that are left. An interrupted stage goes on after the last id that was done.
 */
export const inRateLimitedBatches = async (
  context: StageContext,
  ids: readonly bigint[],
  batchSize: number,
  work: (batch: readonly bigint[]) => Promise<void>,
): Promise<Parked | undefined> => {
  const { limit, stage } = context;
  const before = limit.spent;
  const started = performance.now();
  const { afterId } = stage;
  const left = afterId === null ? ids : ids.filter((id) => id > afterId);
  const doneBefore = afterId === null ? 0 : stage.done;
  const total = doneBefore + left.length;
  await report(context, { status: "loading", total, done: doneBefore });
  for (let start = 0; start < left.length; start += batchSize) {
    if (start > 0 && (context.isStopping() || performance.now() - started > TURN_MS)) return { afterMs: 0 };
    const batch = left.slice(start, start + batchSize);
    await work(batch);
    const done = start + batch.length;
    const points = ((limit.spent - before) / done) * (left.length - done);
    const seconds = (((performance.now() - started) / done) * (left.length - done)) / 1000;
    const atRate = limit.secondsFor(points);
    const secondsLeft =
      done >= KNOWN_AFTER ? { secondsLeft: atRate === null ? null : Math.max(atRate, Math.ceil(seconds)) } : {};
    await report(context, { done: doneBefore + done, afterId: batch.at(-1) ?? null, ...secondsLeft });
  }
  await report(context, { secondsLeft: null });
  return undefined;
};
