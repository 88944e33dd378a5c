import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, publishPlan, type Merchant } from "./merchant.ts";
import { inTheShop, putIntoCart, shopAs } from "./shopper.ts";

/** A shop that rewards paying now, and buyers at its storefront: a shopper, and somebody who buys for a company on terms. */
let merchant: Merchant;

beforeAll(async () => {
  merchant = await aMerchant(worldOf({ ...shopObject, plan: "PLUS" }, ...catalog));
  await install(merchant);
  await publishPlan(merchant, { parts: [{ kind: "pay-now", percent: "2" }] });
});
afterAll(() => merchant.leave());

const CARD = "Credit card";
const CASH = "Cash on Delivery (COD)";
const TERMS = /Pay later/;

/** What the checkout offers, of the ways to pay that there are. */
const offered = async (): Promise<string[]> => {
  const { page } = merchant;
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByRole("button", { name: "Place order" }).waitFor();
  const ways = [CARD, CASH, TERMS].map(async (name) => ((await page.getByLabel(name).count()) > 0 ? String(name) : ""));
  return (await Promise.all(ways)).filter((name) => name !== "");
};

test("a shopper who asks to pay now sees the percentage, and no cash on delivery", async () => {
  const { page } = merchant;
  await putIntoCart(merchant, "10");
  expect(await offered()).toEqual([CARD, CASH]);
  await inTheShop(merchant, "/cart");
  await page.getByLabel("Pay now and save").check();
  await page.getByText("Pay-now discount").waitFor();
  // 2 % of 10 mugs for 10.00.
  await page.getByText("$98.00").first().waitFor();
  expect(await offered()).toEqual([CARD]);
  await page.getByLabel("E-mail").fill("guest@example.com");
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByText("Your order is").waitFor();
});

test("a buyer for a company who asks to pay now sees the percentage, and no payment terms", async () => {
  const { page } = merchant;
  await shopAs(merchant, "Co");
  await putIntoCart(merchant, "10");
  expect(await offered()).toContain(String(TERMS));
  await inTheShop(merchant, "/cart");
  await page.getByLabel("Pay now and save").check();
  await page.getByText("Pay-now discount").waitFor();
  expect(await offered()).toEqual([CARD]);
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByText("Your order is").waitFor();
});

test("the merchant sees that it is on, and that nobody got it unpaid", async () => {
  const { app, open } = merchant;
  await open("/app/discounts");
  await app.getByText("Pay now is on: buyers who ask for it are shown no way to pay later.").waitFor();
  expect(await app.getByText("without being paid").count()).toBe(0);
});

test("an order that got it unpaid is shown, and can be charged back", async () => {
  const { app, open, page, running } = merchant;
  // The shop calls its method otherwise now: nothing can be hidden, and the buyer pays cash.
  running.shopify.payments.renameMethod("shopify_payments", "Kreditkarte");
  const cart = { lines: [{ variantId: 11, quantity: 10 }], attributes: { pareto_pay_now: "yes" } };
  const { id, name } = running.shopify.placeCart({ ...cart, email: "cod@example.com" }, { payment: "manual" });
  await running.shopify.webhooks.settled();
  await expect
    .poll(
      async () => {
        await open("/app/discounts/unpaid");
        await app.getByRole("heading", { name: "Pay now, not paid" }).waitFor();
        return app.getByRole("heading", { name }).count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await app.getByText("$2.00 for paying now").waitFor();
  await app.getByRole("button", { name: `Charge the discount back on ${name}` }).click();
  await app.getByText("Charged back", { exact: true }).waitFor();
  const order = running.shopify.world.ordersById.get(id);
  expect(order?.edits).toMatchObject([{ add: [{ title: "Pay-now discount charged back", unitPrice: "2.00" }] }]);
  expect(page.url()).toContain("/unpaid");
});

test("up to here nothing went wrong in the browser", () => {
  expect(merchant.complaints).toEqual([]);
});
