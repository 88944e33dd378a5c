import { report, type StageContext } from "./bulk-stage.ts";

/** How many are done before what one costs is known well enough to say how long the rest takes. */
const KNOWN_AFTER = 20;

/**
 * Works through ids a few at a time with queries that the rate limit pays for, and reports how far it is and how long the
 * rest will take: what one has cost so far times those that are left, at the rate at which Shopify gives points back.
 */
export const inRateLimitedBatches = async (
  context: StageContext,
  ids: readonly bigint[],
  batchSize: number,
  work: (batch: readonly bigint[]) => Promise<void>,
): Promise<void> => {
  const { limit } = context;
  const before = limit.spent;
  await report(context, { status: "loading", total: ids.length, done: 0 });
  for (let start = 0; start < ids.length; start += batchSize) {
    await work(ids.slice(start, start + batchSize));
    const done = Math.min(ids.length, start + batchSize);
    const points = ((limit.spent - before) / done) * (ids.length - done);
    await report(context, { done, ...(done >= KNOWN_AFTER ? { secondsLeft: limit.secondsFor(points) } : {}) });
  }
  await report(context, { secondsLeft: null });
};
