import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, line, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** More than two pages of what one query brings of an order's lines, and of a refund's. */
const LINES = 120;
const REFUNDED = 75;

let database: TestDatabase;
let opened: PipelineShop;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await opened.close();
  await database.drop();
});

const longOrder = order(1, {
  lines: Array.from({ length: LINES }, (_one, index) =>
    line(1000 + index, { quantity: 1, unitPrice: `${index + 1}.00` }),
  ),
  transactions: [
    { kind: "SALE", gateway: "manual", amount: "7260.00", processedAt: "2026-10-01T10:00:00Z", fee: null },
  ],
  refunds: [
    {
      id: 1,
      createdAt: "2026-10-05T12:00:00Z",
      lines: Array.from({ length: REFUNDED }, (_one, index) => ({
        lineId: 1000 + index,
        quantity: 1,
        restockType: "RETURN" as const,
        amount: `${index + 1}.00`,
        tax: "0.00",
      })),
      shipping: "0.00",
      adjustment: "0.00",
    },
  ],
});

const sums = async (): Promise<Record<string, string>> => {
  const { rows } = await database.pool.query<{ kind: string; all: string }>(
    "SELECT kind, count(*) || ' ' || sum(amount) AS all FROM ledger_entry GROUP BY kind",
  );
  return Object.fromEntries(rows.map(({ kind, all }) => [kind, all]));
};

const EXPECTED = {
  gross_sale: `${LINES} ${(100 * LINES * (LINES + 1)) / 2}`,
  cogs: `${LINES} ${-420 * LINES}`,
  return: `${REFUNDED} ${(-100 * REFUNDED * (REFUNDED + 1)) / 2}`,
  cogs_restocked: `${REFUNDED} ${420 * REFUNDED}`,
};

test("an order with more lines than a page and a refund with more lines than a page are read whole by the sync", async () => {
  opened = await openPipelineShop(database.pool, worldOf(...catalog, longOrder));
  await opened.sync();
  expect(await sums()).toEqual(EXPECTED);
});

test("and by a webhook", async () => {
  opened = await openPipelineShop(database.pool, worldOf(...catalog));
  await opened.sync();
  opened.shopify.placeOrder(longOrder);
  await opened.tell("orders/create", "gid://shopify/Order/1");
  expect(await sums()).toEqual(EXPECTED);
});

test("many orders with refunds are read again in more than one query, all of them", async () => {
  const orders = Array.from({ length: 27 }, (_one, index) =>
    order(index + 1, {
      transactions: [
        { kind: "SALE", gateway: "manual", amount: "30.00", processedAt: "2026-10-01T10:00:00Z", fee: null },
      ],
      refunds: [
        {
          id: index + 1,
          createdAt: "2026-10-05T12:00:00Z",
          lines: [
            { lineId: (index + 1) * 10 + 1, quantity: 1, restockType: "NO_RESTOCK", amount: "10.00", tax: "0.00" },
          ],
          shipping: "0.00",
          adjustment: "0.00",
        },
      ],
    }),
  );
  opened = await openPipelineShop(database.pool, worldOf(...catalog, ...orders));
  await opened.sync();
  expect((await sums())["return"]).toBe("27 -27000");
  const { rows } = await database.pool.query('SELECT count(*)::int AS partial FROM "order" WHERE partial');
  expect(rows).toEqual([{ partial: 0 }]);
});
