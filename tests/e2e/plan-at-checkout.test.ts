import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { aMerchant, install, publishPlan, type Merchant } from "./merchant.ts";
import { inTheShop, putIntoCart, shopAs } from "./shopper.ts";

/** A shop with a plan that is in force, and shoppers at its storefront. */
let merchant: Merchant;

const PLAN = {
  title: "Volume prices",
  parts: [
    { kind: "quantity-break", scope: "variant", measure: "units", steps: [{ from: 12, percent: "10" }] },
    { kind: "cumulative", window: { days: 365 }, measure: "net-sales", steps: [{ from: "500", percent: "15" }] },
  ],
  limits: { minMarginPercent: "20" },
};

const bea: WorldObject = {
  type: "customer",
  id: 2,
  firstName: "Bea",
  lastName: "Berg",
  email: "bea@example.com",
  countryCode: "GB",
  createdAt: "2025-02-01T00:00:00Z",
};

/** Bea bought for 600.00 on the 5th of November 2025: it counts through the 4th of November 2026. */
const bought = order(1, {
  customerId: 2,
  processedAt: "2025-11-05T15:00:00Z",
  lines: [
    { id: 11, variantId: 11, title: "Mug", quantity: 60, unitPrice: "10.00", discount: "0", tax: "0", giftCard: false },
  ],
});

beforeAll(async () => {
  merchant = await aMerchant(worldOf(shopObject, ...catalog, bea, bought));
  await install(merchant);
  await publishPlan(merchant, PLAN);
});
afterAll(() => merchant.leave());

test("a shopper who puts twelve into the cart sees the break and what it is called", async () => {
  const { page } = merchant;
  await putIntoCart(merchant, "11");
  await page.getByLabel(/^Quantity of Mug/).waitFor();
  expect(await page.getByText("Quantity discount").count()).toBe(0);
  await page.getByLabel(/^Quantity of Mug/).fill("12");
  await page.getByLabel(/^Quantity of Mug/).press("Tab");
  await page.getByText("Quantity discount").waitFor();
  await page.getByText("$108.00").first().waitFor();
});

test("the order comes back by webhook, and the ledger has its discount", async () => {
  const { page, running, app, open } = merchant;
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel("E-mail").fill("guest@example.com");
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByText("Your order is").waitFor();
  await running.shopify.webhooks.settled();
  await expect
    .poll(
      async () => {
        await open("/app/customers?q=guest");
        await app.getByText(/^\d+ customers?$/).waitFor();
        return app.getByText("$108.00").count();
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
});

test("a customer past a cumulative step sees it, and no longer after the day on which it ends", async () => {
  const { page, running } = merchant;
  await shopAs(merchant, "Bea Berg");
  await putIntoCart(merchant, "1");
  await page.getByText("$8.50").first().waitFor();
  const { clock } = running.shopify;
  const leap = new Date("2026-11-05T17:00:00Z").getTime() - clock.now().getTime();
  clock.advance(leap);
  await inTheShop(merchant, "/cart");
  await page.getByText("$10.00").first().waitFor();
  expect(await page.getByText("$8.50").count()).toBe(0);
  clock.advance(-leap);
});

test("up to here nothing went wrong in the browser", () => {
  expect(merchant.complaints).toEqual([]);
});
