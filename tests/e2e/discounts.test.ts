import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, type Merchant } from "./merchant.ts";

/** A merchant writes a discount plan, publishes it, finds it changed at Shopify, and takes it away. */
let merchant: Merchant;

const inCollections = catalog.map((object) =>
  object.type === "product" ? { ...object, collections: [object.id === 1 ? "mugs" : "caps"] } : object,
);

beforeAll(async () => {
  merchant = await aMerchant(worldOf(shopObject, ...inCollections, order(1), order(2, { companyLocationId: 51 })));
  await install(merchant);
});
afterAll(() => merchant.leave());

const expectToSee = async (text: string | RegExp): Promise<void> => {
  await merchant.app.getByText(text).first().waitFor();
};

const step = (number: number) => merchant.app.getByRole("group", { name: `Step ${number}`, exact: true }).first();

/** Shopify's bar is the admin's, outside the app's frame. */
const press = (name: "Save" | "Discard") => merchant.page.getByRole("button", { name }).click();

const saved = async (version: number): Promise<void> => {
  await press("Save");
  await merchant.app.getByRole("heading", { name: `Version ${version}`, exact: true }).waitFor();
  await merchant.page.getByRole("region", { name: "Unsaved changes" }).waitFor({ state: "hidden" });
};

const publish = async (): Promise<void> => {
  await merchant.app.getByRole("button", { name: "Review and publish" }).click();
  const dialog = merchant.app.getByRole("dialog", { name: "Publish the plan" });
  await dialog.getByText("The discount itself, with the plan").waitFor();
  await dialog.getByRole("button", { name: "Publish" }).click();
};

/** What has the focus: its name for who cannot see it. */
const focused = async (role: "button" | "combobox" | "textbox", name: string): Promise<void> => {
  const control = merchant.app.getByRole(role, { name: new RegExp(`^${name}`) }).first();
  await expect.poll(() => control.evaluate((node) => node === document.activeElement)).toBe(true);
};

const field = (name: string) => merchant.app.getByRole("combobox", { name });

/** Finds something by typing and takes the first one, by the keyboard alone. */
const find = async (name: string, text: string, option: string): Promise<void> => {
  await field(name).fill(text);
  await merchant.app.getByRole("option", { name: option, exact: true }).waitFor();
  await field(name).press("Enter");
  await expect.poll(() => field(name).inputValue()).toBe(option);
};

const importFile = async (text: string): Promise<void> => {
  await merchant.app
    .getByLabel("Plan file")
    .setInputFiles({ name: "plan.json", mimeType: "application/json", buffer: Buffer.from(text) });
};

test("an empty plan is started from, and stays in the form when it is empty again", async () => {
  const { app } = merchant;
  await merchant.goTo("Discounts");
  await app.getByRole("button", { name: "Start from an empty plan" }).click();
  await app.getByRole("heading", { name: "Add the first part" }).waitFor();
  await app.getByRole("button", { name: "Tier price", exact: true }).click();
  await focused("textbox", "Tier A");
  await app.getByRole("button", { name: "Delete part 1, Tier price" }).click();
  await app.getByRole("heading", { name: "Add the first part" }).waitFor();
  await focused("button", "Quantity break");
  await app.getByRole("button", { name: "Tier price", exact: true }).click();
  await press("Discard");
  await expectToSee("There is no discount plan yet");
});

