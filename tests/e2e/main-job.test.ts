import { afterAll, beforeAll, expect, test } from "vitest";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { aMerchant, type CsvRow, type Merchant } from "./merchant.ts";

/** The merchant's way through the app; each test goes on where the one before it ended. */
let merchant: Merchant;
/** customers.csv as it was after the first sync. */
let exported: readonly CsvRow[];

const PER_PAGE = 50;

beforeAll(async () => {
  const world = generatedWorld({ seed: "main job", customers: 160, orders: 400 });
  merchant = await aMerchant(world, { bulkObjectsPerSecond: 400 });
});
afterAll(() => merchant.leave());

/** An amount as a page shows it, as the CSV has it: "-$1,234.50" is "-1234.50". */
const plain = (amount: string): string => amount.replaceAll(/[$,]/g, "");

/** Rank, name, orders, net sales and profit of the rows on the page, as the CSV has them. */
const shownRows = async (): Promise<string[][]> => {
  const rows = await merchant.app.locator("tbody tr").evaluateAll((all) =>
    all.map((row) => ({
      name: row.querySelector("a")?.innerText ?? "",
      cells: [...row.querySelectorAll("td")].map((cell) => cell.innerText),
    })),
  );
  return rows.map(({ name, cells: [rank = "", , , , orders = "", netSales = "", profit = ""] }) =>
    [rank, name, orders, plain(netSales), plain(profit)].map((text) => text.trim()),
  );
};

/** The same of the file; a guest has no name in it, and a page shows the e-mail address of the key. */
const fileRows = (rows: readonly CsvRow[]): string[][] =>
  rows.map((row) => {
    const name = row["name"] === "" ? row["key"]?.replace(/^guest:/, "") : row["name"];
    return [row["rank"], name, row["orders"], row["net_sales"], row["cm4"]].map((text) => text ?? "");
  });

const search = () => merchant.app.getByRole("textbox", { name: "Search by name, e-mail or key" });

const expectRows = async (rows: readonly CsvRow[]): Promise<void> => {
  await expect.poll(shownRows, { timeout: 15_000 }).toEqual(fileRows(rows.slice(0, PER_PAGE)));
};

test("from the start page the merchant installs the app and sees the sync move", async () => {
  const { page, app, running } = merchant;
  await page.goto(running.admin.url);
  await page.getByRole("link", { name: "Open Pareto" }).click();
  await page.getByText("read_all_orders").waitFor();
  await page.getByRole("button", { name: "Install" }).click();
  await app.getByRole("heading", { name: "Reading your shop" }).waitFor();
  const progress: number[] = [];
  const isDone = app.getByRole("button", { name: "Read the shop again" });
  while (!(await isDone.isVisible())) {
    const text = await app
      .getByText(/^\d+ %$/)
      .textContent({ timeout: 2000 })
      .catch(() => null);
    if (text !== null) progress.push(Number.parseInt(text, 10));
    await page.waitForTimeout(100);
  }
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(new Set(progress.filter((percent) => percent > 0 && percent < 100)).size).toBeGreaterThan(1);
});

test("the tiers appear without a reload, and their customers add up", async () => {
  const { app } = merchant;
  const counts = await Promise.all(
    ["A", "B", "C"].map(async (tier) => {
      const link = app.getByRole("link", { name: `Show the customers of tier ${tier}` });
      return Number.parseInt(await link.innerText(), 10);
    }),
  );
  expect(counts.every((count) => count > 0)).toBe(true);
  await app.getByRole("img", { name: /Cumulative profit by customer/ }).waitFor();
  await merchant.goTo("Customers");
  await app.getByText(`${counts.reduce((a, b) => a + b)} customers`, { exact: true }).waitFor();
});

test("the exported file is the list on the page", async () => {
  exported = await merchant.download(() => merchant.app.getByRole("button", { name: "Export CSV" }).click());
  expect(exported.length).toBeGreaterThan(PER_PAGE);
  await expectRows(exported);
  await merchant.page.getByRole("status").getByText("customers.csv saved").waitFor();
});

