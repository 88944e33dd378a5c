import { execute, parse } from "graphql";
import { afterEach, expect, test } from "vitest";
import type { AdminContext } from "../admin-api/context.ts";
import { ShopStore } from "../admin-api/shop-store.ts";
import { DISCOUNT_API, functionSchema } from "../functions/function-schema.ts";
import { catalog, NOW, shopObject, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";
import { type CartInput, priceCart } from "./cart.ts";
import { functionRoot } from "./function-root.ts";

const APP_ID: AdminContext["appId"] = 7;
const [mug, cap, ann, co] = catalog;
const sold = { id: 11, sku: "MUG-1", title: "Blue", price: "10.00", compareAtPrice: "12.50", unitCost: "4.20" };
const vip = { ...ann, tags: ["VIP"] };
const location = {
  ...{ id: 51, name: "HQ", terms: null, depositPercent: null, checkoutToDraft: false },
  catalogPrices: [{ variantId: 11, price: "8.50", breaks: [{ from: 10, price: "7.25" }] }],
};

let now = NOW;
afterEach(() => (now = NOW));

const asked = (query: string, input: Partial<CartInput> = {}, ...objects: object[]) => {
  const world = worldOf(
    ...[{ ...mug, variants: [sold] }, cap, vip, { ...co, locations: [location] }].map((one) => one as WorldObject),
    ...(objects as WorldObject[]),
  );
  const store = new ShopStore(world);
  const place = { ownerId: "gid://shopify/CompanyLocation/51", namespace: "app--7", key: "standing" };
  store.metafields.set({ ...place, type: "json", value: '{"v":1}' }, "2026-10-01T00:00:00Z");
  const discount = {
    ...{ kind: "app" as const, id: 1, title: "Plan", startsAt: "", endsAt: null, createdAt: "", updatedAt: "" },
    ...{ classes: ["PRODUCT" as const], functionHandle: "echo", recurringCycleLimit: 1 },
    ...{ appliesOnOneTimePurchase: true, appliesOnSubscription: true },
    combinesWith: { productDiscounts: false, orderDiscounts: false, shippingDiscounts: false },
  };
  const cart = priceCart({ lines: [{ variantId: 11, quantity: 2 }], ...input }, store, now);
  const rootValue = functionRoot(cart, discount, { store, appId: APP_ID, now });
  const { data, errors } = execute({ schema: functionSchema(DISCOUNT_API), document: parse(query), rootValue }) as {
    data: unknown;
    errors?: readonly unknown[];
  };
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data)) as unknown;
};
const BUYER = `{ cart { buyerIdentity { email isAuthenticated customer { id hasAnyTag(tags: ["vip"]) }
  purchasingCompany { company { name } location { id standing: metafield(key: "standing") { jsonValue type } } } } } }`;
const buyerOf = (input: Partial<CartInput>) =>
  (asked(BUYER, input) as { cart: { buyerIdentity: unknown } }).cart.buyerIdentity;
const annIs = { id: "gid://shopify/Customer/1", hasAnyTag: true };

test("a guest of whom nothing is known is nobody", () => {
  expect(buyerOf({})).toBeNull();
});

test("an address that was typed may be a customer's, who is not authenticated by it", () => {
  expect(buyerOf({ email: "new@example.com" })).toMatchObject({ email: "new@example.com", customer: null });
  expect(buyerOf({ email: " Ann@example.com" })).toMatchObject({ isAuthenticated: false, customer: annIs });
});

test("a customer who is logged in is authenticated", () => {
  expect(buyerOf({ customerId: 1 })).toMatchObject({ isAuthenticated: true, customer: annIs, purchasingCompany: null });
});

test("a contact buys for a company at its location, which may carry metafields", () => {
  expect(buyerOf({ companyLocationId: 51, contactId: 1 })).toEqual({
    ...{ email: "ann@example.com", isAuthenticated: true, customer: annIs },
    purchasingCompany: {
      company: { name: "Co" },
      location: { id: "gid://shopify/CompanyLocation/51", standing: { jsonValue: { v: 1 }, type: "json" } },
    },
  });
});

