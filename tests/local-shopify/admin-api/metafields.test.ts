import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appIdOf } from "../metafields/namespaces.ts";
import { API_KEY, catalog, NOW, TestShop, worldOf } from "../test-shop.ts";

const SCOPES = ["write_products", "write_customers", "write_companies"];
const APP = `app--${appIdOf(API_KEY)}`;
const MUG = "gid://shopify/Product/1";
const BLUE = "gid://shopify/ProductVariant/11";
const ANN = "gid://shopify/Customer/1";
const HQ = "gid://shopify/CompanyLocation/51";

const SET = `mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
  metafields { id namespace key type value jsonValue ownerType compareDigest createdAt updatedAt sizeInBytes }
  userErrors { code field message elementIndex } } }`;
const DELETE = `mutation ($metafields: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $metafields) {
  deletedMetafields { ownerId namespace key } userErrors { field message } } }`;

interface Written {
  metafieldsSet: {
    metafields: Record<string, unknown>[] | null;
    userErrors: { code: string; field: string[]; message: string }[];
  };
}

let shop: TestShop;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  const topics = ["products/update", "customers/update", "company_locations/update"];
  shop = await TestShop.open(worldOf(...catalog), { grantedScopes: SCOPES, now: () => now }, topics);
});
afterEach(() => shop.stop());

const floor = (value: unknown, changes: Record<string, unknown> = {}) => ({
  ...{ ownerId: BLUE, namespace: "$app", key: "floor", type: "number_integer", value: String(value) },
  ...changes,
});
const set = async (...metafields: Record<string, unknown>[]) => {
  const { data, errors } = await shop.graphql<Written>(SET, { metafields });
  expect(errors).toBeUndefined();
  return data?.metafieldsSet ?? expect.fail("no payload");
};
const errorsOf = async (...metafields: Record<string, unknown>[]) => {
  const { userErrors } = await set(...metafields);
  return userErrors.map(({ code, field, message }) => [code, field.join("."), message]);
};
const codesOf = async (...metafields: Record<string, unknown>[]) =>
  (await errorsOf(...metafields)).map(([code, field]) => `${code} ${field}`);
const read = async (fields: string) => (await shop.graphql(`{ productVariant(id: "${BLUE}") { ${fields} } }`)).data;

test("what is written can be read on its owner, in the app's own namespace by its short name and its long one", async () => {
  const { metafields, userErrors } = await set(
    floor(850),
    floor('{"v":1,"tier":"A"}', { ownerId: ANN, key: "standing", type: "json" }),
    floor("[3,9]", { ownerId: MUG, key: "groups", type: "list.number_integer", namespace: null }),
    floor("x", { ownerId: HQ, key: "note", type: "single_line_text_field", namespace: "$app:other" }),
  );
  expect(userErrors).toEqual([]);
  expect(metafields).toMatchObject([
    { namespace: APP, key: "floor", value: "850", jsonValue: 850, ownerType: "PRODUCTVARIANT", sizeInBytes: 3 },
    { namespace: APP, jsonValue: { v: 1, tier: "A" }, ownerType: "CUSTOMER" },
    { namespace: APP, jsonValue: [3, 9], ownerType: "PRODUCT", createdAt: "2026-10-31T12:00:00Z" },
    { namespace: `${APP}--other`, jsonValue: "x", ownerType: "COMPANY_LOCATION" },
  ]);
  expect(
    await read(`floor: metafield(namespace: "$app", key: "floor") { jsonValue }
      own: metafield(key: "floor") { value } long: metafield(namespace: "${APP}", key: "floor") { type }
      other: metafield(namespace: "custom", key: "floor") { id }
      metafields(first: 5, namespace: "$app") { nodes { key } }`),
  ).toEqual({
    productVariant: {
      ...{ floor: { jsonValue: 850 }, own: { value: "850" }, long: { type: "number_integer" }, other: null },
      metafields: { nodes: [{ key: "floor" }] },
    },
  });
  const { data } = await shop.graphql(
    `{ nodes(ids: ["${MUG}", "${ANN}", "${HQ}"]) { ... on HasMetafields { metafields(first: 2) { nodes { key } } } } }`,
  );
  const keys = [["groups"], ["standing"], ["note"]].map(([key]) => ({ metafields: { nodes: [{ key }] } }));
  expect(data).toEqual({ nodes: keys });
});

test("one that is refused keeps all others from being written", async () => {
  const payload = await set(floor(850), floor("8.5", { ownerId: ANN }));
  expect(payload).toMatchObject({
    metafields: [],
    userErrors: [{ code: "INVALID_VALUE", field: ["metafields", "1", "value"], message: "Value must be an integer." }],
  });
  expect(await read(`metafields(first: 5) { nodes { key } }`)).toEqual({
    productVariant: { metafields: { nodes: [] } },
  });
});

