import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { replaceStream } from "./replace-stream.ts";

const PAIRS = [
  ["https://cdn.shopify.com", "http://localhost:2/cdn"],
  ["https://admin.shopify.com", "http://localhost:1"],
] as const;

const through = (chunks: readonly Buffer[]) => text(Readable.from(chunks).pipe(replaceStream(PAIRS)));

test("addresses are swapped wherever the chunks are cut, and every other byte stays", async () => {
  const page = `<p>Grüße 🙂</p><script src="https://cdn.shopify.com/a.js"></script><a href="https://admin.shopify.com/x">https://cdn.shopif`;
  const expected = page.replace(PAIRS[0][0], PAIRS[0][1]).replace(PAIRS[1][0], PAIRS[1][1]);
  const bytes = Buffer.from(page);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat({ max: bytes.length }), { maxLength: 12 }), async (cuts) => {
      const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const chunks = borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
      expect(await through(chunks)).toBe(expected);
    }),
  );
});

test("what cannot become a match is passed on at once, so that a streamed page arrives as it is made", async () => {
  const stream = replaceStream(PAIRS);
  stream.write("<p>first</p>");
  expect(String(stream.read())).toBe("<p>first</p>");
  stream.write("<p>second https://ad");
  expect(String(stream.read())).toBe("<p>second ");
  stream.end("min.shopify.com</p>");
  expect(await text(stream)).toBe("http://localhost:1</p>");
});
