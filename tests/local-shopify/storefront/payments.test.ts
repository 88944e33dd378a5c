import { afterEach, beforeEach, expect, test } from "vitest";
import { TestCheckout } from "../checkout/test-checkout.ts";
import { catalog, NOW, order, WebhookReceiver, worldOf } from "../test-shop.ts";
import type { WorldObject } from "../world/world.ts";
import { Storefront } from "./storefront.ts";
import { answerStorefront } from "./storefront-routes.ts";

const [mug, cap, ann, co] = catalog;
const bob = { ...ann, id: 2, firstName: "Bob", lastName: "Birch", email: "bob@example.com" };
const net30 = { type: "NET" as const, dueInDays: 30 };
const hq = { id: 51, name: "HQ", terms: net30, depositPercent: null, checkoutToDraft: false };
const places = [
  hq,
  { ...hq, id: 52, name: "Deposit", depositPercent: "25" },
  { ...hq, id: 53, name: "Drafts", checkoutToDraft: true },
  { ...hq, id: 54, name: "Cash", terms: null },
];
const invoice = order(1, { companyLocationId: 51, terms: { ...net30, issuedAt: "2026-10-02T02:00:00Z" } });
const objects = [mug, cap, ann, bob, { ...co, locations: places }, invoice] as WorldObject[];

let opened: TestCheckout;
let receiver: WebhookReceiver;
let url: string;
let cookie: string;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  receiver = await new WebhookReceiver().open();
  opened = await TestCheckout.open(worldOf(...objects), { appUrl: receiver.url, now: () => now });
  const { shopify } = opened.shop;
  url = shopify.publicUrl;
  cookie = "";
  const storefront = new Storefront({
    ...{ url, world: shopify.world, payments: shopify.payments },
    checkout: (cart) => shopify.checkout(cart),
    placeCart: (cart, choice) => shopify.placeCart(cart, choice),
    pay: (orderId, amount) => shopify.pay(orderId, amount),
  });
  shopify.handleBrowser((request, response) => void answerStorefront(storefront, request, response));
});
afterEach(async () => {
  await opened.shop.stop();
  receiver.close();
});

const ask = async (path: string, form?: Record<string, string>) => {
  const body = form && new URLSearchParams(form);
  const answer = await fetch(new URL(path, url), {
    ...{ redirect: "manual", method: body ? "POST" : "GET" },
    ...(body ? { body } : {}),
    headers: { cookie, ...(body ? { origin: url } : {}) },
  });
  cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
  return answer;
};
const page = async (path: string) => (await (await ask(path)).text()).replaceAll(/\s+/g, " ").replaceAll(" >", ">");
const shopAs = (key: string) => ask("/storefront/as", { as: key });
const fill = () => ask("/storefront/cart/add", { variantId: "11", quantity: "2" });
const transactions = (id = 1) => opened.shop.shopify.world.ordersById.get(id)?.transactions;

test("paying now is offered to a company with terms of its own, and to others where a manual method is", async () => {
  await fill();
  const offers = async (key: string) => {
    await shopAs(key);
    return (await page("/storefront/cart")).includes("Pay now and save");
  };
  expect(await offers("company-51-1")).toBe(true);
  for (const without of ["company-52-1", "company-53-1", "company-54-1"]) expect(await offers(without)).toBe(false);
  expect(await offers("guest")).toBe(true);
  expect(await offers("customer-2")).toBe(true);
  opened.shop.shopify.payments.offer([{ gateway: "shopify_payments", name: "Credit card" }]);
  expect([await offers("guest"), await offers("customer-2"), await offers("company-51-1")]).toEqual([
    false,
    false,
    true,
  ]);
});

test("the wish to pay now is ticked, goes with the order, and is taken away again", async () => {
  await shopAs("company-51-1");
  await fill();
  await ask("/storefront/cart/pay-now", { payNow: "yes" });
  expect(await page("/storefront/cart")).toContain('value="yes" data-auto-submit checked');
  await ask("/storefront/cart/pay-now", {});
  expect(await page("/storefront/cart")).not.toContain("checked");
  await ask("/storefront/cart/pay-now", { payNow: "yes" });
  await ask("/storefront/order", { payment: "now:shopify_payments" });
  expect(opened.shop.shopify.world.orders.at(-1)).toMatchObject({ attributes: { pareto_pay_now: "yes" }, terms: null });
  await shopAs("company-52-1");
  await fill();
  await ask("/storefront/cart/pay-now", { payNow: "yes" });
  await ask("/storefront/order", { payment: "terms" });
  expect(opened.shop.shopify.world.orders.at(-1)?.attributes).toBeUndefined();
});

