import { afterEach, beforeEach, expect, test } from "vitest";
import { stateDirWith } from "../functions/test-extension.ts";
import { catalog, TestShop, worldOf } from "../test-shop.ts";

const world = () => worldOf(...catalog);
const SCOPES = ["write_payment_customizations"];
const PAYMENTS = "cart.payment-methods.transform.run";

let shop: TestShop;
const open = async (grantedScopes: readonly string[] = SCOPES) => {
  const stateDir = stateDirWith({ handle: "terms", target: PAYMENTS }, { handle: "volume" });
  shop = await TestShop.open(world(), { stateDir, grantedScopes });
};
beforeEach(() => open());
afterEach(() => shop.stop());

interface UserError {
  code: string;
  field: string[];
  message: string;
}
interface Saved {
  paymentCustomization: { id: string; title: string; enabled: boolean } | null;
  userErrors: UserError[];
}

const ERRORS = "userErrors { code field message }";
const INPUT = { title: "Pay now", functionHandle: "terms", enabled: true };
const ID = "gid://shopify/PaymentCustomization/1";

const create = async (paymentCustomization: Record<string, unknown>) => {
  const mutation = `mutation ($paymentCustomization: PaymentCustomizationInput!) {
    paymentCustomizationCreate(paymentCustomization: $paymentCustomization) {
      paymentCustomization { id title enabled } ${ERRORS} } }`;
  const { data, errors } = await shop.graphql<{ paymentCustomizationCreate: Saved | null }>(mutation, {
    paymentCustomization,
  });
  if (!data?.paymentCustomizationCreate) throw new Error(JSON.stringify(errors));
  return data.paymentCustomizationCreate;
};
const update = async (id: string, paymentCustomization: Record<string, unknown>) => {
  const mutation = `mutation ($id: ID!, $paymentCustomization: PaymentCustomizationInput!) {
    paymentCustomizationUpdate(id: $id, paymentCustomization: $paymentCustomization) {
      paymentCustomization { id title enabled } ${ERRORS} } }`;
  const { data, errors } = await shop.graphql<{ paymentCustomizationUpdate: Saved | null }>(mutation, {
    id,
    paymentCustomization,
  });
  if (!data?.paymentCustomizationUpdate) throw new Error(JSON.stringify(errors));
  return data.paymentCustomizationUpdate;
};
const activate = async (ids: string[], enabled: boolean) => {
  const mutation = `mutation ($ids: [ID!]!, $enabled: Boolean!) {
    paymentCustomizationActivation(ids: $ids, enabled: $enabled) { ids ${ERRORS} } }`;
  const { data } = await shop.graphql<{ paymentCustomizationActivation: { ids: string[]; userErrors: UserError[] } }>(
    mutation,
    { ids, enabled },
  );
  return data?.paymentCustomizationActivation;
};
const remove = async (id: string) => {
  const mutation = `mutation ($id: ID!) { paymentCustomizationDelete(id: $id) { deletedId ${ERRORS} } }`;
  return (await shop.graphql(mutation, { id })).data;
};
const read = async () => {
  const query = `{ paymentCustomization(id: "${ID}") { id title enabled functionId
    shopifyFunction { handle apiType } errorHistory { errorsFirstOccurredAt }
    metafield(namespace: "$app", key: "payments") { jsonValue ownerType } } }`;
  const { data, errors } = await shop.graphql<{ paymentCustomization: Record<string, unknown> | null }>(query);
  expect(errors).toBeUndefined();
  return data?.paymentCustomization;
};
const codes = ({ userErrors }: { userErrors: UserError[] }) =>
  userErrors.map(({ code, field }) => `${code} ${field.join(".")}`);

