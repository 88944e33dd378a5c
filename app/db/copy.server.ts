import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

export type CopyValue = bigint | number | string | boolean | null;
export type CopyRow = readonly CopyValue[];

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A value in PostgreSQL's text format. */
export const copyField = (value: CopyValue): string => {
  if (value === null) return "\\N";
  if (typeof value === "string")
    return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c) : value;
  return String(value);
};

/** Rows are handed to the socket in pieces of this many bytes. */
const PIECE = 65_536;
/** A character of UTF-16 takes three bytes of UTF-8 at most. */
const BYTES_A_CHARACTER = 3;

/** Rows as COPY takes them, in PostgreSQL's text format: printed once, and sent as often as it takes. */
export class CopyText {
  private readonly full: Buffer[] = [];
  private piece = Buffer.allocUnsafeSlow(PIECE);
  private used = 0;

  add(row: CopyRow): void {
    let line = "";
    for (let column = 0; column < row.length; column++)
      line += (column === 0 ? "" : "\t") + copyField(row[column] ?? null);
    this.addLines(`${line}\n`);
  }

  /** Whole rows that are printed already. */
  addLines(lines: string): void {
    const most = lines.length * BYTES_A_CHARACTER;
    if (this.used + most > this.piece.length) {
      this.flush();
      if (most > this.piece.length) this.piece = Buffer.allocUnsafeSlow(most);
    }
    this.used += this.piece.write(lines, this.used);
  }

  /** Whether there is enough for a piece to be sent. */
  get hasPiece(): boolean {
    return this.full.length > 0;
  }

  /** Everything that was added. */
  pieces(): readonly Buffer[] {
    this.flush();
    return this.full;
  }

  private flush(): void {
    if (this.used === 0) return;
    this.full.push(this.piece.subarray(0, this.used));
    this.piece = Buffer.allocUnsafeSlow(PIECE);
    this.used = 0;
  }
}

const send = (client: pg.PoolClient, target: string, pieces: Iterable<Buffer>): Promise<void> =>
  pipeline(Readable.from(pieces), client.query(copyFrom(`COPY ${target} FROM STDIN`)));

/** Sends what was printed into a table. `target` is SQL: a table and its columns. */
export const copyText = (client: pg.PoolClient, target: string, text: CopyText): Promise<void> =>
  send(client, target, text.pieces());

function* printed(rows: Iterable<CopyRow>): Generator<Buffer> {
  let text = new CopyText();
  for (const row of rows) {
    text.add(row);
    if (!text.hasPiece) continue;
    yield* text.pieces();
    text = new CopyText();
  }
  yield* text.pieces();
}

/** Sends rows into a table, each printed as it is sent. `target` is SQL: a table and its columns. */
export const copyRows = (client: pg.PoolClient, target: string, rows: Iterable<CopyRow>): Promise<void> =>
  send(client, target, printed(rows));
