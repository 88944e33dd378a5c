import { afterEach, expect, test } from "vitest";
import { catalog, order, shopObject, worldOf } from "../test-shop.ts";
import { toMinor } from "../world/money.ts";
import type { WorldObject } from "../world/world.ts";
import type { CartInput } from "./cart.ts";
import { checkoutJson } from "./checkout-result.ts";
import { orderOutput, productOutput, TestCheckout } from "./test-checkout.ts";

let opened: TestCheckout;
afterEach(() => opened.shop.stop());

const open = async (...objects: WorldObject[]) => {
  opened = await TestCheckout.open(worldOf(...catalog, ...objects));
};
const cart = (lines: CartInput["lines"], changes: Partial<CartInput> = {}): CartInput => ({ lines, ...changes });
const mugs = (quantity: number) => ({ variantId: 11, quantity });
const caps = (quantity: number) => ({ variantId: 21, quantity });
const discounts = (input: CartInput) => opened.check(input).lines.map(({ discountMinor }) => discountMinor);

test("without discounts a cart costs what its variants cost", async () => {
  await open();
  const result = opened.check(cart([mugs(3), caps(1)], { cart: "c1" }));
  expect(result).toMatchObject({
    ...{ currency: "USD", presentmentRate: "1", subtotalMinor: 5000n, totalMinor: 5000n, orderDiscountMinor: 0n },
    ...{ paymentMethods: ["shopify_payments", "manual"], terms: null, checkoutToDraft: false, functions: [] },
    lines: [
      { variantId: 11, quantity: 3, unitPriceMinor: 1000n, discountMinor: 0n, totalMinor: 3000n, discount: null },
      { variantId: 21, quantity: 1, unitPriceMinor: 2000n },
    ],
  });
});

test("a percentage is rounded half up for each line, and says which discount it is and why", async () => {
  await open();
  const both = cart([mugs(3), caps(1)]);
  const [mug = "", cap = ""] = opened.idsOf(both);
  // 12.345 % of 30.00 is 3.7035, of 20.00 is 2.469.
  await opened.discount(productOutput("ALL", { lines: [mug, cap], percent: "12.345", message: "Quantity discount" }));
  const result = opened.check(both);
  expect(result.lines.map((line) => line.discountMinor)).toEqual([370n, 247n]);
  expect(result.lines[0]?.discount).toEqual({
    ...{ discountId: 1, title: "Plan 1", message: "Quantity discount", amountMinor: 370n },
  });
  expect(result.functions).toMatchObject([{ title: "Plan 1", handle: "echo", lost: null, log: ["asked"] }]);
  expect(result.instructions).toBeGreaterThan(41_800);
  expect(checkoutJson("c1", result)).toEqual({
    cart: "c1",
    lines: [
      {
        ...{ variantId: 11, quantity: 3, unitPriceMinor: 1000, discountMinor: 370 },
        ...{ rule: "Plan 1", reason: "Quantity discount" },
      },
      {
        variantId: 21,
        quantity: 1,
        unitPriceMinor: 2000,
        discountMinor: 247,
        rule: "Plan 1",
        reason: "Quantity discount",
      },
    ],
    ...{ orderDiscountMinor: 0, totalMinor: 4383, paymentMethods: ["shopify_payments", "manual"], terms: null },
    ...{ instructions: result.instructions, inputBytes: result.inputBytes, outputBytes: result.outputBytes },
  });
});

test("an amount comes off each item, or off all targets together, and never more than they cost", async () => {
  await open();
  const both = cart([mugs(3), caps(1)]);
  const [mug = "", cap = ""] = opened.idsOf(both);
  await opened.discount(productOutput("ALL", { lines: [mug, cap], amount: "1.255", each: true }));
  expect(discounts(both)).toEqual([378n, 126n]);
  opened.shop.shopify.discounts.delete(1);
  // 10.00 by 30.00 and 20.00.
  await opened.discount(productOutput("ALL", { lines: [mug, cap], amount: "10.00" }));
  expect(discounts(both)).toEqual([600n, 400n]);
  opened.shop.shopify.discounts.delete(2);
  await opened.discount(productOutput("ALL", { lines: [mug, cap], amount: "99.00", each: true }));
  expect(discounts(both)).toEqual([3000n, 2000n]);
  expect(opened.check(both).totalMinor).toBe(0n);
});