test("at most 25 are written at a time", async () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => floor(index, { key: `floor-${index}` }));
  const { metafields, userErrors } = await set(...many(26));
  expect(metafields).toBeNull();
  expect(userErrors).toMatchObject([{ code: "LESS_THAN_OR_EQUAL_TO", field: ["metafields"] }]);
  expect((await set(...many(25))).userErrors).toEqual([]);
});

test("values have to be of their type, and not too large", async () => {
  const json = (value: string) => floor(value, { type: "json" });
  const list = (value: string) => floor(value, { type: "list.number_integer" });
  const all = [
    ...[floor("9007199254740993"), json("{"), json(JSON.stringify("x".repeat(131_071))), list("[1.5]")],
    ...[list(JSON.stringify(Array.from({ length: 129 }, () => 1))), list("7"), floor("")],
    ...[floor("a\nb", { type: "single_line_text_field" }), floor(1, { type: "integer" }), floor(1, { type: null })],
  ];
  expect((await errorsOf(...all)).map(([code, field]) => `${code} ${field?.split(".")[2]}`)).toEqual([
    ...["INVALID_VALUE value", "INVALID_VALUE value", "TOO_LONG value", "INVALID_VALUE value"],
    ...["INVALID_VALUE value", "INVALID_VALUE value", "BLANK value"],
    ...["INVALID_VALUE value", "INVALID_TYPE type", "BLANK type"],
  ]);
  expect(await errorsOf(json(JSON.stringify("x".repeat(131_070))))).toEqual([]);
  const { errors } = await shop.graphql(SET, { metafields: [floor("1.5", { type: "number_decimal" })] });
  expect(errors?.[0]?.message).toBe("not in the local Shopify: metafields of type number_decimal");
});

test("names have a form, and the namespaces of other apps are closed", async () => {
  expect(
    await errorsOf(
      ...[floor(1, { key: "a" }), floor(1, { key: "a b" }), floor(1, { namespace: "no" })],
      floor(1, { namespace: "app--7--x" }),
    ),
  ).toEqual([
    ["TOO_SHORT", "metafields.0.key", "Key is too short (minimum is 2 characters)."],
    ["INVALID", "metafields.1.key", "Key must only contain alphanumeric characters, hyphens and underscores."],
    ["TOO_SHORT", "metafields.2.namespace", "Namespace is too short (minimum is 3 characters)."],
    [
      "APP_NOT_AUTHORIZED",
      "metafields.3",
      "Access to this namespace and key on Metafields for this resource type is not allowed.",
    ],
  ]);
});

test("the owner has to be there, and of a kind that the local Shopify keeps metafields for", async () => {
  expect(await errorsOf(floor(1, { ownerId: "gid://shopify/Product/99" }))).toEqual([
    ["INVALID", "metafields.0.ownerId", "Owner does not exist."],
  ]);
  const { errors } = await shop.graphql(SET, { metafields: [floor(1, { ownerId: "gid://shopify/Order/1" })] });
  expect(errors?.[0]?.message).toBe("not in the local Shopify: metafields of Order");
});

test("a compareDigest holds back who did not see the latest value", async () => {
  expect(await codesOf(floor(1, { compareDigest: "abc" }))).toEqual(["INVALID_COMPARE_DIGEST metafields.0"]);
  const first = await set(floor(1, { compareDigest: null }));
  const digest = first.metafields?.[0]?.["compareDigest"];
  expect((await set(floor(2, { compareDigest: digest }))).userErrors).toEqual([]);
  expect(await codesOf(floor(3, { compareDigest: digest }))).toEqual(["STALE_OBJECT metafields.0"]);
  expect(await codesOf(floor(3, { compareDigest: null }))).toEqual(["STALE_OBJECT metafields.0"]);
  expect(await read(`metafield(key: "floor") { value }`)).toMatchObject({
    productVariant: { metafield: { value: "2" } },
  });
});

test("a value that is written again as it was keeps its instant", async () => {
  const first = await set(floor(1));
  now = new Date("2026-10-31T12:30:00Z");
  expect((await set(floor(1))).metafields).toEqual(first.metafields);
  expect((await set(floor(2))).metafields).toMatchObject([
    { id: first.metafields?.[0]?.["id"], createdAt: "2026-10-31T12:00:00Z", updatedAt: "2026-10-31T12:30:00Z" },
  ]);
});

