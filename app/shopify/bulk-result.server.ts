import { ShopifyError } from "#app/platform/errors.ts";
import type { BulkSize } from "./bulk.server.ts";

/** A piece of a bulk result: whole lines, and never a parent without its children. */
export interface BulkBlock {
  /** UTF-8, in a buffer of its own, which may be handed to another thread. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many lines of the result come before it. */
  readonly linesBefore: number;
}

export type BulkCount = Pick<BulkSize, "objects" | "rootObjects">;

/** Enough for some 750 orders: small beside a process, large beside what a transaction costs. */
const BLOCK_BYTES = 2 * 1024 * 1024;

const LINE_END = 10;

/** The key by which a child names its parent. Within a text its quotes would be escaped, so that it cannot be taken for one. */
const PARENT_KEY = '"__parentId"';

const interrupted = (cause: unknown): never => {
  throw new ShopifyError("unavailable", "The bulk result could not be fetched", { cause });
};

const open = async (url: string): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
  const response = await fetch(url).catch(interrupted);
  if (response.ok && response.body) return response.body.getReader();
  // A result that is refused or gone will not come back; a server that is down may.
  throw new ShopifyError(response.status < 500 ? "bulk-broken" : "unavailable", `Result: HTTP ${response.status}`);
};

const join = (pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

/** Where the last parent begins whose line is all there; its children may be still to come. 0 where there is one parent only. */
const startOfLastParent = (bytes: Uint8Array<ArrayBuffer>): number => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = buffer.lastIndexOf(LINE_END);
  while (end > 0) {
    const start = buffer.lastIndexOf(LINE_END, end - 1) + 1;
    const line = buffer.subarray(start, end);
    if (line.length > 0 && !line.includes(PARENT_KEY)) return start;
    end = start - 1;
  }
  return 0;
};

const countLines = (bytes: Uint8Array): number => {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
};

/**
 * A bulk result in blocks, each as soon as it is there; one of them is in memory at a time, whatever the result's size.
 *
 * @param size what Shopify gave; a result that ends before it is refused when it has been read
 * @throws ShopifyError `bulk-broken` or `unavailable`
 */
export async function* readBulkBlocks(
  url: string,
  size: Pick<BulkSize, "bytes">,
  blockBytes = BLOCK_BYTES,
): AsyncGenerator<BulkBlock> {
  const reader = await open(url);
  try {
    yield* blocksOf(reader, size, blockBytes);
  } finally {
    // Whoever stops reading before the end lets the connection go too.
    await reader.cancel().catch(() => undefined);
  }
}

async function* blocksOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  size: Pick<BulkSize, "bytes">,
  blockBytes: number,
): AsyncGenerator<BulkBlock> {
  const next = () => reader.read().catch(interrupted);
  let held: Uint8Array[] = [];
  let length = 0;
  let enough = blockBytes;
  let received = 0;
  let linesBefore = 0;
  for (let read = await next(); !read.done; read = await next()) {
    held.push(read.value);
    length += read.value.length;
    received += read.value.length;
    if (length < enough) continue;
    const whole = join(held, length);
    const end = startOfLastParent(whole);
    // A parent with more children than a block holds: looked at again when there is twice as much.
    enough = end === 0 ? 2 * length : blockBytes;
    held = [whole.slice(end)];
    length -= end;
    if (end === 0) continue;
    const bytes = whole.subarray(0, end);
    const lines = countLines(bytes);
    yield { bytes, linesBefore };
    linesBefore += lines;
  }
  if (received < size.bytes)
    throw new ShopifyError("bulk-broken", `The bulk result ended after ${received} of ${size.bytes} bytes`);
  if (length > 0) yield { bytes: join(held, length), linesBefore };
}

const isRoot = (row: unknown): boolean => !(typeof row === "object" && row !== null && "__parentId" in row);

/** The rows of a block, each parsed when it is asked for, and how many of them there have been. */
export class BulkRows implements Iterable<unknown> {
  private objects = 0;
  private rootObjects = 0;

  constructor(private readonly block: BulkBlock) {}

  get count(): BulkCount {
    return { objects: this.objects, rootObjects: this.rootObjects };
  }

  /** @throws ShopifyError `bulk-broken` with the line */
  *[Symbol.iterator](): Generator {
    const { bytes, linesBefore } = this.block;
    let line = linesBefore;
    for (const text of new TextDecoder().decode(bytes).split("\n")) {
      line += 1;
      if (text === "") continue;
      const row = parseLine(text, line);
      this.objects += 1;
      if (isRoot(row)) this.rootObjects += 1;
      yield row;
    }
  }
}

const parseLine = (text: string, line: number): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ShopifyError("bulk-broken", `Line ${line} of the bulk result is not JSON`, { cause });
  }
};

/**
 * Holds what was read of a whole result against what Shopify had counted.
 *
 * @throws ShopifyError `bulk-broken` where a row is missing, or one is there that Shopify did not count
 */
export const expectAll = (read: BulkCount, { objects, rootObjects }: BulkCount): void => {
  if (read.objects === objects && read.rootObjects === rootObjects) return;
  const held = `${read.objects} rows (${read.rootObjects} of them roots)`;
  throw new ShopifyError("bulk-broken", `The bulk result held ${held} instead of ${objects} (${rootObjects})`);
};
