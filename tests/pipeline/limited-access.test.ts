import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { catalog, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { LocalShopifyOptions } from "#tests/local-shopify/server.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const ALL = ["read_orders", "read_all_orders", "read_products", "read_customers", "read_companies", "read_inventory"];

let database: TestDatabase;
let opened: PipelineShop;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await opened.close();
  await database.drop();
});

/** An order of this month, one of a year ago, one of a company, and one of a guest. */
const world = () =>
  worldOf(
    ...catalog,
    order(1),
    order(2, { processedAt: "2025-10-01T10:00:00Z" }),
    order(3, { companyLocationId: 51 }),
    order(4, { customerId: null, email: "guest@example.com" }),
  );

const open = async (changes: Partial<LocalShopifyOptions>): Promise<void> => {
  opened = await openPipelineShop(database.pool, world(), changes);
};

const without = (...scopes: string[]) => ({ grantedScopes: ALL.filter((scope) => !scopes.includes(scope)) });

/** Each stage that was limited, and by what. */
const limits = async (): Promise<string[]> =>
  ((await opened.latest())?.stages ?? [])
    .filter((stage) => stage.limits.length > 0)
    .map(({ name, status, limits: all }) => `${name} ${status} ${all.join(",")}`);

const customers = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ line: string }>(
    `SELECT concat_ws(' ', o.id, key, coalesce(c.name, '?')) AS line FROM "order" o JOIN customer c ON c.id = customer_id ORDER BY o.id`,
  );
  return rows.map(({ line }) => line);
};

test("with all access every order is read and no limit is recorded", async () => {
  await open(without());
  await opened.sync();
  expect(await limits()).toEqual([]);
  expect(await customers()).toEqual([
    "1 customer:1 Ann Ash",
    "2 customer:1 Ann Ash",
    "3 company:5 Co",
    "4 guest:guest@example.com ?",
  ]);
});

test("without read_all_orders the last 60 days are read, and the sync says so", async () => {
  await open(without("read_all_orders"));
  await opened.sync();
  expect((await opened.latest())?.status).toBe("finished");
  expect(await limits()).toEqual(["orders finished orders-60-days"]);
  expect((await customers()).map((line) => line.split(" ")[0])).toEqual(["1", "3", "4"]);
});

test("when read_all_orders is granted later, the next sync reads the rest", async () => {
  await open(without("read_all_orders"));
  await opened.sync();
  opened.shopify.oauth.changeScopes(ALL);
  await opened.sync({ shop: { ...opened.shop, scopes: ALL } });
  expect(await limits()).toEqual([]);
  expect(await customers()).toHaveLength(4);
});

test("without read_companies the companies are left out by name, their orders are not", async () => {
  await open(without("read_companies"));
  await opened.sync();
  expect((await opened.latest())?.status).toBe("finished");
  expect(await limits()).toEqual(["companies skipped no-scope"]);
  expect(await customers()).toContain("3 company:5 ?");
});

test.each([
  ["read_customers", "customers"],
  ["read_products", "products"],
])(
  "without %s, which orders need too, they are left out and the sync says so; granted later, it reads them",
  async (scope, stage) => {
    await open(without(scope));
    await opened.sync();
    expect((await opened.latest())?.status).toBe("finished");
    const skipped = [stage, "orders"].map((name) => `${name} skipped no-scope`);
    expect(await limits()).toEqual(skipped);
    expect(await customers()).toEqual([]);
    opened.shopify.oauth.changeScopes(ALL);
    await opened.sync({ shop: { ...opened.shop, scopes: ALL } });
    expect(await limits()).toEqual([]);
    expect(await customers()).toHaveLength(4);
  },
);

test("without read_inventory the costs are left out and said to be, and the orders are read", async () => {
  await open(without("read_inventory"));
  await opened.sync();
  expect(await limits()).toEqual(["products skipped no-scope"]);
  const { rows } = await database.pool.query("SELECT DISTINCT provenance FROM ledger_entry WHERE kind = 'cogs'");
  expect(rows).toEqual([{ provenance: "unknown" }]);
});

test("without read_orders there is nothing to read, and the sync says so", async () => {
  await open(without("read_orders", "read_all_orders"));
  await opened.sync();
  expect((await opened.latest())?.status).toBe("finished");
  expect(await limits()).toEqual(["orders skipped no-scope"]);
});

describe("protected customer data that Shopify has not approved", () => {
  test("names: customers stay apart, and the sync says that they have none", async () => {
    await open({ ...without(), protectedData: ["email"] });
    await opened.sync();
    expect(await limits()).toEqual(["customers finished no-names"]);
    expect(await customers()).toContain("1 customer:1 ?");
    expect(await customers()).toContain("4 guest:guest@example.com ?");
  });

  test("e-mail addresses: guests cannot be told apart, and the sync says so", async () => {
    await open({ ...without(), protectedData: ["name"] });
    await opened.sync();
    expect(await limits()).toEqual(["customers finished no-emails"]);
    expect(await customers()).toContain("4 anonymous: ?");
    expect(await customers()).toContain("1 customer:1 Ann Ash");
  });

  test("none of it: the sync still finishes, and says both", async () => {
    await open({ ...without(), protectedData: [] });
    await opened.sync();
    expect((await opened.latest())?.status).toBe("finished");
    expect(await limits()).toEqual(["customers finished no-names,no-emails"]);
  });
});
