import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { catalog, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { USER_AGENT } from "#tests/setup/app-under-test.ts";
import { aMerchant, install, type Merchant } from "./merchant.ts";

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

const publish = async (): Promise<void> => {
  const { running } = merchant;
  const ask = async (target: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization: `Bearer ${running.shopify.oauth.mintSessionToken()}`, "user-agent": USER_AGENT };
    const response = await fetch(`${running.appUrl}${target}`, { ...init, headers });
    expect(response.status).toBe(200);
    return response.json();
  };
  await ask("/app/discounts.json?publish=1", { method: "POST", body: JSON.stringify(PLAN) });
  for (;;) {
    const status = z.object({ publish: z.object({ status: z.string() }) }).parse(await ask("/app/status.json"));
    if (status.publish.status === "finished") return;
    expect(status.publish.status).toBe("running");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};

beforeAll(async () => {
  merchant = await aMerchant(worldOf(shopObject, ...catalog, bea, bought));
  await install(merchant);
  await publish();
});
afterAll(() => merchant.leave());

const inTheShop = async (path: string): Promise<void> => {
  await merchant.page.goto(new URL(`/storefront${path}`, merchant.running.admin.url).href);
};

const putIntoCart = async (quantity: string): Promise<void> => {
  const { page } = merchant;
  await inTheShop("/products/1");
  await page.getByLabel("Quantity").fill(quantity);
  await page.getByRole("button", { name: "Add to cart" }).click();
};

const shopAs = async (name: string): Promise<void> => {
  const { page } = merchant;
  await inTheShop("/as");
  await page.getByLabel("Name or e-mail").fill(name);
  await page.getByRole("button", { name: "Search" }).click();
  await page
    .getByRole("button", { name: `Shop as ${name}` })
    .first()
    .click();
};

test("a shopper who puts twelve into the cart sees the break and what it is called", async () => {
  const { page } = merchant;
  await putIntoCart("11");
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
  await shopAs("Bea Berg");
  await putIntoCart("1");
  await page.getByText("$8.50").first().waitFor();
  const { clock } = running.shopify;
  const leap = new Date("2026-11-05T17:00:00Z").getTime() - clock.now().getTime();
  clock.advance(leap);
  await inTheShop("/cart");
  await page.getByText("$10.00").first().waitFor();
  expect(await page.getByText("$8.50").count()).toBe(0);
  clock.advance(-leap);
});

test("up to here nothing went wrong in the browser", () => {
  expect(merchant.complaints).toEqual([]);
});
