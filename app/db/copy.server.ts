import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

export type CopyValue = bigint | number | string | boolean | null;
export type CopyRow = readonly CopyValue[];

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

const field = (value: CopyValue): string => {
  if (value === null) return "\\N";
  if (typeof value === "string")
    return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c) : value;
  return String(value);
};

/** Rows are handed to the socket in pieces of this many characters. */
const CHUNK = 65_536;

function* encode(rows: Iterable<CopyRow>): Generator<string> {
  let chunk = "";
  for (const row of rows) {
    for (let column = 0; column < row.length; column++)
      chunk += (column === 0 ? "" : "\t") + field(row[column] ?? null);
    chunk += "\n";
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = "";
    }
  }
  if (chunk !== "") yield chunk;
}

/** Sends rows into a table by COPY, in PostgreSQL's text format. `target` is SQL: a table and its columns. */
export const copyRows = async (client: pg.PoolClient, target: string, rows: Iterable<CopyRow>): Promise<void> => {
  await pipeline(Readable.from(encode(rows)), client.query(copyFrom(`COPY ${target} FROM STDIN`)));
};
