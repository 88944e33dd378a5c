import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, type Merchant } from "./merchant.ts";

/** A shop whose webhooks get lost: the merchant has the app look for what it has missed. */
let merchant: Merchant;

beforeAll(async () => {
  merchant = await aMerchant(worldOf(shopObject, ...catalog, order(1), order(2)));
  await install(merchant);
});
afterAll(() => merchant.leave());

test("the status of a shop that was just read says so, and that nothing failed", async () => {
  const { app, open } = merchant;
  await open("/app/status");
  await app.getByRole("heading", { name: "Whole shop read" }).waitFor();
  await app.getByText("No webhooks in the last 24 hours").or(app.getByText("(median of 24 hours)")).waitFor();
  expect(await app.getByText("Nothing", { exact: true }).isVisible()).toBe(true);
});

test("access that was taken away is said to be missing, with what it is for", async () => {
  const { app, open, openAdmin, page, running } = merchant;
  await openAdmin("/settings");
  await page.getByLabel("Take a scope away").selectOption("read_returns");
  await page.getByRole("button", { name: "Revoke scope" }).click();
  await page.getByRole("status").first().waitFor();
  // Shopify tells of it by a webhook, which takes a moment.
  await running.shopify.webhooks.settled();
  await open("/app/status");
  await app.getByText("app/scopes_update").waitFor();
  await app.getByText("Missing", { exact: true }).waitFor();
  expect(await app.getByText("What the shop kept of returns: restocking and return shipping fees.").isVisible()).toBe(
    true,
  );
});

test("an order whose webhook got lost is found by looking for missed changes", async () => {
  const { app, open, running } = merchant;
  running.shopify.webhooks.switches.drop = true;
  const placed = { ...order(3, { customerId: null, email: "guest@example.com" }), processedAt: "2026-10-30T10:00:00Z" };
  running.shopify.placeOrder(placed);
  await open("/app/customers");
  await app.getByText("1 customer", { exact: true }).waitFor();

  await open("/app/status");
  await app.getByRole("button", { name: "Look for missed changes" }).click();
  await app
    .getByText(/^Finished/)
    .nth(1)
    .waitFor();
  await open("/app/customers");
  await app.getByText("2 customers", { exact: true }).waitFor();
  expect(await app.getByText("guest@example.com").count()).toBeGreaterThan(0);
});

test("the page fits a telephone without sideways scrolling, and nothing went wrong in the browser", async () => {
  const { app, open, page, complaints } = merchant;
  await page.setViewportSize({ width: 375, height: 800 });
  await open("/app/status");
  await app.getByRole("heading", { name: "Access" }).waitFor();
  const isTooWide = await app.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth);
  expect(isTooWide).toBe(false);
  expect(complaints).toEqual([]);
});
