import { Readable } from "node:stream";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { BulkRows, expectAll, readBulkBlocks, type BulkBlock } from "#app/shopify/bulk-result.server.ts";
import { toOrders } from "#app/shopify/mappers/bulk-orders.ts";
import { toVariants } from "#app/shopify/mappers/catalog.ts";

interface Served {
  readonly blockBytes?: number;
  /** The size that Shopify gave. */
  readonly bytes?: number;
  /** How many bytes arrive at a time: characters may be torn apart. */
  readonly pieceBytes?: number;
}

/** The blocks of a result that arrives piece by piece. */
const blocksOf = async (text: string, { blockBytes, bytes = 0, pieceBytes = 7 }: Served = {}): Promise<BulkBlock[]> => {
  const whole = new TextEncoder().encode(text);
  const pieces = function* () {
    for (let at = 0; at < whole.length; at += pieceBytes) yield whole.slice(at, at + pieceBytes);
  };
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(Readable.toWeb(Readable.from(pieces())) as BodyInit)));
  const blocks: BulkBlock[] = [];
  for await (const block of readBulkBlocks("https://example.com/result", { bytes }, blockBytes)) blocks.push(block);
  return blocks;
};

const rowsOf = (block: BulkBlock) => {
  const rows = new BulkRows(block);
  return { rows: [...rows], ...rows.count };
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a bulk row that cannot be read is refused with its id, the place and the reason", () => {
  const money = { amount: "1.00", currencyCode: "USD" };
  const goodOrder = {
    id: "gid://shopify/Order/7",
    name: "#7",
    processedAt: "2026-10-01T10:00:00Z",
    updatedAt: "2026-10-01T10:00:00Z",
    test: false,
    taxesIncluded: false,
    totalPriceSet: { presentmentMoney: money, shopMoney: money },
    edited: false,
    returnStatus: "NO_RETURN",
    currentTotalPriceSet: { shopMoney: money },
    totalTipReceivedSet: { shopMoney: { amount: "0.00" } },
    totalShippingPriceSet: { shopMoney: { amount: "0.00" } },
    additionalFees: [],
    discountCodes: [],
    customAttributes: [],
    disputes: [],
    transactions: [],
    refunds: [],
  };

  test("an order without an instant", () => {
    const broken = { ...goodOrder, processedAt: "yesterday" };
    expect(() => [...toOrders([broken])]).toThrow(
      expect.objectContaining({
        code: "bulk-broken",
        message: expect.stringMatching(/^gid:\/\/shopify\/Order\/7: processedAt: \S/) as string,
      }),
    );
  });

  test("an amount deep within an order", () => {
    const broken = {
      ...goodOrder,
      transactions: [
        {
          id: "gid://shopify/OrderTransaction/1",
          kind: "SALE",
          status: 7,
          fees: [],
          amountSet: { shopMoney: money, presentmentMoney: money },
        },
      ],
    };
    expect(() => [...toOrders([goodOrder, broken])]).toThrow(/^gid:\/\/shopify\/Order\/7: transactions\.0\.status: \S/);
  });

  test("a variant whose product is missing", () => {
    const row = { id: "gid://shopify/ProductVariant/3", title: "Blue" };
    expect(() => [...toVariants([row], "USD")]).toThrow(/^gid:\/\/shopify\/ProductVariant\/3: \w+: \S/);
  });

  test("a line that does not follow its order", () => {
    const line = {
      id: "gid://shopify/LineItem/1",
      __parentId: "gid://shopify/Order/8",
      title: "x",
      quantity: 1,
      isGiftCard: false,
      originalUnitPriceSet: { shopMoney: { amount: "1" } },
      discountAllocations: [],
      duties: [],
      taxLines: [],
    };
    expect(() => [...toOrders([goodOrder, line])]).toThrow(
      "gid://shopify/LineItem/1 does not follow its order gid://shopify/Order/8",
    );
  });

  test("a row that is nothing at all", () => {
    expect(() => [...toOrders(["text"])]).toThrow(/a row without id: .*: \S/);
  });

  test("a line that is no JSON, in whichever block it is", async () => {
    const blocks = await blocksOf('{"id":1}\n{"id":2}\n{"id":3}\n{"id":', { blockBytes: 10 });
    expect(blocks.length).toBeGreaterThan(1);
    expect(() => blocks.map(rowsOf)).toThrow("Line 4 of the bulk result is not JSON");
  });
});