test("the next page goes on where the first one ended, and back again", async () => {
  const { app } = merchant;
  await app.getByRole("button", { name: "Next" }).click();
  await expectRows(exported.slice(PER_PAGE));
  await app.getByRole("button", { name: "Previous" }).click();
  await expectRows(exported);
});

test("a click on an amount's heading puts the most first, a second one the least", async () => {
  const { app } = merchant;
  const rising = exported.toSorted(
    (a, b) => Number(a["net_sales"]) - Number(b["net_sales"]) || Number(a["rank"]) - Number(b["rank"]),
  );
  await app.getByRole("button", { name: "Net sales" }).first().click();
  await expect.poll(async () => (await shownRows())[0], { timeout: 15_000 }).toEqual(fileRows(rising.slice(-1))[0]);
  await app.getByRole("button", { name: "Net sales" }).first().click();
  await expectRows(rising);
});

test("a search while typing finds by part of a name", async () => {
  await merchant.goTo("Customers");
  await expectRows(exported);
  const [, , third] = exported.filter((row) => /^[A-Za-z]+ [A-Za-z]+$/.test(row["name"] ?? ""));
  const part = third?.["name"]?.split(" ").at(-1)?.toLowerCase() ?? "";
  const found = exported.filter((row) => `${row["name"]} ${row["key"]}`.toLowerCase().includes(part));
  await search().fill(part);
  await expect.poll(async () => (await shownRows()).length, { timeout: 15_000 }).toBeLessThan(PER_PAGE);
  const shown = await shownRows();
  expect(shown).toEqual(expect.arrayContaining(fileRows(found)));
  const file = await merchant.download(() => merchant.app.getByRole("button", { name: "Export CSV" }).click());
  expect(fileRows(file)).toEqual(shown);
});

test("a search for nobody says so, and the whole list is one click away", async () => {
  await search().fill("nobody is called this");
  await merchant.app.getByText("No customers found").waitFor();
  expect(await merchant.app.getByRole("button", { name: "Export CSV" }).isDisabled()).toBe(true);
  await search().fill("");
  await expectRows(exported);
});

test("the tier filter shows that tier alone", async () => {
  const { app, page } = merchant;
  await app.getByRole("button", { name: "Tier", exact: true }).click();
  await app.getByRole("checkbox", { name: "Tier B" }).click();
  await expectRows(exported.filter((row) => row["tier"] === "B"));
  await page.keyboard.press("Escape");
});

test("a customer's page ends at the profit of the file, and says why the tier by the rank", async () => {
  const { app } = merchant;
  const customer = exported.find((row) => row["tier"] === "B" && row["key"]?.startsWith("customer:"));
  const name = customer?.["name"] ?? "";
  await app.getByRole("link", { name, exact: true }).first().click();
  await app.getByRole("heading", { name: "Why tier B" }).waitFor();
  await app.getByText(`Rank ${customer?.["rank"]} of ${exported.length} by profit contribution.`).waitFor();
  const row = (label: string) => app.getByRole("row", { name: label }).getByRole("cell").last();
  expect(plain(await row("CM4, profit contribution").innerText())).toBe(customer?.["cm4"]);
  expect(plain(await row("Net sales").innerText())).toBe(customer?.["net_sales"]);
  await app.getByRole("link", { name: "Customers" }).click();
  await app.getByRole("heading", { name: "Customers", exact: true }).waitFor();
});

