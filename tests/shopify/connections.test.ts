import { expect, test } from "vitest";
import { allPages, someNode } from "#app/shopify/connections.ts";

/** A connection of three pages that notes which of them were read. */
const pages = () => {
  const read: (string | null)[] = [];
  const page = (after: string | null) => {
    read.push(after);
    const nth = after === null ? 0 : Number(after);
    return Promise.resolve({
      nodes: [nth * 2, nth * 2 + 1],
      pageInfo: { hasNextPage: nth < 2, endCursor: `${nth + 1}` },
    });
  };
  return { read, page };
};

test("all nodes of a connection are read page by page, none of one that is not there", async () => {
  const { read, page } = pages();
  expect(await allPages(page)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(read).toEqual([null, "1", "2"]);
  expect(await allPages(() => Promise.resolve(null))).toEqual([]);
});

test("one node is looked for as far as the page that has it", async () => {
  const { read, page } = pages();
  expect(await someNode(page, (node) => node === 3)).toBe(true);
  expect(read).toEqual([null, "1"]);
  expect(await someNode(page, (node) => node === 6)).toBe(false);
  expect(read.slice(2)).toEqual([null, "1", "2"]);
  expect(
    await someNode(
      () => Promise.resolve(null),
      () => true,
    ),
  ).toBe(false);
});
