import { afterEach, beforeEach, expect, test } from "vitest";
import { echoFunction } from "../functions/echo-function.ts";
import { stateDirWith } from "../functions/test-extension.ts";
import { catalog, shopObject, TestShop, worldOf } from "../test-shop.ts";

const QUERY = `query { discount: paymentCustomization { output: metafield(namespace: "$app", key: "output") { jsonValue } } }`;
const PAYMENTS = "cart.payment-methods.transform.run";
const CART = { lines: [{ variantId: 11, quantity: 3 }] };
const COMPANY = { ...CART, companyLocationId: 51, contactId: 1 };
const CARD = "gid://shopify/PaymentCustomizationPaymentMethod/shopify_payments";
const CASH = "gid://shopify/PaymentCustomizationPaymentMethod/manual";
const NO_TERMS = { paymentTermsSet: { paymentTerms: null } };

let shop: TestShop;
const open = async (plan: "BASIC" | "PLUS", query = QUERY) => {
  const stateDir = stateDirWith({ handle: "echo", target: PAYMENTS, query, wasm: await echoFunction() });
  const world = worldOf({ ...shopObject, plan }, ...catalog);
  const grantedScopes = ["write_payment_customizations", "read_orders", "read_all_orders"];
  shop = await TestShop.open(world, { stateDir, grantedScopes });
};
beforeEach(() => open("PLUS"));
afterEach(() => shop.stop());

/** A customization of the app's whose Function writes what it is told. */
const customization = async (output: unknown) => {
  const mutation = `mutation ($input: PaymentCustomizationInput!) {
    paymentCustomizationCreate(paymentCustomization: $input) { userErrors { message } } }`;
  const metafields = [{ namespace: "$app", key: "output", type: "json", value: JSON.stringify(output) }];
  const { data, errors } = await shop.graphql(mutation, {
    input: { title: "Payments", functionHandle: "echo", enabled: true, metafields },
  });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ paymentCustomizationCreate: { userErrors: [] } });
};
const operations = (...all: readonly unknown[]) => customization({ operations: all });
const check = (cart: object = CART) => shop.shopify.checkout(cart as typeof CART);
const lost = () => check(COMPANY).paymentFunctions.map((report) => report.lost);
const UNTOUCHED = { paymentMethods: ["shopify_payments", "manual"], terms: { type: "NET", dueInDays: 30 } };

test("a shop offers a card and cash on delivery, or what its merchant sets up", () => {
  expect(check()).toMatchObject({
    paymentMethods: ["shopify_payments", "manual"],
    methods: [
      { gateway: "shopify_payments", name: "Credit card", isManual: false },
      { gateway: "manual", name: "Cash on Delivery (COD)", isManual: true },
    ],
    paymentFunctions: [],
  });
  const { payments } = shop.shopify;
  payments.offer([
    { gateway: "paypal", name: "PayPal" },
    { gateway: "bank", name: "Bank deposit", isManual: true },
  ]);
  payments.renameMethod("bank", "Überweisung");
  expect(check().methods).toEqual([
    { gateway: "paypal", name: "PayPal", isManual: false },
    { gateway: "bank", name: "Überweisung", isManual: true },
  ]);
  expect(() => payments.renameMethod("cash", "Cash")).toThrow("no payment method of the gateway cash");
  expect(() =>
    payments.offer([
      { gateway: "a", name: "A" },
      { gateway: "a", name: "B" },
    ]),
  ).toThrow("two payment methods");
});

test("methods are hidden, moved and renamed, and a method that is hidden pays for nothing", async () => {
  await operations(
    { paymentMethodMove: { paymentMethodId: CASH, index: 0 } },
    { paymentMethodRename: { paymentMethodId: CASH, name: "Cash" } },
  );
  expect(check().methods.map(({ name }) => name)).toEqual(["Cash", "Credit card"]);
  await operations({ paymentMethodHide: { paymentMethodId: CASH } });
  expect(check()).toMatchObject({
    paymentMethods: ["shopify_payments"],
    paymentFunctions: [{ lost: null }, { lost: null }],
  });
  expect(() => shop.shopify.placeCart(CART, { payment: "manual" })).toThrow("the checkout offers no manual payment");
  expect(() => shop.shopify.placeCart(CART, { payment: "now", gateway: "paypal" })).toThrow(
    "the checkout offers no payment at once by paypal",
  );
  expect(shop.shopify.placeCart(CART, { payment: "now" }).transactions).toMatchObject([{ status: "SUCCESS" }]);
});

test("a method that is hidden above the checkout alone is still on offer", async () => {
  await operations({ paymentMethodHide: { paymentMethodId: CASH, placements: ["ACCELERATED_CHECKOUT"] } });
  expect(check().paymentMethods).toEqual(["shopify_payments", "manual"]);
});

test("on Plus the terms are taken away, and then a method has to be chosen", async () => {
  await operations(NO_TERMS);
  expect(check(COMPANY)).toMatchObject({ terms: null, depositPercent: null, paymentFunctions: [{ lost: null }] });
  expect(() => shop.shopify.placeCart(COMPANY, { payment: "terms" })).toThrow("the buyer has no payment terms");
  expect(shop.shopify.placeCart(COMPANY, { payment: "now" })).toMatchObject({
    terms: null,
    transactions: [{ kind: "SALE", amount: "30.00" }],
  });
  expect(check()).toMatchObject({ terms: null, paymentFunctions: [{ lost: null }] });
});

