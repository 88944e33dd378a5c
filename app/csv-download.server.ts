import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { stringify } from "csv-stringify/sync";

/** A CSV file sent batch by batch as the rows come, never whole in memory. */
export const csvDownload = <Row>(
  fileName: string,
  columns: readonly string[],
  batches: AsyncIterable<readonly Row[]>,
  cells: (row: Row) => string[],
): Response => {
  const text = async function* (): AsyncGenerator<string> {
    yield stringify([[...columns]]);
    for await (const batch of batches) yield stringify(batch.map(cells));
  };
  return new Response(createReadableStreamFromReadable(Readable.from(text())), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "no-store",
    },
  });
};
