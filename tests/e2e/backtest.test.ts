import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, line, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, publishPlan, type Merchant } from "./merchant.ts";

/** A merchant whose plan is in force tries it, and another one, on the orders of the past. */
let merchant: Merchant;

const LONG_TITLE = "Mug of blue stoneware, glazed by hand, with a handle for the left and one for the right";

const plan = (percent: string) => ({
  title: `From ten ${percent} %`,
  parts: [
    { kind: "quantity-break", scope: "variant", measure: "units", steps: [{ from: 10, percent }] },
    { kind: "tier-price", tiers: { A: "3" } },
  ],
  limits: { minMarginPercent: "20" },
});

const expectToSee = async (text: string | RegExp): Promise<void> => {
  await merchant.app.getByText(text).first().waitFor();
};

beforeAll(async () => {
  const mugs = order(1, { lines: [line(11, { quantity: 12 })] });
  // At 3.00 after a discount, and it cost 4.20.
  const belowCost = order(2, { lines: [line(21, { title: LONG_TITLE, quantity: 1, discount: "7.00" })] });
  merchant = await aMerchant(worldOf(shopObject, ...catalog, mugs, belowCost));
  await install(merchant);
});
afterAll(() => merchant.leave());

test("before there is a plan, the page says that one is to be saved first", async () => {
  await merchant.open("/app/discounts/backtest");
  await expectToSee("There is no plan to try yet");
});

test("orders that were placed under the plan are given back to the cent, by the plan as it was published", async () => {
  const { app, running, open } = merchant;
  await publishPlan(merchant, plan("10"));
  // Shopify tells instants to the second: an order of the same one could be from before.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  for (const quantity of [1, 10, 24]) {
    running.shopify.placeCart({ lines: [{ variantId: 11, quantity }], customerId: 1 }, { payment: "now" });
  }
  await running.shopify.webhooks.settled();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await publishPlan(merchant, plan("15"));
  await open("/app/discounts/backtest");
  await expect
    .poll(
      async () => {
        await app.getByRole("button", { name: "Start", exact: true }).click();
        await app.getByRole("link", { name: "Version 2 on all orders" }).first().click();
        await expectToSee("replayed");
        const isThere = (await app.getByText("5 orders with 5 lines replayed").count()) > 0;
        if (!isThere) await open("/app/discounts/backtest");
        return isThere;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  await expectToSee(
    "3 orders placed while a plan was in force: the plan gives back every line's discount to the cent.",
  );
  await expectToSee("Behaviour is held fixed");
});

test("two back-tests stand side by side", async () => {
  const { app, open } = merchant;
  await open("/app/discounts/backtest");
  await app.getByLabel("Plan", { exact: true }).selectOption("1");
  await app.getByLabel("Orders", { exact: true }).selectOption("days");
  await app.getByLabel("Days", { exact: true }).fill("30");
  await app.getByRole("button", { name: "Start", exact: true }).click();
  await app.getByRole("link", { name: "Version 1 on orders of the last 30 days" }).click();
  await app.getByLabel("Beside it").selectOption({ index: 1 });
  await app.getByRole("columnheader", { name: "Version 2" }).first().waitFor();
  expect(await app.getByRole("columnheader", { name: "Version 1" }).count()).toBeGreaterThan(0);
});

test("a number of days that is missing is asked for at its field, and nothing is started", async () => {
  const { app, open } = merchant;
  await open("/app/discounts/backtest");
  const tests = app.getByRole("link", { name: /^Version \d+ on/ });
  await tests.first().waitFor();
  const before = await tests.count();
  await app.getByLabel("Orders", { exact: true }).selectOption("days");
  const days = app.getByLabel("Days", { exact: true });
  for (const entered of ["", "0", "4000"]) {
    await days.fill(entered);
    await app.getByRole("button", { name: "Start", exact: true }).click();
    await expectToSee("Enter a number of days, from 1 to 3650.");
    expect(await days.inputValue()).toBe(entered);
    expect(await days.getAttribute("aria-invalid")).toBe("true");
  }
  expect(await tests.count()).toBe(before);
});

test("a line below cost is listed with its product and its customer, and no list has to be moved sideways", async () => {
  const { app, open, page } = merchant;
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const list of ["customers", "differences", "below"]) {
      await open(`/app/discounts/backtest/1?show=${list}`);
      await app.getByText("What these figures hold for").waitFor();
      const over = await app
        .locator("html, table")
        .evaluateAll((all) => all.map((one) => one.scrollWidth - (one.parentElement ?? one).clientWidth));
      expect([list, Math.max(0, ...over)]).toEqual([list, 0]);
    }
    for (const text of ["#1002", LONG_TITLE, "Ann Ash", "Below cost"]) await expectToSee(text);
  }
});

test("on a phone none of it has to be moved sideways", async () => {
  const { app, open, page } = merchant;
  await page.setViewportSize({ width: 375, height: 800 });
  const over = () => app.locator("html").evaluate((html) => Math.max(0, html.scrollWidth - html.clientWidth));
  await open("/app/discounts/backtest");
  await app.getByRole("heading", { name: "Back-tests" }).waitFor();
  expect(await over()).toBe(0);
  await app
    .getByRole("link", { name: /^Version 2/ })
    .first()
    .click();
  await app.getByRole("heading", { name: "Summary" }).waitFor();
  expect(await over()).toBe(0);
});

test("a back-test is deleted when that is confirmed, and the focus goes to the next one, and to the heading at last", async () => {
  const { app, open, page } = merchant;
  await page.setViewportSize({ width: 1280, height: 800 });
  await open("/app/discounts/backtest");
  const tests = app.getByRole("link", { name: /^Version \d+ on/ });
  await tests.first().waitFor();
  const names = await tests.allInnerTexts();
  const remove = app.getByRole("button", { name: /^Delete: / });
  const dialog = app.getByRole("dialog", { name: "Delete this back-test" });
  await remove.first().click();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await tests.allInnerTexts()).toEqual(names);
  const focused = app.locator(":focus");
  for (const [index] of names.entries()) {
    await remove.first().click();
    await dialog.getByRole("button", { name: "Delete back-test" }).click();
    await expect.poll(() => tests.allInnerTexts()).toEqual(names.slice(index + 1));
    await expect.poll(() => focused.allInnerTexts()).toEqual([names[index + 1] ?? "Back-tests"]);
  }
  await expectToSee("None yet.");
});

test("nothing went wrong in the browser on the whole way", () => {
  expect(merchant.complaints).toEqual([]);
});
