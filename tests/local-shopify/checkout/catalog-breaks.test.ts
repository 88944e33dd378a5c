import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";
import type { CartInput } from "./cart.ts";
import { productOutput, TestCheckout } from "./test-checkout.ts";

const [mug, cap, ann, co] = catalog;
const place = { name: "HQ", terms: null, depositPercent: null, checkoutToDraft: false };
const breaks = [
  { from: 10, price: "7.50" },
  { from: 100, price: "6.25" },
];
const locations = [
  { ...place, id: 51, catalogPrices: [{ variantId: 11, price: "8.00", breaks }] },
  { ...place, id: 52, catalogPrices: [{ variantId: 11, price: "8.50" }] },
  { ...place, id: 53 },
];
const objects = [mug, cap, ann, { ...co, locations }] as WorldObject[];

let opened: TestCheckout;
beforeEach(async () => {
  opened = await TestCheckout.open(worldOf(...objects));
});
afterEach(() => opened.shop.stop());

const mugs = (...quantities: number[]) => quantities.map((quantity) => ({ variantId: 11, quantity }));
const at = (companyLocationId: number | null, lines: CartInput["lines"]): CartInput => ({
  ...{ lines, companyLocationId, contactId: companyLocationId === null ? null : 1 },
});
const pricesOf = (cart: CartInput) => opened.check(cart).lines.map(({ unitPriceMinor }) => Number(unitPriceMinor));

test.each([
  ["below a break", 9, 800],
  ["at a break", 10, 750],
  ["above a break", 11, 750],
  ["at the next break", 100, 625],
])("%s every unit of the line has the price that the units reach", (_where, quantity, price) => {
  const result = opened.check(at(51, mugs(quantity)));
  expect(result.lines).toMatchObject([{ quantity, unitPriceMinor: BigInt(price) }]);
  expect(result.totalMinor).toBe(BigInt(quantity * price));
});

test("all lines of a variant reach a break together, and no other variant with them", () => {
  expect(pricesOf(at(51, mugs(4, 6)))).toEqual([750, 750]);
  expect(pricesOf(at(51, mugs(4, 5)))).toEqual([800, 800]);
  expect(pricesOf(at(51, [...mugs(9), { variantId: 21, quantity: 50 }]))).toEqual([800, 2000]);
});

test("who buys elsewhere has no part in a location's breaks", () => {
  expect(pricesOf(at(52, mugs(100)))).toEqual([850]);
  expect(pricesOf(at(53, mugs(100)))).toEqual([1000]);
  expect(pricesOf(at(null, mugs(100)))).toEqual([1000]);
});

test("a break's price is brought into the buyer's currency as any price is", () => {
  const inYen = { presentmentCurrency: "JPY", presentmentRate: "150.1" };
  // 7.50 x 150.1 = 1125.75.
  expect(pricesOf({ ...at(51, mugs(10)), ...inYen })).toEqual([1126]);
});

test("an order that is placed is of the price reached, and its discount is off that price", async () => {
  const cart = at(51, mugs(4, 6));
  await opened.discount(productOutput("ALL", { lines: opened.idsOf(cart), percent: "10" }));
  expect(opened.shop.shopify.placeCart(cart, { payment: "now" })).toMatchObject({
    companyLocationId: 51,
    lines: [
      { quantity: 4, unitPrice: "7.50", discount: "3.00" },
      { quantity: 6, unitPrice: "7.50", discount: "4.50" },
    ],
  });
});