test("the checkout lists the methods by their names, and pays by the one that is chosen", async () => {
  opened.shop.shopify.payments.offer([
    { gateway: "paypal", name: "PayPal & friends" },
    { gateway: "bank", name: "Bank deposit", isManual: true },
  ]);
  await fill();
  const checkout = await page("/storefront/checkout");
  expect(checkout).toContain("<span>PayPal &amp; friends</span>");
  expect(checkout).toContain('value="manual:bank"');
  expect(checkout).not.toContain("Pay later");
  await ask("/storefront/order", { payment: "manual:bank", email: "x@example.com" });
  expect(transactions(2)).toMatchObject([{ gateway: "bank", status: "PENDING" }]);
  await fill();
  const refused = await ask("/storefront/order", { payment: "now:shopify_payments", email: "x@example.com" });
  expect(await page(refused.headers.get("location") ?? "")).toContain("no payment at once by shopify_payments");
  opened.shop.shopify.payments.offer([]);
  expect(await page("/storefront/checkout")).toContain("The shop offers no way to pay.");
});

test("a company sees its invoices with what is open and when it is due, and pays in parts", async () => {
  await shopAs("company-51-1");
  const orders = await page("/storefront/orders");
  // Issued on the evening of the first of October in New York.
  expect(orders).toContain("2026-10-01 · Net 30, due 2026-10-31");
  expect(orders).toContain("Open: $30.00");
  const paid = await ask("/storefront/orders/pay", { orderId: "1", amount: "12.50" });
  expect(await page(paid.headers.get("location") ?? "")).toContain("Thank you: $12.50 is paid for #1001.");
  expect(transactions()).toEqual([
    {
      ...{ kind: "SALE", gateway: "shopify_payments", amount: "12.50", fee: "0.25" },
      ...{ processedAt: "2026-10-31T12:00:00Z", status: "SUCCESS" },
    },
  ]);
  now = new Date("2026-11-05T00:00:00Z");
  await ask("/storefront/orders/pay", { orderId: "1", amount: "" });
  expect(transactions()).toMatchObject([{ amount: "12.50" }, { amount: "17.50", processedAt: "2026-11-05T00:00:00Z" }]);
  expect(await page("/storefront/orders")).toContain("nothing to pay");
});

test("what cannot be paid is said, and nobody pays for the orders of others", async () => {
  await shopAs("company-51-1");
  const problem = async (amount: string) => {
    const refused = await ask("/storefront/orders/pay", { orderId: "1", amount });
    return page(refused.headers.get("location") ?? "");
  };
  expect(await problem("30.01")).toContain("no more than 30.00 is open on order #1001");
  expect(await problem("0")).toContain("the amount is nothing");
  expect(await problem("-5")).toContain("an amount is a decimal such as 12.50");
  expect(await problem("1.001")).toContain("has more decimals than USD allows");
  for (const other of ["company-52-1", "customer-1", "customer-2", "guest"]) {
    await shopAs(other);
    expect((await ask("/storefront/orders/pay", { orderId: "1", amount: "1" })).status).toBe(404);
  }
  expect(transactions()).toEqual([]);
  expect((await ask("/storefront/orders")).headers.get("location")).toBe("/storefront/as");
});

test("a customer pays an order that waits for its money", async () => {
  await shopAs("customer-2");
  expect(await page("/storefront/orders")).toContain("There is none yet.");
  await fill();
  await ask("/storefront/order", { payment: "manual:manual" });
  expect(await page("/storefront/orders")).toContain("waits for its payment");
  await ask("/storefront/orders/pay", { orderId: "2", amount: "20.00" });
  expect(transactions(2)).toMatchObject([{ status: "PENDING" }, { status: "SUCCESS", amount: "20.00" }]);
  const { data } = await opened.shop.graphql(`{ order(id: "gid://shopify/Order/2") { displayFinancialStatus } }`);
  expect(data).toEqual({ order: { displayFinancialStatus: "PAID" } });
});
