import { ShopifyError } from "#app/platform/errors.ts";
import {
  expectAll,
  BulkRows,
  readBulkBlocks,
  type BulkBlock,
  type BulkCount,
} from "#app/shopify/bulk-result.server.ts";
import { bulkState, startBulk, type BulkSize, type BulkState } from "#app/shopify/bulk.server.ts";
import { saveStage, type StageChange, type SyncStage } from "#app/db/sync-progress.server.ts";
import type { Parked, PipelineContext } from "./context.ts";
import { writeWhileReading } from "./write-while-reading.ts";

/** One stage of one run of a long work: where its progress goes. */
export interface StageContext extends PipelineContext {
  readonly runId: number;
  readonly stage: SyncStage;
  /** When the work began. */
  readonly startedAt: Date;
  /** Only what was changed since then is read; null: everything. */
  readonly since: Date | null;
}

export const report = (context: StageContext, change: StageChange): Promise<void> =>
  saveStage(context.pool, { shopId: context.shop.id, runId: context.runId, name: context.stage.name }, change);

/** A small shop's bulk operation is done in a moment: for that long it is waited for. */
const FIRST_WAITS_MS = [100, 200, 400, 800, 1000];
/** After that the work is carried on when Shopify says that the operation is done, or by then. */
const SHORTEST_PARK_MS = 2000;
const LONGEST_PARK_MS = 60_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The longer an operation has been running, the longer it may still take. */
const parkedSince = (startedAt: Date, now: Date): Parked => {
  const sofar = now.getTime() - startedAt.getTime();
  return { afterMs: Math.min(LONGEST_PARK_MS, Math.max(SHORTEST_PARK_MS, sofar / 10)) };
};

const waitForResult = async (
  context: StageContext,
  id: bigint,
): Promise<Extract<BulkState, { state: "finished" }> | Parked> => {
  for (const ms of [...FIRST_WAITS_MS, null]) {
    const state = await bulkState(context.ask, id);
    if (state.state === "finished") return state;
    if (state.state === "failed") {
      const code = state.reason === "ACCESS_DENIED" ? "access-denied" : "bulk-failed";
      throw new ShopifyError(code, `Bulk operation ${id} ended: ${state.reason}`);
    }
    await report(context, { done: state.rootObjects });
    if (ms === null) return parkedSince(state.startedAt, context.now());
    await wait(ms);
  }
  return { afterMs: SHORTEST_PARK_MS };
};

/** Whatever takes in the blocks of a result. */
export interface BlockWriter {
  readonly take: (block: BulkBlock) => Promise<BulkCount>;
  /** How many blocks it takes in at a time. */
  readonly atOnce?: number;
  readonly end?: () => Promise<void>;
}

export interface BulkStage {
  readonly query: string;
  readonly count: () => Promise<number | undefined>;
  readonly writer: (size: BulkSize) => BlockWriter;
}

interface ItemWriter<Item> {
  /** The items of a block's rows, parent and children brought together. */
  readonly items: (rows: Iterable<unknown>) => Iterable<Item>;
  readonly batchSize: number;
  readonly write: (batch: readonly Item[]) => Promise<void>;
}

/** Takes blocks in item by item, in batches. */
export const inBatches =
  <Item>({ items, batchSize, write }: ItemWriter<Item>) =>
  (): BlockWriter => ({
    take: async (block) => {
      const rows = new BulkRows(block);
      const all = [...items(rows)];
      for (let start = 0; start < all.length; start += batchSize) await write(all.slice(start, start + batchSize));
      return rows.count;
    },
  });

async function* whileNot<T>(isOver: () => boolean, all: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const one of all) {
    if (isOver()) return;
    yield one;
  }
}

/** @returns whether all of it was taken in; false where the process is to end first */
const takeIn = async (context: StageContext, url: string, size: BulkSize, writer: BlockWriter): Promise<boolean> => {
  const read = { objects: 0, rootObjects: 0 };
  try {
    await writeWhileReading(whileNot(context.isStopping, readBulkBlocks(url, size)), {
      ...writer,
      write: async (block) => {
        const { objects, rootObjects } = await writer.take(block);
        read.objects += objects;
        read.rootObjects += rootObjects;
        return rootObjects;
      },
      onWritten: (done) => report(context, { done }),
    });
  } finally {
    await writer.end?.();
  }
  if (context.isStopping()) return false;
  expectAll(read, size);
  return true;
};

/**
 * Reads all objects of one kind with a bulk query and writes them block by block.
 * An interrupted stage goes on with the bulk operation that it had started; what is written already is recognised.
 */
export const runBulkStage = async (context: StageContext, stage: BulkStage): Promise<Parked | undefined> => {
  let id = context.stage.bulkOperationId;
  if (id === null) {
    const total = (await stage.count()) ?? null;
    id = await startBulk(context.ask, stage.query);
    await report(context, { status: "reading", total, done: 0, bulkOperationId: id });
  }
  const result = await waitForResult(context, id);
  if ("afterMs" in result) return result;
  await report(context, { status: "loading", done: 0 });
  if (result.url === null && result.size.objects > 0)
    throw new ShopifyError("bulk-broken", `Bulk operation ${id} lost its result`);
  if (result.url === null) return undefined;

  const isIn = await takeIn(context, result.url, result.size, stage.writer(result.size));
  return isIn ? undefined : { afterMs: 0 };
};
