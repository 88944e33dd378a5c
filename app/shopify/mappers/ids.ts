import { z } from "zod";
import { parseRow } from "./parse-row.ts";

const row = z.object({ id: z.string() });

/** The ids of bulk rows that hold nothing else, as numbers. */
export function* toIds(rows: Iterable<unknown>, numberOf: (gid: string) => bigint): Generator<bigint> {
  for (const raw of rows) yield numberOf(parseRow(row, raw).id);
}