test("a target may be some units of a line", async () => {
  await open();
  const [mug = ""] = opened.idsOf(cart([mugs(3)]));
  await opened.discount(productOutput("ALL", { lines: [{ id: mug, quantity: 2 }], percent: "50" }));
  expect(discounts(cart([mugs(3)]))).toEqual([1000n]);
});

test("a strategy takes the first candidate, the largest, or all; of all, a line gets its best", async () => {
  await open();
  const both = cart([mugs(3), caps(1)]);
  const [mug = "", cap = ""] = opened.idsOf(both);
  const candidates = [
    { lines: [mug], percent: "10" },
    { lines: [mug, cap], percent: "20" },
    { lines: [cap], percent: "30" },
  ];
  const taken = async (strategy: string) => {
    const id = await opened.discount(productOutput(strategy, ...candidates));
    const found = discounts(both);
    opened.shop.shopify.discounts.delete(Number(id.split("/").at(-1)));
    return found;
  };
  expect(await taken("FIRST")).toEqual([300n, 0n]);
  expect(await taken("MAXIMUM")).toEqual([600n, 400n]);
  expect(await taken("ALL")).toEqual([600n, 600n]);
});

test("an order discount comes off what product discounts left, and not off gift cards", async () => {
  const voucher = { id: 31, sku: null, title: "25", price: "25.00", unitCost: null };
  const gift = {
    type: "product",
    id: 3,
    title: "Gift Card",
    giftCard: true,
    createdAt: "2025-01-01T00:00:00Z",
  } as const;
  await open({ ...gift, variants: [voucher] });
  const all = cart([mugs(3), { variantId: 31, quantity: 1 }], { taxRate: "0.1" });
  const [mug = "", card = ""] = opened.idsOf(all);
  await opened.discount(productOutput("ALL", { lines: [mug, card], percent: "10" }), {
    combinesWith: { orderDiscounts: true },
  });
  await opened.discount(orderOutput({ percentage: { value: "50" } }), { combinesWith: { productDiscounts: true } });
  const result = opened.check(all);
  // 10 % off 30.00 and off the gift card's 25.00; then half of the 27.00 that the mugs still cost. Tax on 13.50.
  expect(result).toMatchObject({
    lines: [{ discountMinor: 300n }, { discountMinor: 250n }],
    ...{ orderDiscountMinor: 1350n, subtotalMinor: 4950n, taxMinor: 135n, totalMinor: 3735n },
    orderDiscounts: [{ title: "Plan 2", message: "Off the order" }],
  });
});

test("a discount of another class than its Function writes for gives nothing", async () => {
  await open();
  const [mug = ""] = opened.idsOf(cart([mugs(3)]));
  await opened.discount(productOutput("ALL", { lines: [mug], percent: "10" }), { discountClasses: ["ORDER"] });
  expect(discounts(cart([mugs(3)]))).toEqual([0n]);
});

test("subscription lines and others are left out as the discount says", async () => {
  await open();
  const input = cart([mugs(1), { ...mugs(1), sellingPlan: "Every month" }]);
  const lines = opened.idsOf(input);
  await opened.discount(productOutput("ALL", { lines, percent: "10" }), { appliesOnSubscription: false });
  expect(discounts(input)).toEqual([100n, 0n]);
  opened.shop.shopify.discounts.delete(1);
  await opened.discount(productOutput("ALL", { lines, percent: "10" }), { appliesOnOneTimePurchase: false });
  expect(discounts(input)).toEqual([0n, 100n]);
});

