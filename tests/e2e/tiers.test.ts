import { afterAll, beforeAll, expect, test } from "vitest";
import { sixCustomers } from "#tests/factories/six-customers.ts";
import { aMerchant, install, type Merchant } from "./merchant.ts";

/** A merchant tries another policy, saves it, and reads what it did; then pins a customer. */
let merchant: Merchant;

beforeAll(async () => {
  merchant = await aMerchant(sixCustomers());
  await install(merchant);
});
afterAll(() => merchant.leave());

const number = (name: string) => merchant.app.getByRole("spinbutton", { name });

test("the page shows the policy and the first run", async () => {
  const { app } = merchant;
  await merchant.goTo("Tiers");
  await app.getByRole("heading", { name: "History" }).waitFor();
  await app.getByText("A 2, B 2, C 2: nobody moved").first().waitFor();
  expect(await number("A up to").inputValue()).toBe("80");
});

test("another method shows its own numbers, and what is wrong is said while typing", async () => {
  const { app } = merchant;
  await app.getByText("By score", { exact: true }).click();
  await number("Weight of profit").fill("90");
  await app.getByText("The weights have to be 100 % together; they are 90 %.").waitFor();
  await number("Weight of payment").fill("10");
  await app.getByText("The weights have to be 100 %").waitFor({ state: "detached" });
  await app.getByText("By rank", { exact: true }).first().click();
  expect(await number("Weight of profit").count()).toBe(0);
  await number("A: the first").fill("50");
});

test("the preview tells who would move", async () => {
  const { app } = merchant;
  await app.getByRole("button", { name: "Preview" }).click();
  await app.getByText("2 customers would change tier.").waitFor();
  await app.getByRole("link", { name: "Cleo Six" }).waitFor();
  expect(await app.getByText("nobody moved").count()).toBeGreaterThan(0);
});

test("saved, the policy makes a run that the history shows with its moves", async () => {
  const { app, page } = merchant;
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Tiers are being worked out again").waitFor();
  await expect
    .poll(
      async () => {
        await merchant.goTo("Home");
        await merchant.goTo("Tiers");
        await app.getByRole("heading", { name: "History" }).waitFor();
        return app.getByText("2 customers moved").count();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1);
  await app
    .getByRole("link", { name: /^Run of/ })
    .first()
    .click();
  await app.getByText("The first run by this policy.").waitFor();
  await app.getByText("Border of tier A $30.00 → $10.00").first().waitFor();
});

test("the customer's own page tells the move too, and takes a pin with a reason", async () => {
  const { app } = merchant;
  await app.getByRole("link", { name: "Cleo Six" }).click();
  await app.getByRole("heading", { name: "Changes of tier" }).waitFor();
  await app.getByText("by the former one it would not have moved").waitFor();
  await app.getByLabel("Tier", { exact: true }).selectOption("C");
  await app.getByRole("button", { name: "Pin" }).click();
  await app.getByText("Say why").waitFor();
  await app.getByLabel("Reason").fill("Pays by barter");
  await app.getByRole("button", { name: "Pin" }).click();
  await app.getByText("Pinned to tier C, until it is taken away.").waitFor();
  await app.getByTitle("provisional until the next run").first().waitFor();
  await app.getByRole("button", { name: "Take the pin away" }).click();
  await app.getByRole("heading", { name: "Why tier A" }).waitFor();
  expect(await app.getByText("Pays by barter").count()).toBe(0);
});

test("on a phone none of it has to be moved sideways", async () => {
  const { app, page } = merchant;
  await page.setViewportSize({ width: 375, height: 700 });
  await merchant.open("/app/tiers");
  const run = await app
    .getByRole("link", { name: /^Run of/ })
    .first()
    .getAttribute("href");
  for (const [path, text] of [
    ["/app/tiers", "History"],
    [run ?? "", "What it went by"],
  ] as const) {
    await merchant.open(path);
    await app.getByText(text).first().waitFor();
    const over = await app.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
    expect({ path, over: Math.max(0, over) }).toEqual({ path, over: 0 });
  }
});

test("nothing went wrong in the browser on the whole way", () => {
  expect(merchant.complaints).toEqual([]);
});