test("lines carry the price that the buyer has: the catalog's, without a compare-at price, or the variant's", () => {
  const query = `{ presentmentCurrencyRate cart { cost { totalAmount { amount currencyCode } } lines { quantity
    cost { amountPerQuantity { amount } compareAtAmountPerQuantity { amount } subtotalAmount { amount } }
    sellingPlanAllocation { sellingPlan { name } }
    merchandise { __typename ... on ProductVariant { id sku product { id isGiftCard vendor } } } } } }`;
  expect(asked(query, { presentmentCurrency: "JPY", presentmentRate: "150" })).toEqual({
    presentmentCurrencyRate: "150.0",
    cart: {
      cost: { totalAmount: { amount: "3000.0", currencyCode: "JPY" } },
      lines: [
        {
          quantity: 2,
          cost: {
            amountPerQuantity: { amount: "1500.0" },
            compareAtAmountPerQuantity: { amount: "1875.0" },
            subtotalAmount: { amount: "3000.0" },
          },
          sellingPlanAllocation: null,
          merchandise: {
            ...{ __typename: "ProductVariant", id: "gid://shopify/ProductVariant/11", sku: "MUG-1" },
            product: { id: "gid://shopify/Product/1", isGiftCard: false, vendor: "Clay" },
          },
        },
      ],
    },
  });
  expect(asked(query, { companyLocationId: 51, contactId: 1 })).toMatchObject({
    cart: { lines: [{ cost: { amountPerQuantity: { amount: "8.50" }, compareAtAmountPerQuantity: null } }] },
  });
});

test("lines of a variant that reach a break of the catalog together carry its price each", () => {
  const query = "{ cart { lines { quantity cost { amountPerQuantity { amount } subtotalAmount { amount } } } } }";
  const lines = [4, 6].map((quantity) => ({ variantId: 11, quantity }));
  expect(asked(query, { lines, companyLocationId: 51, contactId: 1 })).toEqual({
    cart: {
      lines: [
        { quantity: 4, cost: { amountPerQuantity: { amount: "7.25" }, subtotalAmount: { amount: "29.00" } } },
        { quantity: 6, cost: { amountPerQuantity: { amount: "7.25" }, subtotalAmount: { amount: "43.50" } } },
      ],
    },
  });
});

test("a cart attribute is found by its key", () => {
  const query = `{ cart { yes: attribute(key: "pay_now") { key value } no: attribute(key: "other") { value } } }`;
  expect(asked(query, { attributes: { pay_now: "yes" } })).toEqual({
    cart: { yes: { key: "pay_now", value: "yes" }, no: null },
  });
});

test("the shop's day and hour are those of its own time zone", () => {
  const query = `{ shop { localTime { date after: dateTimeAfter(dateTime: "2026-10-31T23:59:58")
    before: dateTimeBefore(dateTime: "2026-10-31T23:59:59") timeAfter(time: "23:00:00")
    between: dateTimeBetween(startDateTime: "2026-10-31T00:00:00", endDateTime: "2026-11-01T00:00:00") } } }`;
  now = new Date("2026-11-01T03:59:59Z");
  expect(asked(query)).toEqual({
    shop: { localTime: { date: "2026-10-31", after: true, before: false, timeAfter: true, between: true } },
  });
  now = new Date("2026-11-01T04:00:00Z");
  expect(asked("{ shop { localTime { date } } }")).toEqual({ shop: { localTime: { date: "2026-11-01" } } });
});

test("language and country are the cart's, or the country the customer's", () => {
  const query = `{ localization { language { isoCode } country { isoCode } } }`;
  expect(asked(query, { language: "ZH_CN", country: "CN" })).toEqual({
    localization: { language: { isoCode: "ZH_CN" }, country: { isoCode: "CN" } },
  });
  expect(asked(query, { customerId: 1 })).toMatchObject({ localization: { country: { isoCode: "GB" } } });
  expect(shopObject.currency).toBe("USD");
});