test.each([
  { currency: "JPY", rate: "151.237", unit: 1512n, off: 560n, shopOff: "3.70" },
  { currency: "KWD", rate: "0.30711", unit: 3071n, off: 1137n, shopOff: "3.70" },
  { currency: "EUR", rate: "0.92", unit: 920n, off: 341n, shopOff: "3.71" },
])(
  "in $currency prices are converted and discounts rounded at its decimals",
  async ({ currency, rate, unit, off, shopOff }) => {
    await open(order(1, { presentmentCurrency: currency, presentmentRate: rate }));
    // The rate of the latest order in the currency.
    const input = cart([mugs(3)], { presentmentCurrency: currency });
    const [mug = ""] = opened.idsOf(input);
    await opened.discount(productOutput("ALL", { lines: [mug], percent: "12.34" }));
    // 12.34 % of 3 x 1512 is 559.7424, of 3 x 3.071 is 1.13688..., of 3 x 9.20 is 3.40584.
    expect(opened.check(input)).toMatchObject({
      ...{ currency, presentmentRate: rate, totalMinor: unit * 3n - off },
      lines: [{ unitPriceMinor: unit, discountMinor: off }],
    });
    const placed = opened.shop.shopify.placeCart(input, { payment: "now" });
    expect(placed).toMatchObject({ presentmentCurrency: currency, presentmentRate: rate });
    expect(placed.lines[0]).toMatchObject({ unitPrice: "10.00", discount: shopOff });
  },
);

test("a shop in yen counts in yen", async () => {
  opened = await TestCheckout.open(
    worldOf(
      { ...shopObject, currency: "JPY" },
      ...catalog.map((object) => JSON.parse(JSON.stringify(object).replaceAll(".00", "").replace("4.20", "4"))),
    ),
  );
  const [mug = ""] = opened.idsOf(cart([mugs(3)]));
  await opened.discount(productOutput("ALL", { lines: [mug], percent: "15" }));
  // 4.5 of 30
  expect(opened.check(cart([mugs(3)]))).toMatchObject({ lines: [{ discountMinor: 5n }], totalMinor: 25n });
  expect(opened.shop.shopify.placeCart(cart([mugs(3)]), { payment: "now" }).lines[0]).toMatchObject({
    discount: "5.0",
  });
});

test("where prices hold the tax it is the part contained, else it comes on top", async () => {
  await open();
  const input = cart([mugs(3)], { taxRate: "0.2" });
  const [mug = ""] = opened.idsOf(input);
  await opened.discount(productOutput("ALL", { lines: [mug], percent: "10" }));
  expect(opened.check(input)).toMatchObject({ subtotalMinor: 2700n, taxMinor: 540n, totalMinor: 3240n });
  opened.shop.shopify.updateShop({ taxesIncluded: true });
  expect(opened.check(input)).toMatchObject({ subtotalMinor: 2700n, taxMinor: 450n, totalMinor: 2700n });
  const placed = opened.shop.shopify.placeCart(input, { payment: "now" });
  expect(placed.lines[0]).toMatchObject({ discount: "3.00", tax: "4.50" });
  expect(toMinor(placed.transactions[0]?.amount ?? "", "USD")).toBe(2700n);
});

test("a cart that names what is not there is refused", async () => {
  await open();
  const refused: [CartInput, string][] = [
    [cart([{ variantId: 99, quantity: 1 }]), "there is no variant 99"],
    [cart([mugs(1)], { companyLocationId: 9 }), "there is no location 9"],
    [cart([mugs(1)], { companyLocationId: 51, contactId: 7 }), "customer 7 is no contact of Co"],
    [cart([mugs(1)], { customerId: 9 }), "there is no customer 9"],
    [cart([mugs(1)], { contactId: 1 }), "a contact buys at a company's location"],
    [cart([mugs(1)], { presentmentCurrency: "EUR" }), "no rate for EUR"],
    [cart([]), "Too small"],
  ];
  for (const [input, reason] of refused) expect(() => opened.check(input)).toThrow(reason);
});
