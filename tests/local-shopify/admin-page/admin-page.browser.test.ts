import chromium from "@sparticuz/chromium";
import { type Browser, type FrameLocator, type Page, chromium as playwright } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type AdminPage, createAdminPage } from "./admin-page.ts";
import { type FakeApp, FAKE_PUBLIC_URL, startFakeApp } from "./fake-app.ts";
import { startFakeHost } from "./fake-host.ts";

let browser: Browser;
let app: FakeApp;
let host: Awaited<ReturnType<typeof startFakeHost>>;
let admin: AdminPage;
let page: Page;

beforeAll(async () => {
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
});
afterAll(() => browser.close());

beforeEach(async () => {
  app = await startFakeApp();
  host = await startFakeHost();
  await host.oauth.install(host.shopDomain);
  admin = await createAdminPage({ localShopify: host, appUrl: app.url, publicUrl: FAKE_PUBLIC_URL });
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
});
afterEach(async () => {
  await page.close();
  await admin.close();
  await host.close();
  await app.close();
});

const frame = (): FrameLocator => page.frameLocator("[data-app-frame] iframe");
const inFrame = (id: string) => frame().locator(`#${id}`);

test("a merchant installs the app from the start page and sees it in its frame", async () => {
  await host.oauth.uninstall(host.shopDomain);
  await page.goto(admin.url);
  await page.getByRole("link", { name: "Open Pareto" }).click();
  await page.getByText("write_discounts").waitFor();
  await page.getByRole("button", { name: "Install" }).click();
  await inFrame("where").waitFor();
  expect(await inFrame("where").textContent()).toBe("/");
  expect(app.seen[0]?.host).toBe("pareto.example");
});

test("the app's own navigation moves the page, the address bar and back again", async () => {
  await page.goto(admin.appPageUrl);
  await page.getByRole("link", { name: "Customers" }).last().click();
  await expect.poll(() => page.url()).toBe(`${admin.appPageUrl}/customers`);
  expect(await inFrame("where").textContent()).toBe("/customers");
  await expect.poll(() => page.locator('[data-part="title"]').textContent()).toBe("Page /customers");
  await page.goBack();
  await expect.poll(() => page.url()).toBe(admin.appPageUrl);
  expect(await inFrame("where").textContent()).toBe("/");
});

test("a deep link opens its page in the frame, also after the browser came back to it", async () => {
  await page.goto(`${admin.appPageUrl}/customers/7?tab=orders`);
  await expect.poll(() => inFrame("where").textContent()).toBe("/customers/7");
  expect(page.url()).toBe(`${admin.appPageUrl}/customers/7?tab=orders`);
  await inFrame("settings").click();
  await page.waitForURL("**/store/acme/settings");
  await page.goBack();
  await expect.poll(() => inFrame("where").textContent()).toBe("/customers/7");
});

test("a fetch carries an id token, and is tried again when the app calls the token invalid", async () => {
  await page.goto(admin.appPageUrl);
  await inFrame("fetch").click();
  await expect.poll(() => inFrame("out").textContent()).toBe("you");
  const calls = app.seen.filter(({ line }) => line === "POST /api/me");
  expect(calls.map(({ authorized }) => authorized)).toEqual([true, true]);
});

test("an answer that asks for the admin leaves the app for it", async () => {
  host.world.ordersById.set(1, host.world.orders[0] ?? expect.fail("no orders"));
  await page.goto(admin.appPageUrl);
  await inFrame("leave").click();
  await page.waitForURL("**/store/acme/orders/1");
});

test("a page asked for without a token comes back with one", async () => {
  await page.goto(admin.appPageUrl);
  await inFrame("where").waitFor();
  await inFrame("where").evaluate(() => location.assign("/plan?embedded=1&shop=acme.myshopify.com"));
  await expect.poll(() => inFrame("where").textContent()).toBe("/plan");
  expect(app.seen.some(({ line }) => line.startsWith("GET /auth/session-token?"))).toBe(true);
  await expect.poll(() => page.url()).toBe(`${admin.appPageUrl}/plan`);
});

test("toasts show outside the frame and go when dismissed", async () => {
  await page.goto(admin.appPageUrl);
  await inFrame("toast").click();
  await page.getByRole("status").getByText("Saved all").waitFor();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect.poll(() => page.getByText("Saved all").count()).toBe(0);
});

test("the save bar saves, and holds back who would leave", async () => {
  await page.goto(admin.appPageUrl);
  await inFrame("dirty").click();
  await page.getByText("Unsaved changes").waitFor();
  await page.getByRole("link", { name: "Customers" }).last().click();
  await page.getByText("Leave page with unsaved changes?").waitFor();
  await page.getByRole("button", { name: "Stay" }).click();
  expect(await inFrame("where").textContent()).toBe("/");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => inFrame("out").textContent()).toBe("saved");
  await expect.poll(() => page.getByText("Unsaved changes").isVisible()).toBe(false);
});

test("title bar buttons and modals reach the app", async () => {
  await page.goto(admin.appPageUrl);
  await page.locator('[data-part="actions"]').getByRole("button", { name: "Publish" }).click();
  await expect.poll(() => inFrame("out").textContent()).toBe("publish clicked");
  await inFrame("open-modal").click();
  await frame().getByText("Really publish?").waitFor();
  await frame().getByRole("button", { name: "Yes" }).click();
  await expect.poll(() => inFrame("out").textContent()).toBe("yes");
  await expect.poll(() => frame().getByText("Really publish?").isVisible()).toBe(false);
});

test("a test order is placed from the settings and can be read", async () => {
  await page.goto(`${new URL("/store/acme/settings", admin.url)}`);
  const before = host.world.orders.length;
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByRole("status").getByText("is placed").waitFor();
  expect(host.world.orders).toHaveLength(before + 1);
  await page.goto(`${new URL(`/store/acme/orders/${host.world.orders.at(-1)?.id}`, admin.url)}`);
  await page.getByRole("heading", { name: "Totals" }).waitFor();
});

test("nothing runs over the side of a phone, and the menu opens by keyboard", async () => {
  await page.setViewportSize({ width: 375, height: 700 });
  for (const path of ["/", "/store/acme", "/store/acme/settings", "/store/acme/apps/pareto", "/store/acme/orders"]) {
    await page.goto(`${new URL(path, admin.url)}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ path, over: Math.max(0, over) }).toEqual({ path, over: 0 });
  }
  await page.getByRole("button", { name: "Menu" }).press("Enter");
  await page.getByRole("navigation").getByRole("link", { name: "Orders" }).waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("navigation").isVisible()).toBe(false);
});
