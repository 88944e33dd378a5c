import { describe, expect, test } from "vitest";
import { readBulkRows } from "#app/shopify/bulk.server.ts";
import { toOrders } from "#app/shopify/mappers/bulk-orders.ts";
import { toVariants } from "#app/shopify/mappers/catalog.ts";

describe("a bulk row that cannot be read is refused with its id, the place and the reason", () => {
  const lines = async function* (...all: unknown[]): AsyncGenerator {
    for (const one of all) yield await Promise.resolve(one);
  };
  const drain = async (rowsOf: AsyncIterable<unknown>): Promise<unknown[]> => {
    const all = [];
    for await (const row of rowsOf) all.push(row);
    return all;
  };
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

  test("an order without an instant", async () => {
    const broken = { ...goodOrder, processedAt: "yesterday" };
    await expect(drain(toOrders(lines(broken)))).rejects.toMatchObject({
      code: "bulk-broken",
      message: expect.stringMatching(/^gid:\/\/shopify\/Order\/7: processedAt: \S/) as string,
    });
  });

  test("an amount deep within an order", async () => {
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
    await expect(drain(toOrders(lines(goodOrder, broken)))).rejects.toThrow(
      /^gid:\/\/shopify\/Order\/7: transactions\.0\.status: \S/,
    );
  });

  test("a variant whose product is missing", async () => {
    await expect(
      drain(toVariants(lines({ id: "gid://shopify/ProductVariant/3", title: "Blue" }), "USD")),
    ).rejects.toThrow(/^gid:\/\/shopify\/ProductVariant\/3: \w+: \S/);
  });

  test("a line that does not follow its order", async () => {
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
    await expect(drain(toOrders(lines(goodOrder, line)))).rejects.toThrow(
      "gid://shopify/LineItem/1 does not follow its order gid://shopify/Order/8",
    );
  });

  test("a row that is nothing at all, and a line that is no JSON", async () => {
    await expect(drain(toOrders(lines("text")))).rejects.toThrow(/a row without id: .*: \S/);
    const file = `data:text/plain,${encodeURIComponent('{"id":1}\n{"id":')}`;
    await expect(drain(readBulkRows(file, { bytes: 0, objects: 2, rootObjects: 2 }))).rejects.toThrow(
      "Line 2 of the bulk result is not JSON",
    );
  });

  const size = { bytes: 9, objects: 1, rootObjects: 1 };
  const fileOf = (text: string) => `data:text/plain,${encodeURIComponent(text)}`;

  test("a result that ends between two rows, before the size that Shopify gave", async () => {
    const file = fileOf('{"id":1}\n');
    await expect(drain(readBulkRows(file, size))).resolves.toEqual([{ id: 1 }]);
    await expect(drain(readBulkRows(file, { ...size, bytes: 18 }))).rejects.toMatchObject({
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
  ])("a result with %s, other than Shopify counted", async (_, text, counted, held) => {
    await expect(drain(readBulkRows(fileOf(text), { bytes: text.length, ...counted }))).rejects.toMatchObject({
      code: "bulk-broken",
      message: `The bulk result held ${held}`,
    });
  });
});
