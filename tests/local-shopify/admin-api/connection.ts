import { GraphQLError, type GraphQLResolveInfo } from "graphql";
import type { AdminContext } from "./context.ts";
import { type Args, booleanArg, defineType, GraphSource, intArg, stringArg } from "./define-type.ts";
import { badRequest } from "./errors.ts";

export const MAX_PAGE_SIZE = 250;

/** A list to page through: sorted upwards by `key`, which is also what a cursor holds. */
export interface Sequence<T> {
  readonly items: readonly T[];
  key(item: T, index: number): CursorKey;
  source(item: T): GraphSource;
  readonly descending?: boolean;
}

/** The sort value and the id that breaks ties, so that a cursor holds while objects come and change. */
export interface CursorKey {
  readonly value: number | string;
  readonly id: number;
}

export class ConnectionSource extends GraphSource {
  readonly typename = "Connection";
  readonly edges: readonly EdgeSource[];
  readonly pageInfo: PageInfoSource;

  constructor(edges: readonly EdgeSource[], more: { before: boolean; after: boolean }) {
    super();
    this.edges = edges;
    this.pageInfo = new PageInfoSource(more, edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null);
  }
}

export class EdgeSource extends GraphSource {
  readonly typename = "Edge";
  readonly node: GraphSource;
  private readonly key: CursorKey;

  constructor(node: GraphSource, key: CursorKey) {
    super();
    this.node = node;
    this.key = key;
  }

  get cursor(): string {
    return Buffer.from(JSON.stringify({ last_id: this.key.id, last_value: this.key.value })).toString("base64url");
  }
}

export class PageInfoSource extends GraphSource {
  readonly typename = "PageInfo";
  readonly more: { before: boolean; after: boolean };
  readonly startCursor: string | null;
  readonly endCursor: string | null;

  constructor(more: { before: boolean; after: boolean }, startCursor: string | null, endCursor: string | null) {
    super();
    this.more = more;
    this.startCursor = startCursor;
    this.endCursor = endCursor;
  }
}

export const connectionType = defineType("Connection", ConnectionSource, {
  edges: (connection) => connection.edges,
  nodes: (connection) => connection.edges.map((edge) => edge.node),
  pageInfo: (connection) => connection.pageInfo,
});

export const edgeType = defineType("Edge", EdgeSource, {
  cursor: (edge) => edge.cursor,
  node: (edge) => edge.node,
});

export const pageInfoType = defineType("PageInfo", PageInfoSource, {
  hasNextPage: ({ more }) => more.after,
  hasPreviousPage: ({ more }) => more.before,
  startCursor: ({ startCursor }) => startCursor,
  endCursor: ({ endCursor }) => endCursor,
});

/** A short list in its own order, such as the lines of an order. */
export function sequenceOf<T>(items: readonly T[], source: (item: T) => GraphSource): Sequence<T> {
  return { items, source, key: (_item, index) => ({ value: index, id: index }) };
}

/**
 * Answers a connection field: one page of the sequence, or in a bulk operation the window of the pass (top field) or
 * everything (nested field).
 *
 * @throws GraphQLError as Shopify on a missing, doubled or too large page size, or a cursor of no page
 */
export function connectionOf<T>(
  sequence: Sequence<T>,
  args: Args,
  context: AdminContext,
  info: GraphQLResolveInfo,
): ConnectionSource {
  const ordered = booleanArg(args, "reverse") ? reversed(sequence) : sequence;
  if (context.bulkPass) return bulkWindow(ordered, context.bulkPass, info);
  const { first, last } = pageSize(args);
  const after = cursorArg(args, "after");
  const before = cursorArg(args, "before");
  let start = after ? firstBeyond(ordered, after, true) : 0;
  let end = before ? firstBeyond(ordered, before, false) : ordered.items.length;
  if (first !== null) end = Math.min(end, start + first);
  if (last !== null) start = Math.max(start, end - last);
  return new ConnectionSource(edgesOf(ordered, start, end), { before: start > 0, after: end < ordered.items.length });
}

function edgesOf<T>(sequence: Sequence<T>, start: number, end: number): EdgeSource[] {
  return sequence.items
    .slice(start, end)
    .map((item, index) => new EdgeSource(sequence.source(item), sequence.key(item, start + index)));
}

function bulkWindow<T>(sequence: Sequence<T>, pass: NonNullable<AdminContext["bulkPass"]>, info: GraphQLResolveInfo) {
  const edge = (node: GraphSource) => new EdgeSource(node, { value: 0, id: 0 });
  const whole = { before: false, after: false };
  if (info.path.prev)
    return new ConnectionSource(
      sequence.items.map((item) => edge(sequence.source(item))),
      whole,
    );
  if (!pass.root) {
    const items = [...sequence.items];
    pass.root = {
      size: items.length,
      slice: (offset, limit) => items.slice(offset, offset + limit).map((item) => sequence.source(item)),
    };
  }
  return new ConnectionSource(pass.root.slice(pass.offset, pass.limit).map(edge), whole);
}

function pageSize(args: Args): { first: number | null; last: number | null } {
  const first = intArg(args, "first");
  const last = intArg(args, "last");
  if (first === null && last === null) throw badRequest("you must provide one of first or last");
  if (first !== null && last !== null) throw badRequest("providing both first and last is not supported");
  for (const [name, size] of [["first", first] as const, ["last", last] as const]) {
    if (size === null) continue;
    if (size > MAX_PAGE_SIZE) throw badRequest(`${name} cannot exceed ${MAX_PAGE_SIZE}`);
    if (size < 0) throw badRequest(`${name} must be a positive number`);
  }
  return { first, last };
}

function reversed<T>(sequence: Sequence<T>): Sequence<T> {
  const last = sequence.items.length - 1;
  return {
    items: [...sequence.items].reverse(),
    descending: true,
    source: (item) => sequence.source(item),
    key: (item, index) => sequence.key(item, last - index),
  };
}

/** The first index whose key lies beyond the cursor (`past`), or at it or beyond. Binary: order lists are long. */
function firstBeyond<T>(sequence: Sequence<T>, cursor: CursorKey, past: boolean): number {
  const { items } = sequence;
  const keyAt = (index: number) => {
    const item = items[index];
    return item === undefined ? null : sequence.key(item, index);
  };
  const direction = sequence.descending ? -1 : 1;
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const key = keyAt(middle);
    const order = key ? compareKeys(key, cursor) * direction : 1;
    if (past ? order <= 0 : order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Orders two sort keys: by value, then by id. */
export function compareKeys(a: CursorKey, b: CursorKey): number {
  if (a.value < b.value) return -1;
  if (a.value > b.value) return 1;
  return a.id - b.id;
}

function cursorArg(args: Args, name: string): CursorKey | null {
  const text = stringArg(args, name);
  if (text === null) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (isCursor(parsed)) return { id: parsed.last_id, value: parsed.last_value };
  } catch {
    // Not JSON: refused below like any other text that is no cursor.
  }
  throw new GraphQLError(`Invalid cursor for current pagination sort.`, { extensions: { code: "INVALID_CURSOR" } });
}

function isCursor(value: unknown): value is { last_id: number; last_value: number | string } {
  if (typeof value !== "object" || value === null || !("last_id" in value) || !("last_value" in value)) return false;
  return typeof value.last_id === "number" && ["number", "string"].includes(typeof value.last_value);
}
