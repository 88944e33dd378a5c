import { afterEach, beforeEach, expect, test } from "vitest";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { referenceTiers } from "#tests/core/tiers/tiers-reference.ts";
import { NOW } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { plainReference, type Reference } from "./plain-reference.ts";

let database: TestDatabase;
let opened: PipelineShop;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await opened.close();
  await database.drop();
});

/** rank, key, tier, flags, orders, net sales, cm1, cm2, cm4, goods, goods with known cost */
const standings = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ line: string }>(
    `SELECT concat_ws(' ', rank, key, tier, array_to_string(flags, ','), orders, net_sales, cm1, cm2, cm4, goods,
       goods_with_known_cost) AS line FROM standing JOIN customer ON customer.id = customer_id ORDER BY rank`,
  );
  return rows.map(({ line }) => line);
};

const FLAGS = ["key", "grow", "prune", "loss", "new", "cost-unknown"];

const inTiers = ({ customers, firstOrders }: Reference): string[] => {
  const inputs = [...customers.values()].flatMap(({ key, ...figures }) => {
    const [kind = "", id = ""] = key.split(/:(.*)/s);
    if (kind === "anonymous") return [];
    const shopifyId = kind === "guest" ? null : BigInt(id);
    const email = kind === "guest" ? id : null;
    const base = { key, value: figures.cm2, firstOrderAt: firstOrders.get(key) ?? 0, shopifyId, email };
    return [{ ...figures, ...base, kind: kind as "company" | "customer" | "guest" }];
  });
  return referenceTiers(inputs, NOW.getTime()).map(({ customer, tier, flags }, index) => {
    const key = customer.kind === "guest" ? `guest:${customer.email}` : `${customer.kind}:${customer.shopifyId}`;
    const figures = customers.get(key);
    if (!figures) throw new Error(`${key} came from nowhere`);
    const { orders, netSales, cm1, cm2, goods, goodsWithKnownCost } = figures;
    const printed = FLAGS.filter((flag) => flags.includes(flag)).join(",");
    const all = [index + 1, key, tier, printed, orders, netSales, cm1, cm2, cm2, goods, goodsWithKnownCost];
    return all.join(" ");
  });
};

const SHOPS = [
  { seed: 11, currency: "USD", taxesIncluded: false, timezone: "America/New_York" },
  { seed: 12, currency: "EUR", taxesIncluded: true, timezone: "Europe/Berlin" },
  { seed: 13, currency: "JPY", taxesIncluded: true, timezone: "Asia/Tokyo" },
];

test.each(SHOPS)(
  "every customer of a generated shop in $currency stands where the plain reference puts it",
  async (shop) => {
    const world = generatedWorld({ ...shop, customers: 150, orders: 420 });
    opened = await openPipelineShop(database.pool, world);
    await opened.sync();
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: shop.timezone, dateStyle: "short" }).format(NOW);
    const from = new Date(Date.parse(`${today}T00:00:00Z`) - 364 * 86_400_000).toISOString().slice(0, 10);
    const expected = inTiers(plainReference(world, from));
    expect(expected.length).toBeGreaterThan(50);
    expect(await standings()).toEqual(expected);
  },
);
