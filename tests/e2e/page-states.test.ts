import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, type Merchant } from "./merchant.ts";

/** A shop that has sold nothing yet, and everything that a merchant can take away from the app. */
let merchant: Merchant;

beforeAll(async () => {
  merchant = await aMerchant(worldOf(shopObject, ...catalog));
  await install(merchant);
});
afterAll(() => merchant.leave());

const expectToSee = async (text: string): Promise<void> => {
  await merchant.app.getByText(text).waitFor();
};

const readAgain = async (): Promise<void> => {
  const { app, open } = merchant;
  await open("/app");
  await app.getByRole("button", { name: /Read the shop again|Try again/ }).click();
};

const inAdminSettings = async (act: () => Promise<void>): Promise<void> => {
  await merchant.openAdmin("/settings");
  await act();
  await merchant.page.getByRole("status").first().waitFor();
};

const missingScopes = async (): Promise<number> => {
  const { app, open } = merchant;
  await open("/app/status");
  await app.getByRole("heading", { name: "Whole shop read" }).waitFor();
  return app.getByText("Missing", { exact: true }).count();
};

/** Takes a scope away, and waits until the app has heard of it. */
const takeAway = async (scope: string): Promise<void> => {
  const before = await missingScopes();
  await inAdminSettings(async () => {
    await merchant.page.getByLabel("Take a scope away").selectOption(scope);
    await merchant.page.getByRole("button", { name: "Revoke scope" }).click();
  });
  await expect.poll(missingScopes, { timeout: 15_000 }).toBe(before + 1);
};

test("a shop without orders is told what will show up here", async () => {
  await merchant.open("/app");
  await expectToSee("No orders in this window yet");
});

test("the list of customers of a shop without orders says that there are none", async () => {
  await merchant.goTo("Customers");
  await merchant.app.getByText("0 customers", { exact: true }).waitFor();
  await expectToSee("No customers yet");
  expect(await merchant.app.getByRole("button", { name: "Export CSV" }).isDisabled()).toBe(true);
});

test("up to here nothing went wrong in the browser", () => {
  expect(merchant.complaints).toEqual([]);
});

test("a customer who is not there is said to be not there, with a way back", async () => {
  await merchant.open("/app/customers/4711");
  await expectToSee("There is nothing here");
  await merchant.app.getByRole("link", { name: "Home" }).click();
  await expectToSee("No orders in this window yet");
});

test("a program that says that it is one is told where Pareto opens", async () => {
  const { page, running } = merchant;
  const robot = await page.context().browser()?.newPage({ userAgent: "Mozilla/5.0 HeadlessChrome/142.0.0.0" });
  await robot?.goto(`${running.appUrl}/app`);
  // Once the browser's bundle has taken the page over, too.
  await robot?.waitForLoadState("networkidle");
  expect(await robot?.getByRole("heading", { level: 1 }).innerText()).toBe("Open Pareto in a browser");
  await robot?.close();
});

test("without read_all_orders the home page says which orders it could not see", async () => {
  await takeAway("read_all_orders");
  await readAgain();
  await expectToSee("Pareto could not see everything");
  await expectToSee("Only orders of the last 60 days could be read");
});

test("without read_customers the home page says that customers and orders were left out, until it is granted", async () => {
  // Who may write customers may read them.
  await takeAway("write_customers");
  await takeAway("read_customers");
  await readAgain();
  await expectToSee("Customers: access was not granted");
  await expectToSee("Orders: access was not granted");
  const { oauth } = merchant.running.shopify;
  oauth.changeScopes([...oauth.grantedScopes, "read_customers", "write_customers"]);
  await expect.poll(missingScopes, { timeout: 15_000 }).toBe(1);
  await readAgain();
  await expectToSee("Only orders of the last 60 days could be read");
  expect(await merchant.app.getByText("access was not granted").count()).toBe(0);
});

test("with a revoked token the page says what to do, and doing it helps", async () => {
  await inAdminSettings(() => merchant.page.getByRole("button", { name: "Revoke access tokens" }).click());
  await readAgain();
  await expectToSee("Shopify no longer accepts the app's access");
  await expectToSee("Reload this page to sign in again");
  await readAgain();
  await expectToSee("Pareto could not see everything");
  expect(await merchant.app.getByText("Shopify no longer accepts").count()).toBe(0);
});

test("after an uninstall the merchant can install the app again and it works", async () => {
  await inAdminSettings(() => merchant.page.getByRole("button", { name: "Uninstall" }).click());
  await install(merchant);
  // The merchant may be back before the app has heard of the uninstall; the next look is a new one.
  await expect
    .poll(
      async () => {
        await merchant.open("/app");
        await expectToSee("No orders in this window yet");
        return merchant.app.getByText("Pareto could not see everything").count();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(0);
});

test("a browser that opens the app outside the admin is told where to find it", async () => {
  await merchant.page.goto(merchant.running.appUrl);
  const notice = merchant.page.getByText("Pareto runs inside the Shopify admin");
  await notice.waitFor();
  expect(await notice.count()).toBe(1);
});