test("on other plans an output that sets terms is lost whole", async () => {
  await shop.stop();
  await open("BASIC");
  await operations({ paymentMethodHide: { paymentMethodId: CASH } }, NO_TERMS);
  expect(check(COMPANY)).toMatchObject(UNTOUCHED);
  expect(lost()).toEqual(["paymentTermsSet needs the plan Plus"]);
});

test("what goes wrong in a payment Function loses its operations, and the checkout goes on", async () => {
  const outputs: readonly (readonly [unknown, RegExp])[] = [
    [{ trap: 1 }, /unreachable/],
    [{ half: 1 }, /not complete/],
    [{ loop: 3_000_000 }, /too many instructions/],
    [{ pad: 20_000 }, /20002 bytes/],
    [{ operations: [{ paymentMethodShow: {} }] }, /not valid/],
    [{ operations: [{ paymentMethodHide: { paymentMethodId: "gid://shopify/x/9" } }] }, /there is no payment method/],
    [{ operations: [{}] }, /an operation does one thing/],
    [{ operations: [{ ...NO_TERMS, paymentMethodHide: { paymentMethodId: CARD } }] }, /an operation does one thing/],
    [{ operations: [{ paymentTermsSet: {} }] }, /says nothing of terms/],
  ];
  for (const [output, reason] of outputs) {
    await customization(output);
    const result = check(COMPANY);
    expect(result).toMatchObject({ ...UNTOUCHED, totalMinor: 3000n });
    expect(result.paymentFunctions.at(-1)?.lost).toMatch(reason);
  }
  await operations({ paymentMethodHide: { paymentMethodId: CASH } });
  expect(check(COMPANY).paymentMethods).toEqual(["shopify_payments"]);
});

test("what the local Shopify cannot do is said", async () => {
  await operations({ orderReviewAdd: { reason: "Large" } });
  expect(() => check()).toThrow("not in the local Shopify: orders that a Function puts up for review");
  shop.shopify.payments.delete(1);
  await operations({ paymentTermsSet: { paymentTerms: { net: { dueInDays: 7 } } } });
  expect(() => check()).toThrow("not in the local Shopify: payment terms that a Function sets");
  shop.shopify.payments.delete(2);
  await operations({ paymentMethodMove: { paymentMethodId: CASH, index: 5 } });
  expect(() => check()).toThrow("not in the local Shopify: a payment method moved to place 5");
});

test("only the active customizations of an app that is installed are asked", async () => {
  await operations({ paymentMethodHide: { paymentMethodId: CASH } });
  shop.shopify.payments.deactivate(1);
  expect(check()).toMatchObject({ paymentMethods: ["shopify_payments", "manual"], paymentFunctions: [] });
  shop.shopify.payments.activate(1);
  expect(check().paymentMethods).toEqual(["shopify_payments"]);
  shop.shopify.oauth.uninstall();
  expect(check()).toMatchObject({ paymentMethods: ["shopify_payments", "manual"], paymentFunctions: [] });
});

test("instructions of payment Functions are counted apart from those of discounts", async () => {
  await operations();
  const { instructions, inputBytes, outputBytes, paymentFunctions } = check();
  expect({ instructions, inputBytes, outputBytes }).toEqual({ instructions: 0, inputBytes: 0, outputBytes: 0 });
  expect(paymentFunctions).toMatchObject([{ handle: "echo", title: "Payments", lost: null, outputBytes: 17 }]);
  expect(paymentFunctions[0]?.instructions).toBeGreaterThan(21_000);
});

test("a payment that is authorised moves no money yet", async () => {
  expect(shop.shopify.placeCart(CART, { payment: "authorize" })).toMatchObject({
    transactions: [
      { kind: "AUTHORIZATION", gateway: "shopify_payments", amount: "30.00", status: "SUCCESS", fee: null },
    ],
  });
  const { data } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") { displayFinancialStatus } }`);
  expect(data).toEqual({ order: { displayFinancialStatus: "AUTHORIZED" } });
});

test("a payment Function is asked by its input query about buyer, cart and methods", async () => {
  await shop.stop();
  await open(
    "PLUS",
    `{ discount: paymentCustomization { output: metafield(namespace: "$app", key: "output") { jsonValue } }
      paymentMethods { id name placements } presentmentCurrencyRate localization { language { isoCode } }
      cart { cost { totalAmount { amount currencyCode } } lines { id quantity } attribute(key: "a") { value }
        buyerIdentity { purchasingCompany { location { id } } } } }`,
  );
  await operations({ paymentMethodHide: { paymentMethodId: CASH } });
  const result = check({ ...COMPANY, attributes: { a: "b" } });
  expect(result).toMatchObject({ paymentMethods: ["shopify_payments"], paymentFunctions: [{ lost: null }] });
  expect(result.paymentFunctions[0]?.inputBytes).toBeGreaterThan(400);
});

test("what the discounts gave cannot be asked yet, and that is said", async () => {
  await shop.stop();
  await open("PLUS", "{ cart { discountApplications { targetType } } }");
  await operations();
  expect(() => check()).toThrow("not in the local Shopify: Cart.discountApplications of a Function's input");
});
