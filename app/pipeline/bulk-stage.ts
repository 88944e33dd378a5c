import { ShopifyError } from "#app/platform/errors.ts";
import { bulkState, readBulkRows, startBulk, type BulkState } from "#app/shopify/bulk.server.ts";
import { saveStage, type StageChange, type SyncStage } from "#app/db/sync-progress.server.ts";
import type { PipelineContext } from "./context.ts";

/** One stage of one sync run: where its progress goes. */
export interface StageContext extends PipelineContext {
  readonly runId: number;
  readonly stage: SyncStage;
}

const POLL_MS = 1000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const report = (context: StageContext, change: StageChange): Promise<void> =>
  saveStage(context.pool, { shopId: context.shop.id, runId: context.runId, name: context.stage.name }, change);

const waitForResult = async (context: StageContext, id: bigint): Promise<Extract<BulkState, { state: "finished" }>> => {
  for (;;) {
    const state = await bulkState(context.ask, id);
    if (state.state === "finished") return state;
    if (state.state === "failed") {
      const code = state.reason === "ACCESS_DENIED" ? "access-denied" : "bulk-failed";
      throw new ShopifyError(code, `Bulk operation ${id} ended: ${state.reason}`);
    }
    await report(context, { done: state.rootObjects });
    await wait(POLL_MS);
  }
};

export interface BulkStage<Item> {
  readonly query: string;
  readonly count: () => Promise<number | undefined>;
  /** The items of the result's rows, parent and children brought together. */
  readonly items: (rows: AsyncIterable<unknown>) => AsyncIterable<Item>;
  readonly batchSize: number;
  readonly write: (batch: readonly Item[]) => Promise<void>;
}

/**
 * Reads all objects of one kind with a bulk query and writes them batch by batch; never more than three batches in memory.
 * An interrupted stage goes on with the bulk operation that it had started; what is written already is recognised.
 */
export const runBulkStage = async <Item>(context: StageContext, stage: BulkStage<Item>): Promise<void> => {
  const total = (await stage.count()) ?? null;
  const id = context.stage.bulkOperationId ?? (await startBulk(context.ask, stage.query));
  await report(context, { status: "reading", total, done: 0, bulkOperationId: id });
  const result = await waitForResult(context, id);
  await report(context, { status: "loading", done: 0 });
  if (result.url === null && result.objects > 0)
    throw new ShopifyError("bulk-broken", `Bulk operation ${id} lost its result`);
  if (result.url === null) return;

  await writeInBatches(stage.items(readBulkRows(result.url, result.bytes)), stage, (done) => report(context, { done }));
};

/** Batches that are being written at a time: while one commits, the next is sent. */
const WRITES_AT_ONCE = 2;

/** Reads on while batches are being written: the app works on one core, the database on another. */
const writeInBatches = async <Item>(
  items: AsyncIterable<Item>,
  { batchSize, write }: BulkStage<Item>,
  onWritten: (done: number) => Promise<void>,
): Promise<void> => {
  let done = 0;
  let batch: Item[] = [];
  const writing = new Set<Promise<void>>();
  const flush = async (): Promise<void> => {
    while (writing.size >= WRITES_AT_ONCE) await Promise.race(writing);
    const full = batch;
    batch = [];
    const written = write(full)
      .then(() => onWritten((done += full.length)))
      .then(() => void writing.delete(written));
    writing.add(written);
    // A failure stays among the writing and is thrown by whoever waits for them next.
    written.catch(() => undefined);
  };
  for await (const item of items) {
    batch.push(item);
    if (batch.length >= batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  await Promise.all(writing);
  await onWritten(done);
};