describe("a bulk result is read in blocks", () => {
  /** Families of a parent and its children, whose texts look like what tells children from parents. */
  const families = fc.array(
    fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.constant('","__parentId":"1'), fc.constant("__parentId\n")), {
      minLength: 1,
      maxLength: 6,
    }),
    { maxLength: 30 },
  );
  const served = fc.record({
    blockBytes: fc.integer({ min: 1, max: 400 }),
    pieceBytes: fc.integer({ min: 1, max: 100 }),
  });
  const linesOf = (all: readonly (readonly string[])[]): string[] =>
    all.flatMap(([first, ...children], id) => [
      JSON.stringify({ id, text: first }),
      ...children.map((text) => JSON.stringify({ id, text, __parentId: String(id) })),
    ]);

  test("of whole lines that are all of it, each beginning with a parent and holding all of its children", async () => {
    await fc.assert(
      fc.asyncProperty(families, served, fc.boolean(), async (all, how, endsOpen) => {
        const lines = linesOf(all);
        const blocks = await blocksOf(lines.join("\n") + (endsOpen || lines.length === 0 ? "" : "\n"), how);
        const read = blocks.map(rowsOf);
        expect(read.flatMap(({ rows }) => rows)).toEqual(lines.map((line) => JSON.parse(line) as unknown));
        for (const { rows } of read) expect(rows[0]).not.toHaveProperty("__parentId");
        expect(read.reduce((sum, { objects }) => sum + objects, 0)).toBe(lines.length);
        expect(read.reduce((sum, { rootObjects }) => sum + rootObjects, 0)).toBe(all.length);
        let before = 0;
        for (const [index, { linesBefore }] of blocks.entries()) {
          expect(linesBefore).toBe(before);
          before += read[index]?.objects ?? 0;
        }
      }),
    );
  });

  test("of about the size asked for", async () => {
    const lines = linesOf(Array.from({ length: 500 }, (_, i) => [String(i), "a", "b"]));
    const blocks = await blocksOf(lines.join("\n"), { blockBytes: 2000, pieceBytes: 500 });
    for (const { bytes } of blocks) expect(bytes.length).toBeLessThan(2600);
    expect(blocks.length).toBeGreaterThan(10);
  });

  test("one that ends between two rows, before the size that Shopify gave, is refused", async () => {
    const text = '{"id":1}\n';
    await expect(blocksOf(text, { bytes: 9 })).resolves.toHaveLength(1);
    await expect(blocksOf(text, { bytes: 18 })).rejects.toMatchObject({
      code: "bulk-broken",
      message: "The bulk result ended after 9 of 18 bytes",
    });
  });

  test.each([
    ["a child row less", '{"id":1}\n', { objects: 2, rootObjects: 1 }, "1 rows (1 of them roots) instead of 2 (1)"],
    [
      "a child in the place of a root",
      '{"id":1}\n{"id":2,"__parentId":1}\n',
      { objects: 2, rootObjects: 2 },
      "2 rows (1 of them roots) instead of 2 (2)",
    ],
    [
      "a row twice",
      '{"id":1}\n{"id":1}\n',
      { objects: 1, rootObjects: 1 },
      "2 rows (2 of them roots) instead of 1 (1)",
    ],
  ])("one with %s, other than Shopify counted, is refused", async (_, text, counted, held) => {
    const [block] = await blocksOf(text);
    if (!block) throw new Error("No block");
    expect(() => {
      expectAll(rowsOf(block), counted);
    }).toThrow(expect.objectContaining({ code: "bulk-broken", message: `The bulk result held ${held}` }));
  });
});
