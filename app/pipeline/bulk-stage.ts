import { ShopifyError } from "#app/platform/errors.ts";
import { bulkState, readBulkRows, startBulk, type BulkState } from "#app/shopify/bulk.server.ts";
import { saveStage, type StageChange, type SyncStage } from "#app/db/sync-progress.server.ts";
import type { PipelineContext } from "./context.ts";
import { batchesOf, writeWhileReading } from "./write-while-reading.ts";

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
 * Reads all objects of one kind with a bulk query and writes them batch by batch.
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

  const items = stage.items(readBulkRows(result.url, result.bytes));
  await writeWhileReading(batchesOf(items, stage.batchSize), stage.write, (done) => report(context, { done }));
};
