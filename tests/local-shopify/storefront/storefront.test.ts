import { afterEach, beforeEach, expect, test } from "vitest";
import { productOutput, TestCheckout } from "../checkout/test-checkout.ts";
import { catalog, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";
import { Storefront } from "./storefront.ts";
import { answerStorefront } from "./storefront-routes.ts";

const [mug, cap, ann, co] = catalog as Extract<WorldObject, { type: "product" }>[];
const bob = { ...ann, id: 2, firstName: "<b>Bob</b>", lastName: "O'Neill", email: "bob@example.com" };
const place = {
  ...{ id: 51, name: "HQ", terms: { type: "NET", dueInDays: 30 }, depositPercent: null, checkoutToDraft: false },
  catalogPrices: [{ variantId: 11, price: "8.00" }],
};
const objects = [{ ...mug, collections: ["mugs"] }, cap, ann, bob, { ...co, locations: [place] }] as WorldObject[];

let opened: TestCheckout;
let url: string;
let cookie: string;
beforeEach(async () => {
  opened = await TestCheckout.open(worldOf(...objects));
  const { shopify } = opened.shop;
  url = shopify.publicUrl;
  cookie = "";
  const { world } = shopify;
  const storefront = new Storefront({
    ...{ url, world },
    checkout: (cart) => shopify.checkout(cart),
    placeCart: (cart, choice) => shopify.placeCart(cart, choice),
    payments: shopify.payments,
    pay: (orderId, amount) => shopify.pay(orderId, amount),
  });
  shopify.handleBrowser((request, response) => void answerStorefront(storefront, request, response));
});
afterEach(() => opened.shop.stop());

const ask = async (
  path: string,
  init: { method?: string; body?: URLSearchParams; headers?: Record<string, string> } = {},
) => {
  const answer = await fetch(new URL(path, url), { redirect: "manual", ...init, headers: { ...init.headers, cookie } });
  cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
  return answer;
};
const page = async (path: string) => (await (await ask(path)).text()).replaceAll(/\s+/g, " ").replaceAll(" >", ">");
const post = (path: string, form: Record<string, string>, origin = url) =>
  ask(path, { method: "POST", body: new URLSearchParams(form), headers: { origin } });
const orders = () => opened.shop.shopify.world.orders;

test("every page answers, and one that there is not is not found", async () => {
  for (const path of [
    "/storefront",
    "/storefront?collection=mugs",
    "/storefront/products/1",
    "/storefront/cart",
    "/storefront/as",
  ]) {
    expect({ path, status: (await ask(path)).status }).toEqual({ path, status: 200 });
  }
  for (const path of ["/storefront/products/9", "/storefront/thanks/1", "/storefront/nowhere"]) {
    expect({ path, status: (await ask(path)).status }).toEqual({ path, status: 404 });
  }
  expect((await ask("/storefront/assets/storefront.css")).headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect((await ask("/storefront/checkout")).headers.get("location")).toBe("/storefront/cart");
});

test("a guest fills a cart, sees the discount with the old price struck through, and places an order", async () => {
  const lines = opened.idsOf({ lines: [{ variantId: 11, quantity: 3 }] });
  await opened.discount(productOutput("ALL", { lines, percent: "10", message: "Quantity <discount>" }));
  await post("/storefront/cart/add", { variantId: "11", quantity: "1" });
  await post("/storefront/cart/add", { variantId: "11", quantity: "2" });
  const cart = await page("/storefront/cart");
  expect(cart).toContain('<div class="off">Quantity &lt;discount&gt;</div>');
  expect(cart).toContain("<s>$30.00</s> <b>$27.00</b>");
  expect(await page("/storefront/checkout")).toContain("Place order: $27.00");
  const placed = await post("/storefront/order", { payment: "now", email: "guest@example.com" });
  expect(placed.headers.get("location")).toBe("/storefront/thanks/1");
  expect(await page("/storefront/thanks/1")).toContain("Your order is <b>#1</b>");
  expect(orders()).toMatchObject([
    { customerId: null, email: "guest@example.com", lines: [{ quantity: 3, discount: "3.00" }] },
  ]);
  expect(await page("/storefront/cart")).toContain("It is empty.");
});

test("quantities are changed and lines taken out", async () => {
  await post("/storefront/cart/add", { variantId: "11", quantity: "5" });
  await post("/storefront/cart/set", { variantId: "11", quantity: "2" });
  expect(await page("/storefront/cart")).toContain("<b>$20.00</b>");
  await post("/storefront/cart/set", { variantId: "11", quantity: "2", remove: "1" });
  expect(await page("/storefront/cart")).toContain("It is empty.");
  expect((await post("/storefront/cart/add", { variantId: "99", quantity: "1" })).status).toBe(400);
  expect((await post("/storefront/cart/add", { variantId: "11", quantity: "-1" })).status).toBe(400);
});

test("shoppers are found by name or address, and their names are escaped", async () => {
  const found = await page("/storefront/as?q=bob%40");
  expect(found).toContain("&lt;b&gt;Bob&lt;/b&gt; O&#39;Neill");
  expect(found).not.toContain("ann@example.com");
  expect(await page("/storefront/as?q=%22%3E%3Cscript%3E")).toContain('value="&quot;&gt;&lt;script&gt;"');
  await post("/storefront/as", { as: "customer-2" });
  expect(await page("/storefront")).toContain("Shopping as <b>&lt;b&gt;Bob&lt;/b&gt; O&#39;Neill</b>");
  expect((await post("/storefront/as", { as: "customer-9" })).status).toBe(400);
  expect((await post("/storefront/as", { as: "company-51-2" })).status).toBe(400);
});

test("a company's contact has the prices of the location, may pay later, and may wish to pay now", async () => {
  await post("/storefront/as", { as: "company-51-1" });
  expect(await page("/storefront/products/1")).toContain("$8.00");
  await post("/storefront/cart/add", { variantId: "11", quantity: "2" });
  await post("/storefront/cart/pay-now", { payNow: "yes" });
  expect(await page("/storefront/cart")).toContain('value="yes" data-auto-submit checked');
  const checkout = await page("/storefront/checkout");
  expect(checkout).toContain("Pay later: Net 30");
  expect(checkout).not.toContain("E-mail");
  await post("/storefront/order", { payment: "terms" });
  expect(orders()).toMatchObject([
    { customerId: 1, companyLocationId: 51, terms: { type: "NET", dueInDays: 30 }, lines: [{ unitPrice: "8.00" }] },
  ]);
});

test("a location's breaks stand below the variant, for those alone who buy for it, and the cart has the price reached", async () => {
  const breaks = [
    { from: 10, price: "7.50" },
    { from: 100, price: "6.25" },
  ];
  const catalogPrices = [{ variantId: 11, price: "8.00", breaks }];
  opened.shop.shopify.saveCompany({ ...co, locations: [{ ...place, catalogPrices }] });
  expect(await page("/storefront/products/1")).not.toContain("Quantity prices");
  await post("/storefront/as", { as: "company-51-1" });
  const product = await page("/storefront/products/1");
  expect(product).toContain('aria-label="Quantity prices of Blue"');
  expect(product).toContain("<li>from 10: $7.50 each</li><li>from 100: $6.25 each</li>");
  expect(await page("/storefront/products/2")).not.toContain("Quantity prices");
  await post("/storefront/cart/add", { variantId: "11", quantity: "9" });
  expect(await page("/storefront/cart")).toContain("$8.00 each");
  await post("/storefront/cart/add", { variantId: "11", quantity: "1" });
  const cart = await page("/storefront/cart");
  expect(cart).toContain("$7.50 each");
  expect(cart).toContain("<b>$75.00</b>");
});

test("why an order is not placed is said at the checkout", async () => {
  await post("/storefront/cart/add", { variantId: "11", quantity: "2" });
  const refused = await post("/storefront/order", { payment: "terms", email: "x@example.com" });
  expect(await page(refused.headers.get("location") ?? "")).toContain("the buyer has no payment terms");
  expect(orders()).toEqual([]);
});

test("visitors have carts of their own, and other sites cannot act for them", async () => {
  await post("/storefront/cart/add", { variantId: "11", quantity: "2" });
  expect((await post("/storefront/cart/add", { variantId: "11", quantity: "2" }, "http://evil.example")).status).toBe(
    403,
  );
  expect(await page("/storefront/cart")).toContain("<b>$20.00</b>");
  cookie = "storefront=somebody-else";
  expect(await page("/storefront/cart")).toContain("It is empty.");
});

test("what goes while somebody shops goes from their cart, and who goes is a guest", async () => {
  await post("/storefront/as", { as: "customer-2" });
  await post("/storefront/cart/add", { variantId: "21", quantity: "1" });
  opened.shop.shopify.deleteProduct(2);
  opened.shop.shopify.deleteCustomer(2);
  const cart = await page("/storefront/cart");
  expect(cart).toContain("It is empty.");
  expect(cart).toContain("Shopping as <b>Guest</b>");
});
