import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { latestPlan, savePlan } from "#app/db/plan/plan-versions.server.ts";
import {
  publicationOf,
  refreshPublication,
  requestPublication,
  requestWithdrawal,
} from "#app/db/plan/publication.server.ts";
import { countPublished } from "#app/db/plan/published-values.server.ts";
import { catalog, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";

let database: TestDatabase;
let opened: PipelineShop;
let shops = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const mugs = catalog.map((object): WorldObject =>
  object.type === "product" && object.id === 1 ? { ...object, collections: ["mugs"] } : object,
);

beforeEach(async () => {
  shops += 1;
  const shop = { ...shopObject, domain: `plan-${shops}.myshopify.com` };
  const orders = [order(1), order(2, { companyLocationId: 51 })];
  opened = await openPipelineShop(database.pool, worldOf(shop, ...mugs, ...orders), {
    grantedScopes: ALL_SCOPES,
    appTomlPath: "shopify.app.toml",
  });
  await opened.sync();
  return () => opened.close();
});

const PLAN = {
  title: "Volume prices",
  parts: [
    {
      kind: "quantity-break",
      scope: "variant",
      measure: "units",
      collections: ["mugs"],
      steps: [{ from: 12, percent: "10" }],
    },
    { kind: "cumulative", window: { days: 365 }, measure: "net-sales", steps: [{ from: "20", percent: "3" }] },
    { kind: "tier-price", tiers: { A: "5", B: "2" } },
  ],
  limits: { minMarginPercent: "30" },
};

const publish = async (json: unknown = PLAN): Promise<void> => {
  const read = parsePlan(json, "USD");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const { pool } = database;
  const { id } = opened.shop;
  const saving = { plan: read.plan, currency: "USD", after: null, savedBy: "1", now: NOW };
  const version = await savePlan(pool, id, saving);
  await requestPublication(pool, id, version ?? 0, NOW);
  await opened.work("publish");
};

/** The app's metafields and discounts as Shopify holds them. */
const atShopify = async (): Promise<Record<string, unknown>> => {
  const query = `{
    productVariants(first: 10) { nodes { id metafield(namespace: "$app", key: "floor") { jsonValue } } }
    products(first: 10) { nodes { id metafield(namespace: "$app", key: "groups") { jsonValue } } }
    customers(first: 10) { nodes { id metafield(namespace: "$app", key: "standing") { jsonValue } } }
    companyLocations(first: 10) { nodes { id metafield(namespace: "$app", key: "standing") { jsonValue } } }
    automaticDiscountNodes(first: 10) { nodes { id metafield(namespace: "$app", key: "plan") { jsonValue }
      automaticDiscount { ... on DiscountAutomaticApp { title status discountClasses } } } }
  }`;
  const { data } =
    await opened.graphql<Record<string, { nodes: { id: string; metafield: { jsonValue: unknown } | null }[] }>>(query);
  const entries = Object.values(data ?? {}).flatMap(({ nodes }) =>
    nodes.flatMap(({ id, metafield }) =>
      metafield ? [[id.replace("gid://shopify/", ""), metafield.jsonValue] as const] : [],
    ),
  );
  return Object.fromEntries(entries);
};

const discountId = async (): Promise<string> =>
  `DiscountAutomaticNode/${(await publicationOf(database.pool, opened.shop.id)).discountId}`;

describe("a plan that is published", () => {
  test("is at Shopify: floors, groups, what customers and locations are entitled to, and the discount with the plan", async () => {
    await publish();
    expect(await atShopify()).toEqual({
      // 4.20 with 30 % margin.
      "ProductVariant/11": 600,
      "Product/1": [1],
      // Ann has bought for 30.00 on the 1st of October 2026, and so has the company.
      "Customer/1": { v: 1, tier: "A", sums: [[1, 2000, 20270930]] },
      "CompanyLocation/51": { v: 1, tier: "A", sums: [[1, 2000, 20270930]] },
      [await discountId()]: {
        v: 1,
        exp: 2,
        meet: "best",
        floor: true,
        parts: [
          { kind: "quantity", of: "units", by: "variant", groups: [1], steps: [[12, 1000]] },
          { kind: "cumulative", id: 1, steps: [[2000, 300]] },
          { kind: "tier", percents: { A: 500, B: 200 } },
        ],
      },
    });
    const { publishedAt, drift } = await publicationOf(database.pool, opened.shop.id);
    expect([publishedAt, drift]).toEqual([NOW, []]);
    expect((await latestPlan(database.pool, opened.shop.id))?.publishedAt).toEqual(NOW);
  });

  test("is written anew only where something has changed", async () => {
    await publish();
    const before = opened.shopify.stats.get("MetafieldsSet")?.calls;
    await publish();
    // The plan's own metafield, and nothing else.
    expect((opened.shopify.stats.get("MetafieldsSet")?.calls ?? 0) - (before ?? 0)).toBe(1);
  });

  test("follows the figures: who has bought more is entitled to more after a refresh", async () => {
    await publish({
      parts: [{ kind: "cumulative", window: "lifetime", measure: "units", steps: [{ from: 5, percent: "4" }] }],
    });
    expect(Object.keys(await atShopify())).toEqual([await discountId()]);
    opened.shopify.placeOrder(order(3));
    await opened.tell("orders/create", "gid://shopify/Order/3");
    await refreshPublication(database.pool, opened.shop.id, NOW);
    await opened.work("publish");
    expect((await atShopify())["Customer/1"]).toEqual({ v: 1, sums: [[1, 5, 99991231]] });
  });

  test("that loses a part loses what belongs to it at Shopify", async () => {
    await publish();
    await publish({ parts: [{ kind: "tier-price", tiers: { A: "5" } }] });
    const there = await atShopify();
    expect(there["Customer/1"]).toEqual({ v: 1, tier: "A" });
    expect([there["ProductVariant/11"], there["Product/1"]]).toEqual([undefined, undefined]);
  });

  test("is published although a customer was deleted meanwhile; everybody else has what they are entitled to", async () => {
    opened.shopify.saveCustomer({
      type: "customer",
      id: 2,
      firstName: "Bob",
      lastName: "B",
      email: "bob@example.com",
      countryCode: "GB",
      createdAt: "2025-03-01T00:00:00Z",
    });
    await opened.tell("customers/create", "gid://shopify/Customer/2");
    await database.pool.query(
      `INSERT INTO order_day (shop_id, order_id, day, customer_id, orders, net_sales, cm1, cm2, cm3, cm4, goods,
         goods_with_known_cost, has_unknown_cost, refunds)
       SELECT shop_id, 999, '2026-10-30', id, 1, 9000, 0, 0, 0, 0, 0, 0, false, 0 FROM customer WHERE shop_id = $1 AND shopify_id = 2`,
      [opened.shop.id],
    );
    opened.shopify.deleteCustomer(2);
    await publish();
    const there = await atShopify();
    expect([there["Customer/1"], there["Customer/2"]]).toEqual([expect.objectContaining({ tier: "A" }), undefined]);
  });

  test("is taken away without leaving anything behind", async () => {
    await publish();
    await requestWithdrawal(database.pool, opened.shop.id, NOW);
    await opened.work("withdraw");
    expect(await atShopify()).toEqual({});
    expect(await countPublished(database.pool, opened.shop.id)).toEqual({
      product: 0,
      variant: 0,
      customer: 0,
      location: 0,
    });
    expect(await publicationOf(database.pool, opened.shop.id)).toMatchObject({ discountId: null, version: null });
  });
});

describe("the plan at checkout", () => {
  const cart = (quantity: number, buyer: object = {}) =>
    opened.shopify.checkout({ lines: [{ variantId: 11, quantity }], ...buyer });
  const discounts = (...args: Parameters<typeof cart>): bigint[] =>
    cart(...args).lines.map(({ discountMinor }) => discountMinor);

  test("gives a guest the break, a customer the larger of what it is entitled to, and nobody more than the margin leaves", async () => {
    await publish();
    expect(discounts(11)).toEqual([0n]);
    // 10 % of 12 x 10.00.
    expect(discounts(12)).toEqual([1200n]);
    // Tier A: 5 %, and the cumulative step's 3 % is less.
    expect(discounts(1, { customerId: 1 })).toEqual([50n]);
    expect(discounts(1, { companyLocationId: 51, contactId: 1 })).toEqual([50n]);
    // An address that is typed proves nothing.
    expect(discounts(1, { email: "ann@example.com" })).toEqual([0n]);
    await publish({
      ...PLAN,
      parts: [{ kind: "quantity-break", scope: "cart", measure: "units", steps: [{ from: 2, percent: "90" }] }],
    });
    // Not below 6.00 each.
    expect(discounts(2)).toEqual([800n]);
  });

  test("is an order that comes back with its discount into the ledger", async () => {
    await publish();
    const placed = opened.shopify.placeCart(
      { lines: [{ variantId: 11, quantity: 12 }], customerId: 1 },
      { payment: "now", gateway: "shopify_payments" },
    );
    await opened.tell("orders/create", `gid://shopify/Order/${placed.id}`);
    const { rows } = await database.pool.query<{ kind: string; amount: bigint }>(
      `SELECT kind, amount FROM ledger_entry WHERE shop_id = $1 AND order_id = $2 AND kind IN ('gross_sale', 'discount') ORDER BY kind`,
      [opened.shop.id, placed.id],
    );
    expect(rows).toEqual([
      { kind: "gross_sale", amount: 12_000n },
      { kind: "discount", amount: -1200n },
    ]);
  });

  test("ends for a customer with the day through which its step holds", async () => {
    await publish({
      parts: [
        { kind: "cumulative", window: { days: 365 }, measure: "net-sales", steps: [{ from: "20", percent: "3" }] },
      ],
    });
    const onDay = (day: string): bigint[] => {
      opened.shopify.clock.advance(new Date(`${day}T16:00:00Z`).getTime() - opened.shopify.clock.now().getTime());
      return discounts(1, { customerId: 1 });
    };
    expect([onDay("2027-09-30"), onDay("2027-10-01")]).toEqual([[30n], [0n]]);
  });
});

describe("somebody who changes the discount at Shopify", () => {
  const drift = async (): Promise<readonly string[]> => (await publicationOf(database.pool, opened.shop.id)).drift;
  const gid = async (): Promise<string> => `gid://shopify/${await discountId()}`;
  const id = async (): Promise<number> => Number((await publicationOf(database.pool, opened.shop.id)).discountId);

  test("is noticed, is not written over by a refresh, and is when the merchant publishes again", async () => {
    await publish();
    opened.shopify.discounts.rename(await id(), "Sale");
    await opened.tell("discounts/update", await gid());
    expect(await drift()).toEqual(["title"]);
    await refreshPublication(database.pool, opened.shop.id, NOW);
    await opened.work("publish");
    expect(await drift()).toEqual(["title"]);
    await publish();
    expect(await drift()).toEqual([]);
    await opened.tell("discounts/update", await gid());
    expect(await drift()).toEqual([]);
  });

  test("by deleting it or switching it off is noticed too", async () => {
    await publish();
    opened.shopify.discounts.deactivate(await id());
    await opened.tell("discounts/update", await gid());
    expect(await drift()).toEqual(["inactive"]);
    opened.shopify.discounts.delete(await id());
    await opened.tell("discounts/delete", await gid());
    expect(await drift()).toEqual(["deleted"]);
    await publish();
    expect([
      await drift(),
      opened.shopify.checkout({ lines: [{ variantId: 11, quantity: 12 }] }).lines[0]?.discountMinor,
    ]).toEqual([[], 1200n]);
  });
});
