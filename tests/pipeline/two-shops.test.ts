import { afterAll, beforeAll, expect, test } from "vitest";
import { filterFromQuery } from "#app/core/customers/customer-filter.ts";
import { createPages, type Pages } from "#app/db/pages/pages.server.ts";
import { runTiers } from "#app/pipeline/run-tiers.ts";
import { catalog, line, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { shopRows } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** Two shops whose customers, orders and lines have the same numbers, and whose amounts tell them apart. */
let database: TestDatabase;
let pages: Pages;
let mugs: PipelineShop;
let caps: PipelineShop;

const worldAt = (domain: string, name: string, unitPrice: string, orders: number) =>
  worldOf(
    { ...shopObject, domain, name },
    ...catalog.map((object) => (object.type === "customer" ? { ...object, firstName: name } : object)),
    ...Array.from({ length: orders }, (_one, index) =>
      order(index + 1, { lines: [line(index * 10 + 11, { unitPrice })] }),
    ),
    order(90, { customerId: null, email: "both@example.com", lines: [line(901, { unitPrice })] }),
  );

beforeAll(async () => {
  database = await testDatabase();
  pages = createPages(database.pool);
  mugs = await openPipelineShop(database.pool, worldAt("mugs.myshopify.com", "Mugs", "10.00", 2));
  await mugs.sync();
  caps = await openPipelineShop(database.pool, worldAt("caps.myshopify.com", "Caps", "77.00", 3));
  await caps.sync();
});
afterAll(async () => {
  await mugs.close();
  await caps.close();
  await database.drop();
});

const everybody = filterFromQuery(new URLSearchParams());

const listed = async ({ shop }: PipelineShop): Promise<string[]> =>
  (await pages.customers(shop.id, everybody, 1)).customers.map(
    ({ key, name, netSales }) => `${key} ${name} ${netSales}`,
  );

const gathered = async <Row>(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
};

const MUGS = ["customer:1 Mugs Ash 6000", "guest:both@example.com null 3000"];
const CAPS = ["customer:1 Caps Ash 69300", "guest:both@example.com null 23100"];

test("the list of customers is the shop's own", async () => {
  expect(await listed(mugs)).toEqual(MUGS);
  expect(await listed(caps)).toEqual(CAPS);
});

test("the export of customers is the shop's own", async () => {
  const rows = await gathered(pages.exportCustomers(mugs.shop.id, everybody));
  expect(rows.map(({ key, name, netSales }) => `${key} ${name} ${netSales}`)).toEqual(MUGS);
});

test("the export of the ledger is the shop's own", async () => {
  const own = async ({ shop }: PipelineShop) => gathered(pages.exportLedger(shop.id));
  const sold = (rows: { kind: string; amount: bigint }[]) =>
    rows.filter(({ kind }) => kind === "gross_sale").map(({ amount }) => amount);
  expect(sold(await own(mugs))).toEqual([3000n, 3000n, 3000n]);
  expect(sold(await own(caps))).toEqual([23_100n, 23_100n, 23_100n, 23_100n]);
});

test("a customer of one shop is not there for the other, by whatever number", async () => {
  const [customer] = (await pages.customers(mugs.shop.id, everybody, 1)).customers;
  const id = customer?.id ?? 0n;
  const days = (await pages.latestRun(caps.shop.id))?.summary.days ?? { from: 0, to: 100_000 };
  expect(await pages.customer(mugs.shop.id, id)).not.toBeNull();
  expect(await pages.customer(caps.shop.id, id)).toBeNull();
  expect((await pages.customerByKind(caps.shop.id, id, days)).size).toBe(0);
  expect(await pages.customerOrders(caps.shop.id, id, 1)).toMatchObject({ total: 0, orders: [] });
});

test("runs, syncs and the policy are the shop's own", async () => {
  expect((await pages.latestRun(mugs.shop.id))?.summary.totals.netSales).toBe(9000n);
  expect((await pages.latestRun(caps.shop.id))?.summary.totals.netSales).toBe(92_400n);
  const policy = await pages.tierPolicy(caps.shop.id);
  await pages.saveTierPolicy(mugs.shop.id, { ...policy, window: { kind: "all" } });
  expect(await pages.tierPolicy(caps.shop.id)).toEqual(policy);
  const [one, other] = await Promise.all([mugs.latest(), caps.latest()]);
  expect(one?.id).not.toBe(other?.id);
});

test("what one shop does leaves the rows of the other as they are", async () => {
  const before = await shopRows(database.pool, caps.shop.id);
  const stood = await listed(caps);
  mugs.turnTo();
  mugs.shopify.placeOrder(order(3, { lines: [line(31, { quantity: 9 })] }));
  await mugs.sync();
  await runTiers(database.pool, mugs.shop, NOW);
  expect(await shopRows(database.pool, caps.shop.id)).toEqual(before);
  expect(await listed(caps)).toEqual(stood);
  expect((await listed(mugs))[0]).toBe("customer:1 Mugs Ash 15000");
});
