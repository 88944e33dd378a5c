import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { OrderBlock, OrderPosters } from "#app/pipeline/post-block.ts";
import type { SyncThreads } from "#app/platform/env.server.ts";
import type { ThreadAnswer } from "./order-thread.ts";
import { errorOf } from "./thread-fault.ts";

/** A smaller result is written before threads have begun. */
const WORTH_THREADS_BYTES = 32 * 1024 * 1024;
/** More only wait for the database. */
const MOST_THREADS = 4;

const countFor = (bytes: number): number =>
  bytes < WORTH_THREADS_BYTES ? 0 : Math.min(availableParallelism(), MOST_THREADS);

/** The thread's program: built beside the app, or in development its source. */
const program = (): { filename: string; execArgv?: string[] } => {
  const isSource = import.meta.url.endsWith(".ts");
  const url = new URL(isSource ? "./order-thread.ts" : "../threads/order-thread.js", import.meta.url);
  const filename = fileURLToPath(url);
  return isSource ? { filename, execArgv: ["--import", "tsx"] } : { filename };
};

const openThreads = (databaseUrl: string, count: number): OrderPosters => {
  const size = { minThreads: count, maxThreads: count };
  const threads = new Piscina<OrderBlock, ThreadAnswer>({ ...program(), ...size, workerData: { databaseUrl } });
  return {
    // While one waits for a thread, none of them waits for the next.
    atOnce: count + 1,
    post: async (orders) => {
      const answer = await threads.run(orders, { transferList: [orders.block.bytes.buffer] });
      if ("fault" in answer) throw errorOf(answer.fault);
      return answer.count;
    },
    end: () => threads.close(),
  };
};

/**
 * Threads that do what `postBlock` does, so that a large first sync has more than one core and the process stays free for
 * everything else.
 *
 * @returns null for a result that the process better writes by itself
 */
export const threadsFor =
  (databaseUrl: string, asked: SyncThreads) =>
  ({ bytes }: { readonly bytes: number }): OrderPosters | null => {
    const count = asked === "auto" ? countFor(bytes) : asked;
    return count === 0 ? null : openThreads(databaseUrl, count);
  };
