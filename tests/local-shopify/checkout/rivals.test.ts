import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";
import { productOutput, TestCheckout } from "./test-checkout.ts";

const mugs = { ...catalog[0], collections: ["mugs"] } as WorldObject;
const CART = {
  lines: [
    { variantId: 11, quantity: 3 },
    { variantId: 21, quantity: 1 },
  ],
};
const BOTH = { productDiscounts: true, orderDiscounts: true };

let opened: TestCheckout;
let ids: string[];
beforeEach(async () => {
  opened = await TestCheckout.open(worldOf(mugs, ...catalog.slice(1)));
  ids = opened.idsOf(CART);
});
afterEach(() => opened.shop.stop());

const plan = (percent: string, combinesWith: Record<string, boolean> = {}) =>
  opened.discount(productOutput("ALL", { lines: [ids[0] ?? ""], percent }), { combinesWith });
const taken = () => {
  const { lines, orderDiscountMinor } = opened.check(CART);
  return [...lines.map(({ discount, discountMinor }) => [discount?.title ?? null, discountMinor]), orderDiscountMinor];
};

test("of two that do not go together, the one that takes off more is applied", async () => {
  await plan("10");
  opened.rival({ title: "Sale", percent: "5" });
  expect(taken()).toEqual([["Plan 1", 300n], [null, 0n], 0n]);
  opened.rival({ title: "Sale", percent: "6.1" });
  expect(taken()).toEqual([["Sale", 183n], ["Sale", 122n], 0n]);
});

test("of two that take off as much, the older is applied", async () => {
  await plan("10");
  opened.rival({ title: "Sale", percent: "10", scope: { collection: "mugs" } });
  expect(taken()).toEqual([["Plan 1", 300n], [null, 0n], 0n]);
});

test("both have to allow the other's class", async () => {
  await plan("10", { productDiscounts: true });
  opened.rival({ title: "Sale", percent: "5" });
  expect(taken()).toEqual([["Plan 1", 300n], [null, 0n], 0n]);
  opened.rival({ title: "Sale", percent: "5", combinesWith: { productDiscounts: true } });
  expect(taken()).toEqual([["Plan 1", 300n], ["Sale", 100n], 0n]);
});

test("where product discounts go together a line still gets one, its best", async () => {
  await plan("10", BOTH);
  opened.rival({ title: "Sale", percent: "20", scope: { collection: "mugs" }, combinesWith: BOTH });
  expect(taken()).toEqual([["Sale", 600n], [null, 0n], 0n]);
});

test("a native order discount comes off what the product discount left", async () => {
  await plan("10", { orderDiscounts: true });
  opened.rival({ title: "Order sale", percent: "10", class: "ORDER", combinesWith: { productDiscounts: true } });
  // 10 % of 27.00 + 20.00
  expect(taken()).toEqual([["Plan 1", 300n], [null, 0n], 470n]);
});

test("of three the best set that goes together is applied", async () => {
  await plan("10", { orderDiscounts: true });
  opened.rival({ title: "Product sale", percent: "9", combinesWith: { orderDiscounts: true } });
  opened.rival({ title: "Order sale", percent: "10", class: "ORDER", combinesWith: { productDiscounts: true } });
  // Product sale 2.70 + 1.80, then 10 % of 45.50, is more than Plan 1's 3.00 and 10 % of 47.00.
  expect(taken()).toEqual([["Product sale", 270n], ["Product sale", 180n], 455n]);
});

test("a discount that is switched off, ended or yet to come is not asked", async () => {
  await plan("10");
  opened.shop.shopify.discounts.deactivate(1);
  expect(taken()).toEqual([[null, 0n], [null, 0n], 0n]);
  expect(opened.check(CART).functions).toEqual([]);
  opened.shop.shopify.discounts.activate(1);
  expect(taken()[0]).toEqual(["Plan 1", 300n]);
});

test("the Functions of an app that is not installed are not asked", async () => {
  await plan("10");
  opened.shop.shopify.oauth.uninstall();
  expect(opened.check(CART).functions).toEqual([]);
});

test("native discounts leave gift cards and subscriptions alone", async () => {
  opened.rival({ title: "Sale", percent: "10" });
  const { lines } = opened.check({
    lines: [
      { variantId: 11, quantity: 1, sellingPlan: "Monthly" },
      { variantId: 21, quantity: 1 },
    ],
  });
  expect(lines.map(({ discountMinor }) => discountMinor)).toEqual([0n, 200n]);
});
