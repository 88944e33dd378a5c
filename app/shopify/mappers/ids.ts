import { z } from "zod";
import { parseRow } from "./parse-row.ts";

const row = z.object({ id: z.string() });

/** The ids of bulk rows that hold nothing else, as numbers. */
export async function* toIds(rows: AsyncIterable<unknown>, numberOf: (gid: string) => bigint): AsyncGenerator<bigint> {
  for await (const raw of rows) yield numberOf(parseRow(row, raw).id);
}
