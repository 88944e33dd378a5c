import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, line, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, type Merchant } from "./merchant.ts";

/** Three mugs at 10.00 that cost 4.20 each, and a cap at 20.00 whose cost nobody gave. */
const WORLD = worldOf(
  ...catalog,
  order(1),
  order(2, { lines: [line(21, { variantId: 21, title: "Cap", quantity: 1, unitPrice: "20.00" })] }),
);

let merchant: Merchant;

beforeAll(async () => {
  merchant = await aMerchant(WORLD);
  await install(merchant);
});
afterAll(() => merchant.leave());

const expectToSee = (text: string | RegExp): Promise<void> => merchant.app.getByText(text).first().waitFor();

const button = (name: string | RegExp) => merchant.app.getByRole("button", { name });

const link = (name: string | RegExp) => merchant.app.getByRole("link", { name });

const chooseFile = (text: string): Promise<void> =>
  merchant.app
    .locator('input[type="file"][accept*="csv"]')
    .setInputFiles({ name: "costs.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

test("the page of costs says what is not known and what that leaves open", async () => {
  await merchant.page.locator('[data-part="app-nav"]').getByRole("link", { name: "Costs" }).click();
  await expectToSee("60.0 %");
  await expectToSee("Cap, Red");
  await expectToSee("There are no rules yet");
});

test("a file of bad lines alone is said to hold nothing to import, with the value and the reason of each", async () => {
  await link("Import unit costs").click();
  await expectToSee("Choose file");
  await chooseFile("variant_id,unit_cost\n21,abc\n11,3\n11,4.5\n");
  await expectToSee("No line of this file can be imported");
  await expectToSee("3 lines of 3 cannot be imported");
  await merchant.app.getByRole("columnheader", { name: "Value" }).waitFor();
  const rows = await merchant.app.locator("tbody tr").allInnerTexts();
  expect(rows.map((row) => row.split(/\t|\n/).slice(0, 3))).toEqual([
    ["2", "unit_cost", "abc"],
    ["3", "unit_cost", "3.00"],
    ["4", "unit_cost", "4.50"],
  ]);
  expect(rows[0]).toContain("This is not a number");
  await merchant.open("/app/costs");
});

test("a file with a bad line is shown with its error, and nothing is written", async () => {
  await link("Import unit costs").click();
  await expectToSee("Choose file");
  await chooseFile('variant_id,unit_cost\n21,8.00\n11,"1,000.00"\n');
  await expectToSee("What this file would do");
  await expectToSee("1 line of 2 cannot be imported");
  const row = merchant.app.locator("tbody tr").first();
  expect((await row.innerText()).split(/\t|\n/)).toEqual([
    "3",
    "unit_cost",
    "1,000.00",
    "Write it without thousands separators: 1234.50.",
  ]);
  const errors = await merchant.download(() => button("Save all as CSV").click());
  expect(errors).toMatchObject([{ line: "3", column: "unit_cost", text: "1,000.00" }]);
});

test("the good lines are imported on demand, and the profit follows without a reload", async () => {
  await button("Import the 1 good line").click();
  await expectToSee("Imported");
  await link("Back to costs").click();
  await expectToSee("Every sale has a known unit cost");
  const costs = await merchant.download(() => button("Export unit costs").click());
  expect(costs.map((row) => [row["variant_id"], row["unit_cost"], row["source"]])).toEqual([
    ["11", "4.20", "shopify"],
    ["21", "8.00", "import"],
  ]);
});

test("a rule is added by the keyboard alone, while the form says what it comes to", async () => {
  const { app, page } = merchant;
  await link("Add rule").focus();
  await page.keyboard.press("Enter");
  await app.getByLabel("Per order", { exact: true }).focus();
  await page.keyboard.type("2.50");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("0.20");
  await app.getByLabel("Sent to").focus();
  await page.keyboard.type("gb");
  await expectToSee("$2.50 per order + $0.20 per unit, for orders sent to GB.");
  await expectToSee("For an order of 3 units in 2 lines at $60.00 (1.5 kg) sent to GB this costs $3.10.");
  await page.keyboard.press("Enter");
  await app.getByRole("heading", { name: "Cost rules" }).waitFor();
  await expectToSee("$2.50 per order + $0.20 per unit, for orders sent to GB");
});

test("a rule is edited, and a mistake in it is said at its field", async () => {
  const { app } = merchant;
  await link(/^Edit Shipping cost/).click();
  const perOrder = app.getByLabel("Per order", { exact: true });
  expect(await perOrder.inputValue()).toBe("2.50");
  await perOrder.fill("3,50");
  await button("Save rule").click();
  await expectToSee(/This is not an amount/);
  await perOrder.fill("3.50");
  await app.getByLabel("Tier C").check();
  await button("Save rule").click();
  await app.getByRole("heading", { name: "Cost rules" }).waitFor();
  await expectToSee("$3.50 per order + $0.20 per unit, for orders sent to GB and of customers in tier C");
});

test("a margin is assumed, and taken away again", async () => {
  const { app } = merchant;
  await app.getByLabel("Margin", { exact: true }).fill("140");
  await button("Save assumed margin").click();
  await expectToSee("This is not a percentage from 0 to 100");
  await app.getByLabel("Margin", { exact: true }).fill("40");
  await button("Save assumed margin").click();
  await expectToSee("40 % of net sales");
  await button("Remove Assumed margin: 40 % of net sales").click();
  const dialog = app.getByRole("dialog", { name: "Remove this rule" });
  await dialog.getByText("Assumed margin: 40 % of net sales").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  await expectToSee("40 % of net sales");
  await button("Remove Assumed margin: 40 % of net sales").click();
  await dialog.getByRole("button", { name: "Remove rule" }).click();
  await merchant.page.getByText("Rule removed. Profit is being worked out again.").waitFor();
  await expectToSee("None: such goods count as if they cost nothing.");
});

const chooseRules = (text: string): Promise<void> =>
  merchant.app
    .getByLabel("File of rules")
    .setInputFiles({ name: "rules.json", mimeType: "application/json", buffer: Buffer.from(text) });

test("a file of rules takes the place of all", async () => {
  await chooseRules('[{"kind":"handling_cost","perOrder":"1.25"}]');
  await expectToSee("The rules of the file hold now");
  await expectToSee("$1.25 per order");
});

test("nothing is cut off on a narrow screen", async () => {
  const { page, app, open } = merchant;
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [path, heading] of [
    ["/app/costs", "Cost coverage"],
    ["/app/costs/rule", "To which orders it applies"],
    ["/app/costs/import", "Import unit costs"],
  ] as const) {
    await open(path);
    await app.getByRole("heading", { name: heading }).waitFor();
    const over = await app.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
  }
});

test("up to here nothing went wrong in the browser", () => {
  expect(merchant.complaints).toEqual([]);
});

test("a file of rules that makes no sense is not taken, and the page says why", async () => {
  await merchant.open("/app/costs");
  await merchant.app.getByRole("heading", { name: "Cost rules" }).waitFor();
  await chooseRules('[{"kind":"shipping_cost","perOrder":1}]');
  await expectToSee("Rule 1, perOrder: is not a text");
  await expectToSee("$1.25 per order");
});