test("a shop without a plan is told what one is, and starts from an example by the keyboard alone", async () => {
  const { app, page } = merchant;
  await merchant.goTo("Discounts");
  await expectToSee("There is no discount plan yet");
  expect(await app.getByRole("button", { name: "Review and publish" }).isDisabled()).toBe(true);
  const start = app.getByRole("button", { name: "Start from: Quantity break" });
  for (let tabs = 0; tabs < 20 && !(await start.evaluate((node) => node === document.activeElement)); tabs += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await app.getByRole("heading", { name: "1. Quantity break" }).waitFor();
});

test("each step says what a product comes to, while it is typed", async () => {
  await find("Show what it comes to on", "blue", "Mug, Blue");
  // 10.00 less 5 % is 9.50, of which 5.30 is left over the cost of 4.20: 55.8 %.
  await step(1).getByText("12 x Mug, Blue: $9.50 each, you keep 55 %", { exact: true }).waitFor();
  await step(3).getByLabel("Gives").fill("60");
  await step(3).getByText("48 x Mug, Blue: $4.00 each, you lose 5 %", { exact: true }).waitFor();
  await expectToSee("No margin is set: a discount may go below the unit cost.");
});

test("the focus goes to the step that was added, and from one that was removed to the next", async () => {
  const { app } = merchant;
  await app.getByRole("button", { name: "Add a step" }).click();
  await expect
    .poll(() =>
      step(4)
        .getByLabel("From")
        .evaluate((node) => node === document.activeElement),
    )
    .toBe(true);
  await app.getByRole("button", { name: "Remove step 4" }).click();
  await focused("button", "Remove step 3");
  await app.getByRole("button", { name: "Add a step" }).click();
  await app.getByRole("button", { name: "Remove step 4" }).click();
  await step(4).waitFor({ state: "detached" });
});

test("a margin holds the price, and says so at the step", async () => {
  const { app } = merchant;
  // 4.20 with 30 % left over it: 6.00.
  await app.getByLabel("Minimum margin").fill("30");
  await step(3).getByText("48 x Mug, Blue: held by the margin at $6.00 each, you keep 30 %").waitFor();
  await find("Show what it comes to on", "cap", "Cap, Red");
  await step(1).getByText("12 x Cap, Red: cost unknown: no discount while a margin is set").waitFor();
  await app.getByText("Order discounts").click();
  await expectToSee(/together with others a price may fall below it/);
  await app.getByText("Order discounts").click();
});

test("what is wrong is said at its field and in all, and nothing that was typed is lost", async () => {
  const { app } = merchant;
  await step(2).getByLabel("Gives").fill("a lot");
  await press("Save");
  await expectToSee("Part 1, step 2, percentage: this is not a percentage");
  await step(2).getByText('This is not a percentage from 0 to 100 such as "2.5".').waitFor();
  expect(await step(3).getByLabel("Gives").inputValue()).toBe("60");
  await step(2).getByLabel("Gives").fill("10");
  await app.getByText("The plan was not saved").waitFor({ state: "detached" });
});

test("saved, the plan is the first version, and nothing of it is at Shopify yet", async () => {
  const { app, running } = merchant;
  await saved(1);
  await expectToSee("Not published");
  expect(running.shopify.discounts.all()).toEqual([]);
  expect(await app.getByRole("button", { name: "Review and publish" }).isEnabled()).toBe(true);
});

test("the merchant sees what will be written before it is, and the plan comes into force", async () => {
  const { app, running } = merchant;
  await app.getByRole("button", { name: "Review and publish" }).click();
  const dialog = app.getByRole("dialog", { name: "Publish the plan" });
  await dialog.getByText("1 lowest price of a variant").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(running.shopify.discounts.all()).toEqual([]);
  await publish();
  await expectToSee("Version 1 is in force");
  expect(running.shopify.discounts.all().map(({ title }) => title)).toEqual(["Volume and customer prices"]);
});

test("a change of the discount in Shopify's own pages is shown, and publishing again puts it right", async () => {
  const { openAdmin, open, page, running } = merchant;
  await openAdmin("/discounts");
  await page.getByLabel("Title").first().fill("Cheap things");
  await page.getByRole("button", { name: "Rename" }).first().click();
  await page.getByRole("status").first().waitFor();
  await running.shopify.webhooks.settled();
  await expect
    .poll(
      async () => {
        await open("/app/discounts");
        await merchant.app.getByRole("heading", { name: "History" }).waitFor();
        return merchant.app.getByText("It has another title.").count();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(1);
  await expectToSee("Not as it was published");
  await publish();
  await expectToSee("Version 1 is in force");
  expect(running.shopify.discounts.all().map(({ title }) => title)).toEqual(["Volume and customer prices"]);
});

test("a file is read into the form, and what the shop does not have is said at its field", async () => {
  const { app } = merchant;
  await importFile("{");
  await expectToSee("The file is not JSON.");
  await importFile('{"parts":[],"budget":"5"}');
  await expectToSee('This has what a plan does not know: "budget".');
  await importFile('{"parts":[{"kind":"gift"}]}');
  await expectToSee(/Part 1, kind: this is none of the kinds that there are: quantity-break, cumulative/);
  const part = { kind: "tier-price", tiers: { A: "10" }, collections: ["hats"] };
  await importFile(JSON.stringify({ title: "By tier", parts: [part] }));
  await app.getByRole("heading", { name: "1. Tier price" }).waitFor();
  await press("Save");
  await app.getByText('The shop has no collection "hats".', { exact: true }).waitFor();
  await app.getByRole("button", { name: "Remove hats" }).click();
  await app.getByLabel("Collection to add").selectOption("mugs");
  await saved(2);
  await expectToSee("Version 2 is saved and not published yet.");
});

test("who is second to save is told so, and may save over it", async () => {
  const { app, running } = merchant;
  await app.getByLabel("Title").fill("Mine");
  const token = running.shopify.oauth.mintSessionToken();
  const other = await fetch(new URL("/app/discounts.json", running.appUrl), {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "User-Agent": "Mozilla/5.0 Chrome/142.0.0.0" },
    body: JSON.stringify({ title: "Theirs", parts: [{ kind: "tier-price", tiers: { A: "10" } }] }),
  });
  expect(other.status).toBe(200);
  await press("Save");
  await expectToSee("Somebody else has saved the plan meanwhile.");
  expect(await app.getByLabel("Title").inputValue()).toBe("Mine");
  await app.getByRole("button", { name: "Save mine over it" }).click();
  await app.getByRole("heading", { name: "Version 4", exact: true }).waitFor();
});

test("an older version is restored as the latest one", async () => {
  const { app } = merchant;
  await app.getByRole("button", { name: "Restore version 3" }).click();
  await app.getByRole("heading", { name: "Version 5", exact: true }).waitFor();
  await expect.poll(() => app.getByLabel("Title").inputValue()).toBe("Theirs");
});

test("an early payment without a percentage is said once, at its field, and a company without a number by its name", async () => {
  const { app } = merchant;
  await app.getByRole("button", { name: "Early payment", exact: true }).click();
  await focused("textbox", "Percentage");
  await app.getByRole("button", { name: "Add a company" }).click();
  await focused("textbox", "Company's number");
  await press("Save");
  await expectToSee("Part 2, percentage: this needs a percentage, here or by tier.");
  await expectToSee("Part 1: the company's number is missing.");
  expect(await app.getByText("This needs a percentage, here or by tier.", { exact: true }).count()).toBe(1);
  expect(await app.getByText("The company's number is missing.", { exact: true }).count()).toBe(1);
  await app.getByRole("button", { name: "Remove company 1" }).click();
  await focused("button", "Add a company");
  await app.getByRole("button", { name: "Delete part 2, Early payment" }).click();
  await focused("button", "Delete part 1, Tier price");
});

test("the preview is left for only once the merchant agrees to lose what is not saved", async () => {
  const { app, page, open } = merchant;
  await app.getByLabel("Title").fill("Not saved");
  await app.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Leave page" }).click();
  await app.getByRole("heading", { name: "Preview", exact: true }).waitFor();
  await open("/app/discounts");
  expect(await app.getByLabel("Title").inputValue()).toBe("Theirs");
});

test("the plan is saved as a file", async () => {
  const { app, page } = merchant;
  await app.getByRole("button", { name: "More actions" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    app.getByRole("button", { name: "Export JSON", exact: true }).last().click(),
  ]);
  expect(file.suggestedFilename()).toBe("plan.json");
  expect(JSON.parse(await readFile(await file.path(), "utf8"))).toMatchObject({ title: "Theirs" });
});

test("everything is taken away after the merchant has seen what it is", async () => {
  const { app, running } = merchant;
  await app.getByRole("button", { name: "More actions" }).click();
  await app.getByRole("button", { name: "Take everything away", exact: true }).click();
  const dialog = app.getByRole("dialog", { name: "Take everything away" });
  await dialog.getByText("1 lowest price of a variant").waitFor();
  await dialog.getByRole("button", { name: "Take everything away" }).click();
  await expectToSee("Not published");
  await expect.poll(() => running.shopify.discounts.all(), { timeout: 20_000 }).toEqual([]);
});

test("on a phone none of it has to be moved sideways", async () => {
  const { app, open, page } = merchant;
  await page.setViewportSize({ width: 375, height: 800 });
  await open("/app/discounts");
  await app.getByRole("heading", { name: "History" }).waitFor();
  await app.getByRole("button", { name: "Quantity break", exact: true }).click();
  await app.getByRole("button", { name: "Cumulative break", exact: true }).click();
  await app.getByRole("button", { name: "Add a company" }).click();
  const over = await app.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(Math.max(0, over)).toBe(0);
  await press("Discard");
});

test("nothing went wrong in the browser on the whole way", () => {
  expect(merchant.complaints).toEqual([]);
});
