import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyRows, copyText, CopyText, type CopyRow } from "#app/db/copy.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const CREATE = "CREATE TEMP TABLE copied (nth int, words text, amount bigint, yes boolean) ON COMMIT DROP";

interface Row {
  readonly nth: number;
  readonly words: string | null;
  readonly amount: bigint;
  readonly yes: boolean;
}

const copied = (write: (client: Parameters<typeof copyText>[0]) => Promise<void>): Promise<CopyRow[]> =>
  inTransaction(database.pool, async (client) => {
    await client.query(CREATE);
    await write(client);
    const { rows: found } = await client.query<Row>("SELECT nth, words, amount, yes FROM copied ORDER BY nth");
    return found.map(({ nth, words: text, amount, yes }) => [nth, text, amount, yes]);
  });

/** Whatever PostgreSQL takes as text: it has no character of number zero. */
const words = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("\\N", "\\.", "\t", "\n", "\r\n", "a\\tb", '"', "", "é".repeat(30_000), "🧾".repeat(40_000)),
  )
  .map((text) => text.replaceAll("\u0000", ""));
const rows = fc
  .array(fc.tuple(fc.option(words), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.boolean()), {
    maxLength: 12,
  })
  .map((all) => all.map((row, nth): CopyRow => [nth, ...row]));

test("what is copied is what was given, whatever it holds and however long it is, as often as it is sent", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      expect(await copied((client) => copyRows(client, "copied (nth, words, amount, yes)", given))).toEqual(given);
      const text = new CopyText();
      for (const row of given) text.add(row);
      const send = () => copied((client) => copyText(client, "copied (nth, words, amount, yes)", text));
      expect([await send(), await send()]).toEqual([given, given]);
    }),
    { numRuns: 40 },
  );
});
