import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadFunction } from "#app/checkout/load-function.ts";
import { locationsById } from "#app/db/plan/buyer-locations.server.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import { requestPublication } from "#app/db/plan/publication.server.ts";
import { previewCart } from "#app/plan-preview.server.ts";
import { cartFromQuery, presentPreviewedCart } from "#app/presenters/plan-preview.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { catalog, company, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

type Place = (typeof company)["locations"][number];

const companyAt = (...locations: Place[]): typeof company => ({ ...company, locations });

const place = { terms: null, depositPercent: null, checkoutToDraft: false };
const fixed: Place = { ...place, id: 51, name: "Fixed", catalogPrices: [{ variantId: 11, price: "9.00" }] };
const BREAKS = [{ from: 10, price: "8.00" }];
const volume: Place = {
  ...fixed,
  id: 52,
  name: "Volume",
  catalogPrices: [{ variantId: 11, price: "9.00", breaks: BREAKS }],
};
const plain: Place = { ...place, id: 53, name: "The shop's prices" };

const discountFunction = loadFunction(readFileSync("extensions/pareto-discount/dist/function.wasm"));

let database: TestDatabase;
let opened: PipelineShop;
let shops = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  shops += 1;
  const shop = { ...shopObject, domain: `catalogs-${shops}.myshopify.com` };
  const others = catalog.filter(({ type }) => type !== "company");
  opened = await openPipelineShop(database.pool, worldOf(shop, ...others, companyAt(fixed, volume, plain), order(1)), {
    grantedScopes: ALL_SCOPES,
    appTomlPath: "shopify.app.toml",
  });
  await opened.sync();
  return () => opened.close();
});

const PLAN = {
  parts: [{ kind: "quantity-break", scope: "variant", measure: "units", steps: [{ from: 2, percent: "10" }] }],
};

const publish = async (json: unknown = PLAN): Promise<void> => {
  const read = parsePlan(json, "USD");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const { id } = opened.shop;
  const saving = { plan: read.plan, currency: "USD", after: null, savedBy: "1", now: NOW };
  await requestPublication(database.pool, id, (await savePlan(database.pool, id, saving)) ?? 0, NOW);
  await opened.work("publish");
};

const locationsWithBreaks = async (): Promise<bigint[]> => {
  const { rows } = await database.pool.query<{ id: bigint }>(
    "SELECT id FROM company_location WHERE shop_id = $1 AND has_breaks ORDER BY id",
    [opened.shop.id],
  );
  return rows.map(({ id }) => id);
};

/** What ten mugs at each of the three locations are discounted by. */
const discounts = (): bigint[] =>
  [51, 52, 53].flatMap((companyLocationId) =>
    opened.shopify
      .checkout({ lines: [{ variantId: 11, quantity: 10 }], companyLocationId, contactId: 1 })
      .lines.map(({ discountMinor }) => discountMinor),
  );

test("a plan's quantity breaks are not for a company where its catalog has some of its own", async () => {
  expect(await locationsWithBreaks()).toEqual([52n]);
  await publish();
  // 10 % of 10 x 9.00, nothing, 10 % of 10 x 10.00.
  expect(discounts()).toEqual([900n, 0n, 1000n]);
});

test("unless the merchant takes them in: then off the catalog's own price for so many", async () => {
  await publish({ ...PLAN, include: { catalogBreaks: true } });
  expect(discounts()).toEqual([900n, 800n, 1000n]);
});

test("what a catalog has lost or got is known the next time that the shop is read", async () => {
  opened.shopify.saveCompany(companyAt(fixed, { ...fixed, id: 52 }, plain));
  await opened.work("catch_up");
  expect(await locationsWithBreaks()).toEqual([]);
  opened.shopify.saveCompany(companyAt(fixed, volume, plain));
  await opened.work("catch_up");
  expect(await locationsWithBreaks()).toEqual([52n]);
  // Reading the company by itself says nothing of its catalogs.
  await opened.tell("companies/update", "gid://shopify/Company/5");
  expect(await locationsWithBreaks()).toEqual([52n]);
});

test("a shop without companies is not asked for catalogs", async () => {
  const calls = (): number => opened.shopify.stats.get("CompanyCatalogs")?.calls ?? 0;
  expect(calls()).toBe(1);
  await opened.close();
  const others = catalog.filter(({ type }) => type !== "company");
  const shop = { ...shopObject, domain: "no-companies.myshopify.com" };
  opened = await openPipelineShop(database.pool, worldOf(shop, ...others, order(1)), { grantedScopes: ALL_SCOPES });
  await opened.sync();
  expect(calls()).toBe(0);
  expect((await opened.latest())?.status).toBe("finished");
});

test("only in a Plus shop could a company be held to paying now: elsewhere no location counts as one that pays later", async () => {
  const { id } = opened.shop;
  await database.pool.query("UPDATE company_location SET has_terms = id < 53 WHERE shop_id = $1", [id]);
  const payLater = async (): Promise<Set<bigint>> => {
    const found = [...(await locationsById(database.pool, id, [51n, 52n, 53n])).values()];
    return new Set(found.filter(({ couldPayLater }) => couldPayLater).map((one) => one.id));
  };
  expect(await payLater()).toEqual(new Set());
  await database.pool.query("UPDATE shop SET is_plus = true WHERE id = $1", [id]);
  expect(await payLater()).toEqual(new Set([51n, 52n]));
});

test("a preview says why a company gets no quantity break", async () => {
  opened.shopify.saveCompany(companyAt(volume));
  await opened.work("catch_up");
  await publish();
  const app = { pool: database.pool, now: () => NOW, discountFunction: () => discountFunction };
  const cart = cartFromQuery(new URLSearchParams("buyer=company:5&line=11x10"));
  const shown = await previewCart({ app, shop: opened.shop }, cart);
  if (!shown) throw new Error("There is no plan");
  expect(presentPreviewedCart(shown, "USD").lines.map(({ parts }) => parts.map(({ says }) => says))).toEqual([
    ["Nothing: the company's catalog has volume pricing of its own"],
  ]);
});
