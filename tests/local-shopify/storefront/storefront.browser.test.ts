import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type AdminPage, createAdminPage } from "../admin-page/admin-page.ts";
import { figuresOf } from "../world/order-figures.ts";
import { startFakeHost } from "../admin-page/fake-host.ts";

let browser: Browser;
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
  host = await startFakeHost();
  admin = await createAdminPage({ localShopify: host, appUrl: "http://127.0.0.1:9" });
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
});
afterEach(async () => {
  await page.close();
  await admin.close();
  await host.close();
});

const open = (path: string) => page.goto(`${new URL(path, admin.url)}`);

test("from the admin into the shop, and through it to an order", async () => {
  host.discounts.saveRival({ title: "Spring sale", percent: "10" });
  await open("/store/acme");
  await page.getByRole("link", { name: "Visit the shop" }).click();
  await page.getByRole("link", { name: "Everyday Stoneware Mug" }).click();
  await page.getByLabel("Quantity").fill("3");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByText("Spring sale").waitFor();
  await page.getByLabel("Quantity of Everyday Stoneware Mug").fill("4");
  await page.getByLabel("Quantity of Everyday Stoneware Mug").press("Tab");
  await expect.poll(() => page.locator(".count").textContent()).toBe("4");
  await page.getByLabel("Pay now and save").check();
  await expect.poll(() => page.getByLabel("Pay now and save").isChecked()).toBe(true);
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel("Credit card").waitFor();
  await page.getByLabel("E-mail").fill("guest@example.com");
  const before = host.world.orders.length;
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByText("Your order is").waitFor();
  expect(host.world.orders).toHaveLength(before + 1);
});

test("a person shops as a company's contact, found by name", async () => {
  const [company] = host.world.companies.values();
  if (!company) throw new Error("the world has no company");
  await open("/storefront");
  await page.getByRole("link", { name: "Change" }).click();
  await page.getByLabel("Name or e-mail").fill(company.name);
  await page.getByRole("button", { name: "Search" }).click();
  await page
    .getByRole("button", { name: `Shop as ${company.name}` })
    .first()
    .click();
  await expect.poll(() => page.getByRole("region", { name: "Shopping as" }).textContent()).toContain(company.name);
});

test("nothing runs over the side of a phone", async () => {
  await page.setViewportSize({ width: 375, height: 700 });
  await open("/storefront/products/7");
  await page.getByRole("button", { name: "Add to cart" }).click();
  const paths = ["", "/products/7", "/cart", "/checkout", "/as"].map((path) => `/storefront${path}`);
  const indebted = host.world.orders.find(
    (order) => order.companyLocationId !== null && figuresOf(host.world, order).totals.outstanding > 0n,
  );
  const place = host.world.locations.get(indebted?.companyLocationId ?? 0);
  if (!place) throw new Error("no company of the world owes anything");
  await open(`/storefront/as?q=${encodeURIComponent(place.company.name)}`);
  await page
    .getByRole("button", { name: `Shop as ${place.company.name}, ${place.location.name}` })
    .first()
    .click();
  for (const path of [...paths, "/storefront/orders", "/store/acme/discounts"]) {
    await open(path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ path, over: Math.max(0, over) }).toEqual({ path, over: 0 });
  }
});
