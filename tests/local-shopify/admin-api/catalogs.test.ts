import { afterEach, expect, test } from "vitest";
import { catalog, TestShop, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const [mug, cap, ann, co] = catalog;
const place = { name: "HQ", terms: null, depositPercent: null, checkoutToDraft: false };
const breaks = [
  { from: 10, price: "7.50" },
  { from: 100, price: "6.25" },
];
const locations = [
  // Not in order of ids: answers are.
  { ...place, id: 53, name: "South", catalogPrices: [{ variantId: 11, price: "8.50" }] },
  { ...place, id: 52, name: "West" },
  {
    ...{ ...place, id: 51 },
    catalogPrices: [
      { variantId: 21, price: "19.00" },
      { variantId: 11, price: "8.00", breaks },
    ],
  },
];
const objects = [mug, cap, ann, { ...co, locations }] as WorldObject[];
const SCOPES = ["read_products", "read_companies"];

const open = async (grantedScopes: readonly string[] = SCOPES) => {
  shop = await TestShop.open(worldOf(...objects), { grantedScopes: [...grantedScopes] });
};
const answer = async <T = Record<string, unknown>>(query: string): Promise<T> => {
  const { data, errors } = await shop.graphql<T>(query);
  if (!data || errors) throw new Error(errors?.map(({ message }) => message).join("\n"));
  return data;
};
const list = (id: number, selection: string) => `{ priceList(id: "gid://shopify/PriceList/${id}") { ${selection} } }`;
const PAGE = "pageInfo { hasNextPage endCursor }";

test("each company location with prices of its own has a catalog, and the catalog a price list", async () => {
  await open();
  const data = await answer(`{ catalogs(first: 10, type: COMPANY_LOCATION) { nodes { __typename id title status
    priceList { id name currency fixedPricesCount }
    ... on CompanyLocationCatalog { companyLocations(first: 5) { nodes { id name } } } } } }`);
  const catalogAt = (id: number, name: string, fixedPricesCount: number) => ({
    ...{ __typename: "CompanyLocationCatalog", id: `gid://shopify/CompanyLocationCatalog/${id}` },
    ...{ title: `Co - ${name}`, status: "ACTIVE" },
    priceList: { id: `gid://shopify/PriceList/${id}`, name: `Co - ${name}`, currency: "USD", fixedPricesCount },
    companyLocations: { nodes: [{ id: `gid://shopify/CompanyLocation/${id}`, name }] },
  });
  expect(data).toEqual({ catalogs: { nodes: [catalogAt(51, "HQ", 2), catalogAt(53, "South", 1)] } });
});

test("a price list holds its prices by variant, each with its breaks by units", async () => {
  await open();
  const data = await answer(
    list(
      51,
      `prices(first: 5) { nodes { originType price { amount currencyCode } variant { id }
        quantityPriceBreaks(first: 5) { nodes { minimumQuantity price { amount currencyCode } variant { id } } } } }`,
    ),
  );
  const usd = (amount: string) => ({ amount, currencyCode: "USD" });
  const variant = { id: "gid://shopify/ProductVariant/11" };
  expect(data).toEqual({
    priceList: {
      prices: {
        nodes: [
          {
            ...{ originType: "FIXED", price: usd("8.0"), variant },
            quantityPriceBreaks: {
              nodes: [
                { minimumQuantity: 10, price: usd("7.5"), variant },
                { minimumQuantity: 100, price: usd("6.25"), variant },
              ],
            },
          },
          {
            ...{ originType: "FIXED", price: usd("19.0"), variant: { id: "gid://shopify/ProductVariant/21" } },
            quantityPriceBreaks: { nodes: [] },
          },
        ],
      },
    },
  });
});

test("catalogs, prices and breaks come page by page", async () => {
  await open();
  interface Page {
    nodes: { id?: string; variant?: { id: string }; minimumQuantity?: number }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  }
  const pagesOf = async (ask: (args: string) => Promise<Page>): Promise<Page["nodes"][]> => {
    const first = await ask("first: 1");
    const second = await ask(`first: 1, after: "${first.pageInfo.endCursor}"`);
    expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
    return [first.nodes, second.nodes];
  };
  const catalogs = (args: string) =>
    answer<{ catalogs: Page }>(`{ catalogs(${args}, type: COMPANY_LOCATION) { nodes { id } ${PAGE} } }`);
  const prices = (args: string) =>
    answer<{ priceList: { prices: Page } }>(list(51, `prices(${args}) { nodes { variant { id } } ${PAGE} }`));
  const breaksOf = (args: string) =>
    answer<{ priceList: { prices: { nodes: { quantityPriceBreaks: Page }[] } } }>(
      list(51, `prices(first: 1) { nodes { quantityPriceBreaks(${args}) { nodes { minimumQuantity } ${PAGE} } } }`),
    );
  expect(await pagesOf(async (args) => (await catalogs(args)).catalogs)).toEqual([
    [{ id: "gid://shopify/CompanyLocationCatalog/51" }],
    [{ id: "gid://shopify/CompanyLocationCatalog/53" }],
  ]);
  expect(await pagesOf(async (args) => (await prices(args)).priceList.prices)).toEqual([
    [{ variant: { id: "gid://shopify/ProductVariant/11" } }],
    [{ variant: { id: "gid://shopify/ProductVariant/21" } }],
  ]);
  const onlyBreaks = async (args: string) =>
    (await breaksOf(args)).priceList.prices.nodes[0]?.quantityPriceBreaks ?? expect.fail("no price");
  expect(await pagesOf(onlyBreaks)).toEqual([[{ minimumQuantity: 10 }], [{ minimumQuantity: 100 }]]);
});

test("every price is a fixed one", async () => {
  await open();
  const count = async (args: string) =>
    (
      await answer<{ priceList: { prices: { nodes: unknown[] } } }>(
        list(51, `prices(${args}) { nodes { originType } }`),
      )
    ).priceList.prices.nodes.length;
  expect(await count("first: 5, originType: FIXED")).toBe(2);
  expect(await count("first: 5, originType: RELATIVE")).toBe(0);
});

test("breaks have ids of their own, whatever their location and variant", async () => {
  await open();
  const hq = { ...place, id: 51 };
  const entries = [11, 21].map((variantId) => ({ variantId, price: "8.00", breaks }));
  const all = [hq, { ...hq, id: 53 }].map((location) => ({ ...location, catalogPrices: entries }));
  shop.shopify.saveCompany({ ...co, locations: all });
  const { catalogs } = await answer<{
    catalogs: { nodes: { priceList: { prices: { nodes: { quantityPriceBreaks: { nodes: { id: string }[] } }[] } } }[] };
  }>(`{ catalogs(first: 5, type: COMPANY_LOCATION) { nodes { priceList { prices(first: 5) { nodes {
    quantityPriceBreaks(first: 5) { nodes { id } } } } } } } }`);
  const ids = catalogs.nodes
    .flatMap(({ priceList }) => priceList.prices.nodes)
    .flatMap(({ quantityPriceBreaks }) => quantityPriceBreaks.nodes.map(({ id }) => id));
  expect(ids[0]).toBe("gid://shopify/QuantityPriceBreak/5100000000000000110000000000000010");
  expect(new Set(ids).size).toBe(8);
});

test("a location has its catalog, or none; and one catalog or list is found by its id, or is null", async () => {
  await open();
  const data = await answer(`{
    hq: companyLocation(id: "gid://shopify/CompanyLocation/51") { catalogs(first: 5) { nodes { id } } }
    west: companyLocation(id: "gid://shopify/CompanyLocation/52") { catalogs(first: 5) { nodes { id } } }
    catalog(id: "gid://shopify/CompanyLocationCatalog/53") { title }
    noCatalog: catalog(id: "gid://shopify/CompanyLocationCatalog/52") { title }
    noList: priceList(id: "gid://shopify/PriceList/52") { name }
    node(id: "gid://shopify/PriceList/53") { ... on PriceList { name } }
  }`);
  expect(data).toEqual({
    hq: { catalogs: { nodes: [{ id: "gid://shopify/CompanyLocationCatalog/51" }] } },
    west: { catalogs: { nodes: [] } },
    catalog: { title: "Co - South" },
    ...{ noCatalog: null, noList: null },
    node: { name: "Co - South" },
  });
});

test("a catalog is gone when the location's last price is", async () => {
  await open();
  shop.shopify.deleteProduct(1);
  const data = await answer(`{ catalogs(first: 5, type: COMPANY_LOCATION) { nodes { id } } }`);
  expect(data).toEqual({ catalogs: { nodes: [{ id: "gid://shopify/CompanyLocationCatalog/51" }] } });
});

test.each([
  ["{ catalogs(first: 5) { nodes { id } } }", "catalogs of another type than COMPANY_LOCATION"],
  ["{ catalogs(first: 5, type: MARKET) { nodes { id } } }", "catalogs of another type than COMPANY_LOCATION"],
  ["{ catalogs(first: 5, type: COMPANY_LOCATION, sortKey: TITLE) { nodes { id } } }", "sorting catalogs by TITLE"],
  ['{ catalogs(first: 5, type: COMPANY_LOCATION, query: "title:HQ") { nodes { id } } }', "search"],
  [list(51, 'prices(first: 5, query: "variant_id:11") { nodes { originType } }'), "search"],
  [list(51, "quantityRules(first: 5) { nodes { minimum } }"), "PriceList.quantityRules"],
  [list(51, "prices(first: 5) { nodes { compareAtPrice { amount } } }"), "PriceListPrice.compareAtPrice"],
])("%s is refused, not ignored", async (query, what) => {
  await open();
  await expect(answer(query)).rejects.toThrow(`not in the local Shopify: ${what}`);
});

test("catalogs and price lists need the scope of products, even where there are none", async () => {
  await open(["read_companies"]);
  const asked = [
    "{ catalogs(first: 5, type: COMPANY_LOCATION) { nodes { id } } }",
    `{ companyLocation(id: "gid://shopify/CompanyLocation/52") { catalogs(first: 5) { nodes { id } } } }`,
    list(51, "id"),
  ];
  for (const query of asked) {
    const { errors } = await shop.graphql(query);
    expect(errors).toMatchObject([
      { extensions: { code: "ACCESS_DENIED", requiredAccess: "`read_products` access scope." } },
    ]);
  }
});

test("whom a catalog is for needs the scope of companies", async () => {
  await open(["read_products"]);
  const { errors } = await shop.graphql(`{ catalogs(first: 5, type: COMPANY_LOCATION) { nodes { id
    ... on CompanyLocationCatalog { companyLocations(first: 5) { nodes { id } } } } } }`);
  expect(errors?.[0]?.message).toContain("Access denied for companyLocations field.");
});

test("a query costs what its connections do, one in the other", async () => {
  await open();
  const { extensions } = await shop.graphql(`{ catalogs(first: 10, type: COMPANY_LOCATION) { nodes { id priceList { id
    prices(first: 250) { nodes { price { amount } variant { id } quantityPriceBreaks(first: 10) { nodes { minimumQuantity } } } } }
    ... on CompanyLocationCatalog { companyLocations(first: 10) { nodes { id } } } } } }`);
  // Ten breaks 2 + 4 x 1, with the variant and the price itself 8; 250 prices 2 + 11 x 8, with their list 91; ten locations
  // 2 + 4 x 1; so a catalog is 1 + 91 + 6, and ten of them 2 + 4 x 98.
  expect(extensions?.cost.requestedQueryCost).toBe(394);
  // Two breaks 2 + 1 x 1, with the variant and the price itself 5; two prices 2 + 1 x 5, with their list 8; a location
  // 2 + 1 x 1; so the dearer catalog is 1 + 8 + 3, and two of them 2 + 1 x 12.
  expect(extensions?.cost.actualQueryCost).toBe(14);
});
