import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { compileFunction } from "../../../scripts/compile-function.ts";
import { checkCarts } from "../../../scripts/scenario/check-carts.ts";
import { catalog, shopObject, TestShop, worldOf } from "../test-shop.ts";

const EXTENSION = "extensions/pareto-payment-terms";
const COMPANY = { lines: [{ variantId: 11, quantity: 1 }], companyLocationId: 51, contactId: 1 };
const PAY_NOW = { attributes: { pareto_pay_now: "yes" } };

let wasm: Uint8Array;
beforeAll(async () => {
  wasm = await compileFunction(EXTENSION);
}, 60_000);

let shop: TestShop;
afterEach(() => shop.stop());

const open = async (plan: "BASIC" | "PLUS", settings: unknown) => {
  const stateDir = mkdtempSync(join(tmpdir(), "local-shopify-"));
  const folder = join(stateDir, EXTENSION);
  mkdirSync(join(folder, "dist"), { recursive: true });
  for (const name of ["shopify.extension.toml", "cart-payment-methods.graphql", "locales"]) {
    cpSync(join(EXTENSION, name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, "dist", "function.wasm"), wasm);
  const world = worldOf({ ...shopObject, plan }, ...catalog);
  shop = await TestShop.open(world, { stateDir, grantedScopes: ["write_payment_customizations"] });
  const metafields = [{ namespace: "$app", key: "payments", type: "json", value: JSON.stringify(settings) }];
  const { data } = await shop.graphql(
    `mutation ($input: PaymentCustomizationInput!) {
      paymentCustomizationCreate(paymentCustomization: $input) { userErrors { message } } }`,
    { input: { title: "Pay now", functionHandle: "pareto-payment-terms", enabled: true, metafields } },
  );
  expect(data).toEqual({ paymentCustomizationCreate: { userErrors: [] } });
};
const check = (cart: object) => shop.shopify.checkout(cart as typeof COMPANY);

test("on Plus a company that asks to pay now loses its terms and cash on delivery", async () => {
  await open("PLUS", { v: 1, methods: ["credit card"], terms: true });
  expect(check(COMPANY)).toMatchObject({ paymentMethods: ["shopify_payments", "manual"], terms: { dueInDays: 30 } });
  const { paymentMethods, terms, paymentFunctions } = check({ ...COMPANY, ...PAY_NOW });
  expect({ paymentMethods, terms }).toEqual({ paymentMethods: ["shopify_payments"], terms: null });
  expect(paymentFunctions).toMatchObject([{ handle: "pareto-payment-terms", lost: null, log: [] }]);
  expect(paymentFunctions[0]?.instructions).toBeLessThan(100_000);
  const placed = shop.shopify.placeCart({ ...COMPANY, ...PAY_NOW }, { payment: "now" });
  expect(placed).toMatchObject({ terms: null, attributes: { pareto_pay_now: "yes" } });
});

test("on other plans the terms stay and cash on delivery goes", async () => {
  await open("BASIC", { v: 1, methods: ["credit card"] });
  expect(check({ ...COMPANY, ...PAY_NOW })).toMatchObject({
    ...{ paymentMethods: ["shopify_payments"], terms: { dueInDays: 30 } },
    paymentFunctions: [{ lost: null }],
  });
});

test("settings that name terms where the plan has none lose everything, and checkout goes on", async () => {
  await open("BASIC", { v: 1, methods: ["credit card"], terms: true });
  expect(check({ ...COMPANY, ...PAY_NOW })).toMatchObject({
    ...{ paymentMethods: ["shopify_payments", "manual"], terms: { dueInDays: 30 } },
    paymentFunctions: [{ lost: "paymentTermsSet needs the plan Plus" }],
  });
});

test("when the methods are renamed none is hidden", async () => {
  await open("PLUS", { v: 1, methods: ["credit card"], terms: true });
  shop.shopify.payments.renameMethod("shopify_payments", "Kreditkarte");
  expect(check({ ...COMPANY, ...PAY_NOW })).toMatchObject({
    paymentMethods: ["shopify_payments", "manual"],
    terms: null,
  });
});

test("a scenario's carts say what is left to pay by", async () => {
  await open("PLUS", { v: 1, methods: ["credit card"], terms: true });
  const file = join(shop.stateDir, "checkout.jsonl");
  await checkCarts(
    shop.shopify,
    [
      { cart: "later", ...COMPANY },
      { cart: "now", ...COMPANY, ...PAY_NOW },
    ],
    file,
  );
  const rows = readFileSync(file, "utf8").trim().split("\n");
  expect(rows.map((row) => JSON.parse(row))).toMatchObject([
    { cart: "later", paymentMethods: ["shopify_payments", "manual"], terms: { type: "NET", dueInDays: 30 } },
    { cart: "now", paymentMethods: ["shopify_payments"], terms: null, instructions: 0 },
  ]);
});
