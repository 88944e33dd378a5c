import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { setImmediate as yieldToOthers, setTimeout as sleep } from "node:timers/promises";
import type { GraphQLError } from "graphql";
import type { AdminContext, BulkPass } from "../admin-api/context.ts";
import { checkedDocument } from "../admin-api/endpoint.ts";
import { executeAdmin } from "../admin-api/execute.ts";
import { RowOrder, rowTrees } from "./rows.ts";
import type { ConnectionPlan } from "./row-plan.ts";

const WINDOW = 100;

export interface ExportRequest {
  readonly query: string;
  readonly top: ConnectionPlan;
  readonly grouped: boolean;
  readonly path: string;
  readonly context: AdminContext;
  /** Rows a second, or Infinity. */
  readonly pace: number;
  /** Stop as if Shopify's own machinery had failed after so many rows. */
  readonly failAfter: number | null;
  readonly onProgress: (counts: { objects: number; roots: number }) => void;
  readonly isCanceled: () => boolean;
}

export interface ExportResult {
  readonly outcome: "completed" | "canceled" | "failed";
  readonly failure: ExportFailure | null;
  readonly bytes: number;
}

export interface ExportFailure {
  readonly code: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR";
  /** For the person who runs the local Shopify; the real one tells the app no more than the code. */
  readonly message: string;
}

/** Writes the rows of a bulk query to a file, window by window, without ever holding the whole result. */
export async function exportRows(request: ExportRequest): Promise<ExportResult> {
  const { context, top, grouped, failAfter, onProgress } = request;
  const { document } = checkedDocument(request.query);
  const pass: BulkPass = { offset: 0, limit: windowSize(request.pace), root: null };
  const order = new RowOrder(grouped);
  const sink = new RowFile(request.path);
  let roots = 0;
  const startedAt = performance.now();
  const end = async (outcome: ExportResult["outcome"], failure: ExportFailure | null = null) => ({
    outcome,
    failure,
    bytes: await sink.close(),
  });
  do {
    if (request.isCanceled()) return end("canceled");
    const { data, errors } = executeAdmin({ document }, { ...context, bulkPass: pass });
    const failure = failureOf(errors ?? [], context);
    if (failure) return end("failed", failure);
    const trees = rowTrees({ ...data }, top);
    roots += trees.length;
    for (const row of order.add(trees)) {
      sink.write(row);
      if (failAfter !== null && sink.rows >= failAfter) {
        onProgress({ objects: sink.rows, roots });
        return end("failed", { code: "INTERNAL_SERVER_ERROR", message: "failed on demand" });
      }
    }
    await sink.drained();
    onProgress({ objects: sink.rows, roots });
    pass.offset += pass.limit;
    await keepPace(sink.rows, request.pace, startedAt);
  } while (pass.root && pass.offset < pass.root.size);
  for (const row of order.end()) sink.write(row);
  onProgress({ objects: sink.rows, roots });
  return end("completed");
}

class RowFile {
  rows = 0;
  private bytes = 0;
  private isFull = false;
  private readonly stream: ReturnType<typeof createWriteStream>;

  constructor(path: string) {
    this.stream = createWriteStream(path);
  }

  write(row: object): void {
    const line = Buffer.from(`${JSON.stringify(row)}\n`);
    this.isFull = !this.stream.write(line);
    this.rows += 1;
    this.bytes += line.length;
  }

  async drained(): Promise<void> {
    if (!this.isFull) return;
    await once(this.stream, "drain");
    this.isFull = false;
  }

  async close(): Promise<number> {
    this.stream.end();
    await once(this.stream, "finish");
    return this.bytes;
  }
}

/** Protected data that was not granted is null and takes its object with it; that alone does not fail an export. */
function failureOf(errors: readonly GraphQLError[], { access }: AdminContext): ExportFailure | null {
  for (const error of errors) {
    const field = /^Cannot return null for non-nullable field (\w+)\.(\w+)\.$/.exec(error.message);
    if (field?.[1] && field[2] && access.hides(field[1], field[2])) continue;
    const isDenied = error.extensions["code"] === "ACCESS_DENIED";
    return { code: isDenied ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR", message: error.message };
  }
  return null;
}

function windowSize(pace: number): number {
  return Math.max(1, Math.min(WINDOW, Math.floor(pace / 50)));
}

async function keepPace(rows: number, pace: number, startedAt: number): Promise<void> {
  const ahead = (rows / pace) * 1000 - (performance.now() - startedAt);
  if (ahead > 1) await sleep(ahead);
  else await yieldToOthers();
}
