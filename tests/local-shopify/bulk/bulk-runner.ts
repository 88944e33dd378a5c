import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { AdminContext, BulkOperationRecord, BulkOperations } from "../admin-api/context.ts";
import { isoSeconds } from "../admin-api/shop-store.ts";
import type { ShopClock } from "../clock.ts";
import { StateFile } from "../state.ts";
import { checkBulkQuery, deniedFields } from "./check-query.ts";
import { exportRows, type ExportResult } from "./export.ts";
import type { ResultHost } from "./result-host.ts";

const MAX_RUNNING = 5;
const RESULT_LIFETIME_MS = 7 * 86_400_000;

const recordSchema = z.object({
  id: z.int(),
  status: z.enum(["CREATED", "RUNNING", "CANCELING", "CANCELED", "COMPLETED", "EXPIRED", "FAILED"]),
  errorCode: z.enum(["ACCESS_DENIED", "INTERNAL_SERVER_ERROR", "TIMEOUT"]).nullable(),
  query: z.string(),
  groupObjects: z.boolean(),
  createdAt: z.string(),
  completedAt: z.string().nullable(),
  objectCount: z.int(),
  rootObjectCount: z.int(),
  fileSize: z.int().nullable(),
  url: z.string().nullable(),
  partialDataUrl: z.string().nullable(),
}) satisfies z.ZodType<BulkOperationRecord>;

/** Faults of the next bulk operations, each used up by one operation when it starts. */
export interface BulkFaults {
  /** FAILED after so many rows, with what was written as partial data. */
  failNext: { afterObjects: number; errorCode: "INTERNAL_SERVER_ERROR" | "TIMEOUT" | "ACCESS_DENIED" }[];
  /** COMPLETED, but the file ends in the middle of its last row. */
  truncateNext: number;
  /** COMPLETED with all rows counted, but one child row is not in the file. For the next operations that have child rows. */
  loseChildNext: number;
  /** Run at so many rows a second. */
  slowNext: number[];
}

export interface BulkRunnerOptions {
  readonly stateDir: string;
  readonly clock: ShopClock;
  readonly results: ResultHost;
  /** Rows a second, or Infinity. */
  readonly pace: number;
  readonly contextNow: (bulk: BulkOperations) => AdminContext;
  readonly onFinished: (record: BulkOperationRecord) => void;
}

/** Runs bulk queries, at most five at once, and keeps what came of them. Those cut off by a stop start anew. */
export class BulkRunner implements BulkOperations {
  readonly faults: BulkFaults = { failNext: [], truncateNext: 0, loseChildNext: 0, slowNext: [] };
  private readonly options: BulkRunnerOptions;
  private readonly file: StateFile<BulkOperationRecord[]>;
  private readonly records: BulkOperationRecord[];
  private readonly running = new Set<Promise<void>>();
  private isClosed = false;

  constructor(options: BulkRunnerOptions) {
    this.options = options;
    mkdirSync(options.results.directory, { recursive: true });
    this.file = new StateFile(options.stateDir, "bulk-operations", z.array(recordSchema));
    this.records = this.file.read([]);
  }

  /** Takes up what a stop interrupted. */
  resume(): void {
    for (const record of this.records) if (!isOver(record)) this.start(record);
  }

  run(request: { query: string; groupObjects: boolean }) {
    const checked = checkBulkQuery(request.query);
    if (!checked.ok) return { operation: null, userErrors: checked.userErrors };
    const busy = this.records.filter((record) => !isOver(record));
    if (busy.length >= MAX_RUNNING) {
      const ids = busy.map(({ id }) => `gid://shopify/BulkOperation/${id}`).join(", ");
      const message = `A bulk query operation for this app and shop is already in progress: ${ids}.`;
      return { operation: null, userErrors: [{ code: "OPERATION_IN_PROGRESS" as const, field: null, message }] };
    }
    const record: BulkOperationRecord = {
      id: (this.records.at(-1)?.id ?? 1000) + 1,
      status: "CREATED",
      errorCode: null,
      ...request,
      createdAt: this.nowText(),
      completedAt: null,
      objectCount: 0,
      rootObjectCount: 0,
      fileSize: null,
      url: null,
      partialDataUrl: null,
    };
    this.records.push(record);
    this.save();
    this.start(record);
    return { operation: { ...record }, userErrors: [] };
  }