test("by the keyboard alone one gets to the search and to the first customer", async () => {
  const { app, page } = merchant;
  await merchant.open("/app/customers");
  await expectRows(exported);
  const focused = () => app.locator(":focus");
  await app.getByRole("button", { name: "Export CSV" }).focus();
  await page.keyboard.press("Tab");
  expect(await search().evaluate((element) => element === document.activeElement)).toBe(true);
  const first = fileRows(exported)[0]?.[1];
  let reached = "";
  for (let presses = 0; presses < 20 && reached !== first; presses += 1) {
    await page.keyboard.press("Tab");
    reached = (
      await focused()
        .innerText()
        .catch(() => "")
    ).trim();
  }
  expect(reached).toBe(first);
  await page.keyboard.press("Enter");
  await app.getByRole("heading", { name: "Why tier A" }).waitFor();
});

test("a window that is no number of days cannot be saved, and the page says so", async () => {
  const { app, page } = merchant;
  await merchant.goTo("Tiers");
  await app.getByRole("spinbutton", { name: "The last" }).fill("0");
  const complaint = app.getByText("Give a whole number from 1 to 36500.");
  await complaint.waitFor();
  expect(await complaint.count()).toBe(1);
  expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
});

test("a change of the window works the tiers out again", async () => {
  const { app, page } = merchant;
  await app.getByText("All time", { exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Tiers are being worked out again").waitFor();
  await expect
    .poll(
      async () => {
        await merchant.goTo("Tiers");
        await merchant.goTo("Home");
        await app.getByText("Profit contribution").first().waitFor();
        return app.getByText("All time until").count();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1);
  await merchant.goTo("Customers");
  const all = await merchant.download(() => app.getByRole("button", { name: "Export CSV" }).click());
  expect(all.length).toBeGreaterThan(exported.length);
  const orders = (rows: readonly CsvRow[]): number => rows.reduce((sum, row) => sum + Number(row["orders"]), 0);
  expect(orders(all)).toBeGreaterThan(orders(exported));
  exported = all;
});

test("an order placed in the shop changes its customer's profit by itself", async () => {
  const { app, page, running } = merchant;
  const customer = exported.find((row) => row["key"]?.startsWith("customer:"));
  const { variants } = running.shopify.world;
  const sold = [...variants.values()].find(({ variant, product }) => variant.unitCost !== null && !product.giftCard);
  await merchant.openAdmin("/settings");
  await page.getByLabel("Product").selectOption(String(sold?.variant.id));
  await page.getByLabel("Quantity").fill("3");
  await page.getByLabel("Customer number").fill(customer?.["key"]?.replace("customer:", "") ?? "");
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByRole("status").getByText("is placed").waitFor();

  const cents = (decimal: string | null | undefined): number => Math.round(Number(decimal) * 100);
  const paid = cents(sold?.variant.price) * 3;
  const gained = paid - cents(sold?.variant.unitCost) * 3 - Math.floor(paid / 50);
  await expect
    .poll(
      async () => {
        await merchant.open(`/app/customers?q=${customer?.["key"]}`);
        await app.locator("tbody tr").first().waitFor();
        const own = (await shownRows()).find(([, name]) => name === customer?.["name"]);
        return cents(own?.[4]);
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(cents(customer?.["cm4"]) + gained);
});

test("on a phone no page has to be moved sideways", async () => {
  const { app, page } = merchant;
  await page.setViewportSize({ width: 375, height: 700 });
  await merchant.open("/app/customers");
  const link = app.locator("a[href^='/app/customers/']").first();
  await link.waitFor();
  const customer = (await link.getAttribute("href")) ?? "";
  const pages = [
    ["/app", "Profit contribution"],
    ["/app/customers", "Search by name"],
    [customer, "From gross sales to profit"],
    ["/app/tiers", "All time"],
    ["/app/settings", "Export ledger"],
  ] as const;
  for (const [path, text] of pages) {
    await merchant.open(path);
    await app.getByText(text).first().waitFor();
    const over = await app.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
    expect({ path, over: Math.max(0, over) }).toEqual({ path, over: 0 });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
});

test("nothing went wrong in the browser on the whole way", () => {
  expect(merchant.complaints).toEqual([]);
});