test("writing asks for the scope of the owner, reading for that of the owner's type", async () => {
  shop.shopify.oauth.revokeScopes(["write_products"]);
  shop.token = (await shop.newTokens()).access_token;
  const { data, errors } = await shop.graphql(SET, { metafields: [floor(1)] });
  expect(data).toEqual({ metafieldsSet: null });
  expect(errors?.[0]).toMatchObject({ extensions: { code: "ACCESS_DENIED" } });
  expect((await set(floor(1, { ownerId: ANN }))).userErrors).toEqual([]);
});

test("metafields are deleted by their names; what is not there is answered null", async () => {
  await set(floor(1), floor(1, { ownerId: ANN }));
  const place = { ownerId: BLUE, namespace: "$app", key: "floor" };
  const { data } = await shop.graphql(DELETE, { metafields: [place, { ...place, key: "none" }] });
  expect(data).toEqual({
    metafieldsDelete: { deletedMetafields: [{ ...place, namespace: APP }, null], userErrors: [] },
  });
  expect(await read(`metafields(first: 5) { nodes { key } }`)).toEqual({
    productVariant: { metafields: { nodes: [] } },
  });
  const foreign = await shop.graphql(DELETE, { metafields: [{ ...place, namespace: "app--7", ownerId: ANN }] });
  expect(foreign.data).toMatchObject({
    metafieldsDelete: { deletedMetafields: [], userErrors: [{ field: ["metafields"] }] },
  });
});

test("they go with their owner, and survive a restart with their ids and instants", async () => {
  const all = `{ products(first: 5) { nodes { id metafields(first: 5) { nodes { id key value updatedAt } } } }
    productVariants(first: 5) { nodes { id metafields(first: 5) { nodes { id key value updatedAt } } } } }`;
  await set(floor(1), floor("[1]", { ownerId: MUG, key: "groups", type: "list.number_integer" }));
  await set(floor(2), floor(9, { ownerId: "gid://shopify/Product/2" }));
  shop.shopify.deleteProduct(2);
  const before = await shop.graphql(all);
  expect(before.data).toMatchObject({ products: { nodes: [{ metafields: { nodes: [{ key: "groups" }] } }] } });
  now = new Date("2026-10-31T12:30:00Z");
  await shop.restart(worldOf(...catalog));
  expect((await shop.graphql(all)).data).toEqual(before.data);
});

test("bulk queries read them", async () => {
  await set(floor(850));
  const query = `{ productVariants { edges { node { id metafield(namespace: "$app", key: "floor") { jsonValue } } } } }`;
  const run = `mutation { bulkOperationRunQuery(query: ${JSON.stringify(query)}) { userErrors { message } } }`;
  expect((await shop.graphql(run)).data).toMatchObject({ bulkOperationRunQuery: { userErrors: [] } });
  await shop.shopify.bulk.idle();
  const rows = readFileSync(join(shop.stateDir, "bulk", "bulk-1001.jsonl"), "utf8")
    .trim()
    .split("\n");
  expect(rows.map((row): unknown => JSON.parse(row))).toEqual([
    { id: BLUE, metafield: { jsonValue: 850 } },
    { id: "gid://shopify/ProductVariant/21", metafield: null },
  ]);
});

test("with the switch for it, owners count as changed with their metafields, a variant with its product", async () => {
  const { webhooks } = shop.shopify;
  const subscribed = ["products/update", "customers/update", "company_locations/update"];
  expect(subscribed.every((topic) => webhooks.isWanted(topic))).toBe(true);
  await set(floor(1), floor(1, { ownerId: ANN }));
  expect(webhooks.pending).toEqual([]);
  webhooks.switches.metafieldEchoes = true;
  webhooks.switches.hold = true;
  now = new Date("2026-10-31T12:30:00Z");
  await set(
    floor(1),
    floor(2, { ownerId: ANN }),
    floor(2, { ownerId: MUG }),
    floor(2, { key: "other" }),
    floor(2, { ownerId: HQ }),
  );
  expect(webhooks.pending.map(({ topic }) => topic)).toEqual([
    ...["customers/update", "products/update", "company_locations/update"],
  ]);
  const query = `{ product(id: "${MUG}") { updatedAt } customer(id: "${ANN}") { updatedAt } }`;
  const updatedAt = "2026-10-31T12:30:00Z";
  expect((await shop.graphql(query)).data).toEqual({ product: { updatedAt }, customer: { updatedAt } });
  await shop.restart(worldOf(...catalog));
  expect((await shop.graphql(query)).data).toEqual({ product: { updatedAt }, customer: { updatedAt } });
});