test("a customization is created with its metafields, read, listed and found by title", async () => {
  const settings = { v: 1, methods: ["paypal"], terms: true };
  const metafields = [{ namespace: "$app", key: "payments", type: "json", value: JSON.stringify(settings) }];
  expect(await create({ ...INPUT, metafields })).toEqual({
    paymentCustomization: { id: ID, title: "Pay now", enabled: true },
    userErrors: [],
  });
  expect(await read()).toMatchObject({
    ...{ id: ID, title: "Pay now", enabled: true, functionId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ...{ shopifyFunction: { handle: "terms", apiType: "payment_customization" }, errorHistory: null },
    metafield: { jsonValue: settings, ownerType: "PAYMENT_CUSTOMIZATION" },
  });
  await create({ ...INPUT, title: "Other", enabled: false });
  const { data } = await shop.graphql(`{ all: paymentCustomizations(first: 5) { nodes { title enabled } }
    found: paymentCustomizations(first: 5, query: "title:Other") { nodes { title } } node(id: "${ID}") { id } }`);
  expect(data).toEqual({
    all: {
      nodes: [
        { title: "Pay now", enabled: true },
        { title: "Other", enabled: false },
      ],
    },
    found: { nodes: [{ title: "Other" }] },
    node: { id: ID },
  });
});

test("what an input lacks or names wrongly is refused by the codes of the schema", async () => {
  const { title, functionHandle, enabled } = INPUT;
  expect(codes(await create({ functionHandle, enabled }))).toEqual(["REQUIRED_INPUT_FIELD paymentCustomization.title"]);
  expect(codes(await create({ functionHandle, title }))).toEqual(["REQUIRED_INPUT_FIELD paymentCustomization.enabled"]);
  expect(codes(await create({ title, enabled }))).toEqual([
    "MISSING_FUNCTION_IDENTIFIER paymentCustomization.functionHandle",
  ]);
  expect(codes(await create({ ...INPUT, functionId: "x" }))).toEqual([
    "MULTIPLE_FUNCTION_IDENTIFIERS paymentCustomization",
  ]);
  expect(codes(await create({ ...INPUT, functionHandle: "gone" }))).toEqual([
    "FUNCTION_NOT_FOUND paymentCustomization.functionHandle",
  ]);
  expect(codes(await create({ ...INPUT, functionHandle: "volume" }))).toEqual([
    "FUNCTION_DOES_NOT_IMPLEMENT paymentCustomization.functionHandle",
  ]);
  const metafields = [{ namespace: "$app", key: "payments", type: "json", value: "{" }];
  expect(codes(await create({ ...INPUT, metafields }))).toEqual([
    "INVALID_METAFIELDS paymentCustomization.metafields.0.value",
  ]);
  expect(shop.shopify.payments.customizations()).toEqual([]);
});

test("an update changes what it names, and never the Function", async () => {
  await create(INPUT);
  expect(await update(ID, { enabled: false })).toEqual({
    paymentCustomization: { id: ID, title: "Pay now", enabled: false },
    userErrors: [],
  });
  expect((await update(ID, { title: "Now", functionHandle: "terms" })).paymentCustomization).toEqual({
    ...{ id: ID, title: "Now", enabled: false },
  });
  expect(codes(await update(ID, { title: "" }))).toEqual(["REQUIRED_INPUT_FIELD paymentCustomization.title"]);
  expect(codes(await update("gid://shopify/PaymentCustomization/9", { title: "x" }))).toEqual([
    "PAYMENT_CUSTOMIZATION_NOT_FOUND id",
  ]);
});

test("customizations are switched together; those that are not there are named", async () => {
  await create(INPUT);
  await create(INPUT);
  const two = "gid://shopify/PaymentCustomization/2";
  expect(await activate([ID, two], false)).toEqual({ ids: [ID, two], userErrors: [] });
  const gone = "gid://shopify/PaymentCustomization/9";
  const partly = await activate([two, gone], true);
  expect(partly?.ids).toEqual([two]);
  expect(codes({ userErrors: partly?.userErrors ?? [] })).toEqual(["PAYMENT_CUSTOMIZATION_NOT_FOUND ids"]);
  expect(shop.shopify.payments.customizations().map(({ enabled }) => enabled)).toEqual([false, true]);
});

test("no more than 25 are active at a time", async () => {
  for (let made = 0; made < 25; made += 1) await create(INPUT);
  expect(codes(await create(INPUT))).toEqual(["MAXIMUM_ACTIVE_PAYMENT_CUSTOMIZATIONS paymentCustomization.enabled"]);
  const { paymentCustomization } = await create({ ...INPUT, enabled: false });
  const id = paymentCustomization?.id ?? "";
  expect(codes(await update(id, { enabled: true }))).toEqual([
    "MAXIMUM_ACTIVE_PAYMENT_CUSTOMIZATIONS paymentCustomization.enabled",
  ]);
  expect(codes((await activate([id], true)) ?? { userErrors: [] })).toEqual([
    "MAXIMUM_ACTIVE_PAYMENT_CUSTOMIZATIONS ids",
  ]);
  await activate([ID], false);
  expect(await activate([id], true)).toEqual({ ids: [id], userErrors: [] });
});

test("what is deleted is gone with its metafields, and its number is not given again", async () => {
  await create(INPUT);
  const set = `mutation { metafieldsSet(metafields: [{ ownerId: "${ID}", key: "payments", type: "json", value: "{}" }]) {
    userErrors { code } } }`;
  expect((await shop.graphql(set)).data).toEqual({ metafieldsSet: { userErrors: [] } });
  expect(await read()).toMatchObject({ metafield: { jsonValue: {} } });
  expect(await remove(ID)).toEqual({ paymentCustomizationDelete: { deletedId: ID, userErrors: [] } });
  expect(await remove(ID)).toMatchObject({
    paymentCustomizationDelete: { deletedId: null, userErrors: [{ code: "PAYMENT_CUSTOMIZATION_NOT_FOUND" }] },
  });
  expect(await read()).toBeNull();
  expect((await create(INPUT)).paymentCustomization?.id).toBe("gid://shopify/PaymentCustomization/2");
});

test("without the scopes nothing is read and nothing is written", async () => {
  await shop.stop();
  await open(["read_payment_customizations"]);
  const allowed = await shop.graphql("{ paymentCustomizations(first: 1) { nodes { id } } }");
  expect(allowed).toMatchObject({ data: { paymentCustomizations: { nodes: [] } } });
  await expect(create(INPUT)).rejects.toThrow("ACCESS_DENIED");
  await shop.stop();
  await open(["read_orders"]);
  const denied = await shop.graphql("{ paymentCustomizations(first: 1) { nodes { id } } }");
  expect(denied.errors?.[0]?.extensions).toMatchObject({ code: "ACCESS_DENIED" });
});

test("a merchant may switch a customization off, on and delete it behind the app's back", async () => {
  await create(INPUT);
  shop.shopify.payments.deactivate(1);
  expect(await read()).toMatchObject({ enabled: false });
  shop.shopify.payments.activate(1);
  expect(await read()).toMatchObject({ enabled: true });
  shop.shopify.payments.delete(1);
  expect(await read()).toBeNull();
  expect(() => shop.shopify.payments.delete(1)).toThrow("there is no payment customization 1");
});

test("customizations are there after a restart, and go with the app", async () => {
  await create(INPUT);
  await shop.restart(world());
  expect(await read()).toMatchObject({ title: "Pay now", enabled: true });
  shop.shopify.oauth.uninstall();
  expect(shop.shopify.payments.customizations()).toEqual([]);
  await shop.restart(world());
  expect(shop.shopify.payments.customizations()).toEqual([]);
});

test("Functions are listed by what they are for", async () => {
  const { data } = await shop.graphql(`{ all: shopifyFunctions(first: 5) { nodes { handle apiType } }
    payments: shopifyFunctions(first: 5, apiType: "payment_customization") { nodes { handle } }
    discounts: shopifyFunctions(first: 5, apiType: "discount") { nodes { handle } } }`);
  expect(data).toEqual({
    all: {
      nodes: [
        { handle: "terms", apiType: "payment_customization" },
        { handle: "volume", apiType: "discount" },
      ],
    },
    payments: { nodes: [{ handle: "terms" }] },
    discounts: { nodes: [{ handle: "volume" }] },
  });
});