  cancel(id: number) {
    const record = this.get(id);
    if (!record) return { operation: null, message: "Bulk operation does not exist" };
    if (isOver(record)) {
      const message = "A bulk operation cannot be canceled when it is completed";
      return { operation: record, message };
    }
    record.status = "CANCELING";
    this.save();
    return { operation: { ...record }, message: null };
  }

  get(id: number): BulkOperationRecord | undefined {
    return this.records.find((record) => record.id === id);
  }

  list(): readonly BulkOperationRecord[] {
    return this.records;
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.idle();
  }

  private start(record: BulkOperationRecord): void {
    const work = this.work(record).finally(() => this.running.delete(work));
    this.running.add(work);
  }

  private async work(record: BulkOperationRecord): Promise<void> {
    // Shopify does not begin before it has answered, so that the caller sees CREATED.
    await sleep(5);
    if (this.isClosed) return;
    if (record.status !== "CANCELING") record.status = "RUNNING";
    const fault = this.faults.failNext.shift() ?? null;
    const pace = this.faults.slowNext.shift() ?? this.options.pace;
    const result = await this.export(record, { failAfter: fault?.afterObjects ?? null, pace });
    if (this.isClosed && record.status !== "CANCELING" && result.outcome === "canceled") return;
    this.finish(record, result);
    if (fault) record.errorCode = fault.errorCode;
    else if (record.errorCode === "INTERNAL_SERVER_ERROR") {
      console.error(`bulk operation ${record.id} failed: ${result.failure?.message ?? ""}`);
    }
    this.save();
    this.options.onFinished(record);
  }

  private async export(
    record: BulkOperationRecord,
    how: { failAfter: number | null; pace: number },
  ): Promise<ExportResult> {
    const context = this.options.contextNow(this);
    const checked = checkBulkQuery(record.query);
    if (!checked.ok || deniedFields(checked.facts, context.access).length > 0) {
      return { outcome: "failed", failure: { code: "ACCESS_DENIED", message: "missing scopes" }, bytes: 0 };
    }
    return exportRows({
      query: record.query,
      top: checked.top,
      grouped: record.groupObjects,
      path: this.pathOf(record),
      context,
      ...how,
      onProgress: ({ objects, roots }) => {
        record.objectCount = objects;
        record.rootObjectCount = roots;
      },
      isCanceled: () => this.isClosed || record.status === "CANCELING",
    });
  }

  private finish(record: BulkOperationRecord, result: ExportResult): void {
    const now = this.options.clock.now();
    const url =
      result.bytes === 0
        ? null
        : this.options.results.signedUrl(fileName(record), new Date(now.getTime() + RESULT_LIFETIME_MS));
    if (result.outcome === "canceled") record.status = "CANCELED";
    if (result.failure) {
      record.status = "FAILED";
      record.errorCode = result.failure.code;
      record.partialDataUrl = url;
    }
    if (result.outcome !== "completed") return;
    record.status = "COMPLETED";
    record.completedAt = this.nowText();
    record.url = url;
    record.fileSize = result.bytes === 0 ? null : result.bytes - this.loseChild(record);
    if (result.bytes === 0) rmSync(this.pathOf(record), { force: true });
    if (this.faults.truncateNext === 0) return;
    this.faults.truncateNext -= 1;
    truncateSync(this.pathOf(record), Math.max(0, result.bytes - 5));
  }

  /** @returns how many bytes the file has become shorter by */
  private loseChild(record: BulkOperationRecord): number {
    // Without children there is none to lose: the fault waits for an operation that has some.
    if (this.faults.loseChildNext === 0 || record.objectCount === record.rootObjectCount) return 0;
    this.faults.loseChildNext -= 1;
    const rows = readFileSync(this.pathOf(record), "utf8").split("\n");
    const [lost = ""] = rows.splice(
      rows.findLastIndex((row) => row.includes('"__parentId"')),
      1,
    );
    writeFileSync(this.pathOf(record), rows.join("\n"));
    return Buffer.byteLength(lost) + 1;
  }

  private pathOf(record: BulkOperationRecord): string {
    return join(this.options.results.directory, fileName(record));
  }

  private nowText(): string {
    return isoSeconds(this.options.clock.now());
  }

  private save(): void {
    this.file.write(this.records);
  }
}

function fileName({ id }: BulkOperationRecord): string {
  return `bulk-${id}.jsonl`;
}

function isOver({ status }: BulkOperationRecord): boolean {
  return status !== "CREATED" && status !== "RUNNING" && status !== "CANCELING";
}
