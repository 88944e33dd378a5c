import { afterEach, beforeEach, expect, test } from "vitest";
import { stateDirWith } from "../functions/test-extension.ts";
import { catalog, NOW, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

const FIELDS = `discountId title status startsAt endsAt createdAt updatedAt discountClasses asyncUsageCount tags
  appliesOnOneTimePurchase appliesOnSubscription recurringCycleLimit
  combinesWith { productDiscounts orderDiscounts shippingDiscounts }
  context { __typename } appDiscountType { functionId title appKey } errorHistory { firstOccurredAt }`;
const CREATE = `mutation ($discount: DiscountAutomaticAppInput!) { discountAutomaticAppCreate(automaticAppDiscount: $discount) {
  automaticAppDiscount { ${FIELDS} } userErrors { code field message extraInfo } } }`;
const UPDATE = `mutation ($id: ID!, $discount: DiscountAutomaticAppInput!) {
  discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $discount) {
    automaticAppDiscount { ${FIELDS} } userErrors { code field message } } }`;
const ONE = "gid://shopify/DiscountAutomaticNode/1";
const TOPICS = ["create", "update", "delete"].map((what) => `discounts/${what}`);

let shop: TestShop;
let receiver: WebhookReceiver;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  receiver = await new WebhookReceiver().open();
  const stateDir = stateDirWith({ handle: "volume" }, { handle: "hide", target: "cart.payment-methods.transform.run" });
  const options = { stateDir, appUrl: receiver.url, grantedScopes: ["write_discounts"], now: () => now };
  shop = await TestShop.open(worldOf(...catalog), options, TOPICS);
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

const plan = (changes: Record<string, unknown> = {}) => ({
  ...{ title: "Plan", functionHandle: "volume", startsAt: "2026-10-01T02:00:00+02:00", discountClasses: ["PRODUCT"] },
  ...changes,
});
const created = async (changes: Record<string, unknown> = {}) => {
  const { data, errors } = await shop.graphql<{ discountAutomaticAppCreate: Payload }>(CREATE, {
    discount: plan(changes),
  });
  expect(errors).toBeUndefined();
  return data?.discountAutomaticAppCreate ?? expect.fail("no payload");
};
const updated = async (discount: Record<string, unknown>, id = ONE) => {
  const { data, errors } = await shop.graphql<{ discountAutomaticAppUpdate: Payload }>(UPDATE, { id, discount });
  expect(errors).toBeUndefined();
  return data?.discountAutomaticAppUpdate ?? expect.fail("no payload");
};
const toggled = async (how: "Activate" | "Deactivate") => {
  const fields = `automaticDiscountNode { automaticDiscount { ... on DiscountAutomaticApp { status startsAt endsAt } } }`;
  const { data, errors } = await shop.graphql<Record<string, Record<string, unknown>>>(
    `mutation { discountAutomatic${how}(id: "${ONE}") { ${fields} userErrors { code message } } }`,
  );
  expect(errors).toBeUndefined();
  return data?.[`discountAutomatic${how}`];
};
/** The shop's clock goes on, past the life of the token. */
const on = async (instant: string) => {
  now = new Date(instant);
  shop.token = (await shop.newTokens()).access_token;
};
const codes = ({ userErrors }: Payload) => userErrors.map(({ code, field }) => `${code} ${field.slice(1).join(".")}`);

interface Payload {
  automaticAppDiscount: Record<string, unknown> | null;
  userErrors: { code: string; field: string[]; message: string }[];
}

test("a discount is made for a Function of the app, with what was left out as Shopify has it", async () => {
  const { automaticAppDiscount, userErrors } = await created({ recurringCycleLimit: 0 });
  expect(userErrors).toEqual([]);
  expect(automaticAppDiscount).toEqual({
    ...{ discountId: ONE, title: "Plan", status: "ACTIVE", startsAt: "2026-10-01T00:00:00Z", endsAt: null },
    ...{ createdAt: "2026-10-31T12:00:00Z", updatedAt: "2026-10-31T12:00:00Z", tags: [] },
    ...{ discountClasses: ["PRODUCT"], asyncUsageCount: 0, errorHistory: null },
    ...{ appliesOnOneTimePurchase: true, appliesOnSubscription: true, recurringCycleLimit: 0 },
    combinesWith: { productDiscounts: false, orderDiscounts: false, shippingDiscounts: false },
    context: { __typename: "DiscountBuyerSelectionAll" },
    appDiscountType: { functionId: expect.any(String), title: "Function volume", appKey: "test-key" },
  });
});

test("metafields given at creation are the discount's, or keep it from being made", async () => {
  const metafield = { namespace: "$app", key: "plan", type: "json", value: '{"v":1}' };
  expect(codes(await created({ metafields: [{ ...metafield, value: "{" }] }))).toEqual(["INVALID metafields.0.value"]);
  expect(codes(await created({ metafields: [metafield] }))).toEqual([]);
  const value = `plan: metafield(namespace: "$app", key: "plan") { jsonValue ownerType }`;
  const { data } = await shop.graphql(
    `{ discountNode(id: "${ONE}") { id ${value} } automaticDiscountNode(id: "${ONE}") { ${value} }
       node(id: "${ONE}") { __typename ... on HasMetafields { ${value} } } }`,
  );
  const read = { jsonValue: { v: 1 }, ownerType: "DISCOUNT" };
  expect(data).toEqual({
    discountNode: { id: ONE, plan: read },
    automaticDiscountNode: { plan: read },
    node: { __typename: "DiscountAutomaticNode", plan: read },
  });
  const set = `mutation { metafieldsSet(metafields: [{ ownerId: "${ONE}", key: "plan", type: "json", value: "[2]" }]) {
    userErrors { message } } }`;
  expect((await shop.graphql(set)).data).toEqual({ metafieldsSet: { userErrors: [] } });
  expect((await shop.graphql(`{ discountNode(id: "${ONE}") { ${value} } }`)).data).toMatchObject({
    discountNode: { plan: { jsonValue: [2] } },
  });
});

test("what Shopify refuses is refused with its code", async () => {
  const refusals: [Record<string, unknown>, string][] = [
    [{ title: "" }, "BLANK title"],
    [{ title: "x".repeat(256) }, "TOO_LONG title"],
    [{ startsAt: null }, "BLANK startsAt"],
    [{ endsAt: "2026-09-01T00:00:00Z" }, "INVALID endsAt"],
    [{ functionHandle: null }, "MISSING_FUNCTION_IDENTIFIER functionHandle"],
    [{ functionId: "x" }, "MULTIPLE_FUNCTION_IDENTIFIERS "],
    [{ functionHandle: "other" }, "INVALID functionHandle"],
    [{ functionHandle: "hide" }, "INVALID functionHandle"],
    [{ discountClasses: [] }, "BLANK discountClasses"],
    [{ appliesOnOneTimePurchase: false, appliesOnSubscription: false }, "APPLIES_ON_NOTHING appliesOnSubscription"],
    [
      { appliesOnSubscription: false, recurringCycleLimit: 2 },
      "MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS recurringCycleLimit",
    ],
    [
      { discountClasses: ["SHIPPING"], combinesWith: { shippingDiscounts: true } },
      "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS combinesWith",
    ],
  ];
  for (const [changes, code] of refusals) expect(codes(await created(changes))).toContain(code);
  expect((await shop.graphql("{ discountNodesCount { count } }")).data).toEqual({ discountNodesCount: { count: 0 } });
  const { errors } = await shop.graphql(CREATE, { discount: plan({ context: { markets: { add: [] } } }) });
  expect(errors?.[0]?.message).toBe("not in the local Shopify: discounts for some buyers or markets");
});

test("a title is borne by one discount that has not ended", async () => {
  await created();
  expect(codes(await created())).toEqual(["TAKEN title"]);
  expect(codes(await updated({ title: "Plan" }))).toEqual([]);
  await toggled("Deactivate");
  expect(codes(await created())).toEqual([]);
  expect(await toggled("Activate")).toMatchObject({ userErrors: [{ code: "TAKEN" }] });
});

test("an update changes what it names", async () => {
  await created({ endsAt: "2026-12-01T00:00:00Z", combinesWith: { orderDiscounts: true } });
  await on("2026-11-01T00:00:00Z");
  const { automaticAppDiscount } = await updated({ title: "New", endsAt: null });
  expect(automaticAppDiscount).toMatchObject({
    ...{ title: "New", endsAt: null, updatedAt: "2026-11-01T00:00:00Z", createdAt: "2026-10-31T12:00:00Z" },
    combinesWith: { orderDiscounts: true },
  });
  expect(codes(await updated({ title: "" }))).toEqual(["BLANK title"]);
  expect((await updated({ title: "x" }, "gid://shopify/DiscountAutomaticNode/9")).userErrors).toMatchObject([
    { message: "Automatic discount does not exist." },
  ]);
});

test("a discount is switched off and on, runs out and goes, and each is told", async () => {
  await created({ endsAt: "2026-11-10T00:00:00Z" });
  expect(await toggled("Deactivate")).toMatchObject({
    automaticDiscountNode: { automaticDiscount: { status: "EXPIRED", endsAt: "2026-10-31T12:00:00Z" } },
  });
  expect(await toggled("Activate")).toMatchObject({
    automaticDiscountNode: { automaticDiscount: { status: "ACTIVE", endsAt: null } },
    userErrors: [],
  });
  await updated({ startsAt: "2026-11-05T00:00:00Z" });
  const status = `{ discountNodes(first: 3) { nodes { discount { ... on DiscountAutomaticApp { status } } } } }`;
  expect((await shop.graphql(status)).data).toEqual({
    discountNodes: { nodes: [{ discount: { status: "SCHEDULED" } }] },
  });
  await on("2026-11-06T00:00:00Z");
  expect((await shop.graphql(status)).data).toEqual({ discountNodes: { nodes: [{ discount: { status: "ACTIVE" } }] } });
  const remove = `mutation { discountAutomaticDelete(id: "${ONE}") { deletedAutomaticDiscountId userErrors { code } } }`;
  expect((await shop.graphql(remove)).data).toEqual({
    discountAutomaticDelete: { deletedAutomaticDiscountId: ONE, userErrors: [] },
  });
  expect((await shop.graphql(remove)).data).toEqual({
    discountAutomaticDelete: { deletedAutomaticDiscountId: null, userErrors: [{ code: "INVALID" }] },
  });
  await shop.shopify.webhooks.settled();
  expect(receiver.topics).toEqual([TOPICS[0], TOPICS[1], TOPICS[1], TOPICS[1], TOPICS[2]]);
  expect(receiver.bodiesOf("discounts/create")).toEqual([
    {
      ...{ admin_graphql_api_id: ONE, title: "Plan", status: "ACTIVE" },
      ...{ created_at: "2026-10-31T12:00:00Z", updated_at: "2026-10-31T12:00:00Z" },
    },
  ]);
  expect(receiver.bodiesOf("discounts/delete")).toEqual([
    { admin_graphql_api_id: ONE, deleted_at: "2026-11-06T00:00:00Z" },
  ]);
});

test("at most 25 discounts of apps are active", async () => {
  for (let nth = 1; nth <= 25; nth += 1) expect(codes(await created({ title: `Plan ${nth}` }))).toEqual([]);
  expect(codes(await created({ title: "More" }))).toEqual(["MAX_APP_DISCOUNTS "]);
  await toggled("Deactivate");
  expect(codes(await created({ title: "More" }))).toEqual([]);
  expect(await toggled("Activate")).toMatchObject({ userErrors: [{ code: "MAX_APP_DISCOUNTS" }] });
});

test("a merchant's own discount stands among them, changes and goes", async () => {
  await created();
  const { discounts } = shop.shopify;
  discounts.saveRival({ title: "Sale", percent: "12.5", scope: { collection: "mugs" } });
  discounts.saveRival({ title: "Sale", percent: "15", class: "ORDER", combinesWith: { productDiscounts: true } });
  const query = `{ discountNodes(first: 5, query: "discount_type:percentage status:active") { nodes { id discount { __typename
    ... on DiscountAutomaticBasic { title status combinesWith { productDiscounts } discountClasses
      customerGets { value { ... on DiscountPercentage { percentage } } items { __typename } } } } } } }`;
  expect((await shop.graphql(query)).data).toEqual({
    discountNodes: {
      nodes: [
        {
          id: "gid://shopify/DiscountAutomaticNode/2",
          discount: {
            ...{ __typename: "DiscountAutomaticBasic", title: "Sale", status: "ACTIVE", discountClasses: ["ORDER"] },
            combinesWith: { productDiscounts: true },
            customerGets: { value: { percentage: 0.15 }, items: { __typename: "AllDiscountItems" } },
          },
        },
      ],
    },
  });
  expect(() => discounts.saveRival({ title: "Plan", percent: "5" })).toThrow("is an app's discount");
  expect(() => discounts.saveRival({ title: "New", percent: "101" })).toThrow("at most 100");
  discounts.removeRival("Sale");
  expect((await shop.graphql(query)).data).toEqual({ discountNodes: { nodes: [] } });
});

test("discounts ask for the scopes of discounts", async () => {
  shop.shopify.oauth.revokeScopes(["write_discounts"]);
  shop.token = (await shop.newTokens()).access_token;
  for (const query of [
    "{ discountNodes(first: 1) { nodes { id } } }",
    `mutation { discountAutomaticDelete(id: "${ONE}") { deletedAutomaticDiscountId } }`,
  ]) {
    expect((await shop.graphql(query)).errors?.[0]).toMatchObject({ extensions: { code: "ACCESS_DENIED" } });
  }
});

test("after a restart discounts are as they were, and numbers are not given again", async () => {
  await created();
  await created({ title: "Gone" });
  shop.shopify.discounts.delete(2);
  shop.shopify.discounts.rename(1, "Renamed");
  const all = `{ discountNodes(first: 5) { nodes { id discount { ... on DiscountAutomaticApp { ${FIELDS} } } } } }`;
  const before = await shop.graphql(all);
  await shop.restart(worldOf(...catalog));
  expect((await shop.graphql(all)).data).toEqual(before.data);
  expect(before.data).toMatchObject({ discountNodes: { nodes: [{ discount: { title: "Renamed" } }] } });
  expect((await created({ title: "Next" })).automaticAppDiscount).toMatchObject({
    discountId: "gid://shopify/DiscountAutomaticNode/3",
  });
});

test("the app's Functions are listed", async () => {
  const query = `{ shopifyFunctions(first: 5) { nodes { handle title apiType apiVersion useCreationUi } } }`;
  expect((await shop.graphql(query)).data).toMatchObject({
    shopifyFunctions: { nodes: [{ handle: "hide" }, { handle: "volume" }] },
  });
});
