import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, publishPlan, type Merchant } from "./merchant.ts";
import { inTheShop, putIntoCart, shopAs } from "./shopper.ts";

/** A shop that gives 2 % back to companies that pay within 10 days, and a buyer of one of them. */
let merchant: Merchant;

beforeAll(async () => {
  merchant = await aMerchant(worldOf({ ...shopObject, plan: "PLUS" }, ...catalog));
  await install(merchant);
  await publishPlan(merchant, {
    parts: [{ kind: "early-payment-after", percent: "2", discountDays: 10, netDays: 30 }],
  });
  await shopAs(merchant, "Co");
});
afterAll(() => merchant.leave());

const DAY_MS = 86_400_000;

/** Buys ten mugs on terms. @returns the order's name */
const buyOnTerms = async (): Promise<string> => {
  const { page } = merchant;
  await putIntoCart(merchant, "10");
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel(/Pay later/).check();
  await page.getByRole("button", { name: "Place order" }).click();
  const said = page.getByText("Your order is");
  await said.waitFor();
  return /#\d+/.exec(await said.innerText())?.[0] ?? "";
};

/** Pays an order by card so many days later; the shop's clock is put back after. */
const pay = async (name: string, { afterDays, amount }: { afterDays: number; amount?: string }): Promise<void> => {
  const { page, running } = merchant;
  running.shopify.clock.advance(afterDays * DAY_MS);
  await inTheShop(merchant, "/orders");
  const order = page.getByRole("listitem", { name: `Order ${name}`, exact: true });
  if (amount !== undefined) await order.getByLabel(`Amount to pay by card for ${name}`).fill(amount);
  await order.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("status").waitFor();
  running.shopify.clock.advance(-afterDays * DAY_MS);
};

/** What the app has given, as the page says it: "#2, Co Given $2.00". */
const given = async (): Promise<string> => {
  const { app, open, running } = merchant;
  await running.shopify.webhooks.settled();
  await open("/app/terms?view=rebates");
  await app.getByRole("heading", { name: "Terms" }).waitFor();
  return app.locator("body").innerText();
};

/** The store credit of the company, as Shopify has it. */
const credits = (): bigint[] => {
  const { storeCredit } = merchant.running.shopify;
  return storeCredit
    .accountsOf({ type: "CompanyLocation", id: 51 })
    .flatMap(({ id }) => storeCredit.statement(id, "2027-01-01T00:00:00Z").booked)
    .flatMap(({ move }) => (move.kind === "credit" ? [move.amount] : []));
};

test("paid in two parts by day 9, the invoice earns the credit once", async () => {
  const { app } = merchant;
  const name = await buyOnTerms();
  await pay(name, { afterDays: 4, amount: "60.00" });
  expect(credits()).toEqual([]);
  await pay(name, { afterDays: 9 });
  await expect.poll(given, { timeout: 20_000 }).toContain("Given");
  // 2 % of ten mugs for 10.00.
  await app.getByText(`${name}, Co`).waitFor();
  await app.getByText("$2.00", { exact: true }).first().waitFor();
  expect(credits()).toEqual([200n]);
});

test("paid on day 11 it earns nothing", async () => {
  const name = await buyOnTerms();
  await pay(name, { afterDays: 11 });
  await expect.poll(async () => (await openInvoices()).includes(name), { timeout: 20_000 }).toBe(false);
  expect(await given()).not.toContain(name);
  expect(credits()).toEqual([200n]);
});

/** The open invoices as the page lists them. */
const openInvoices = async (): Promise<string> => {
  const { app, open, running } = merchant;
  await running.shopify.webhooks.settled();
  await open("/app/terms");
  await app.getByRole("heading", { name: "Terms" }).waitFor();
  return app.locator("body").innerText();
};

test("an open invoice shows what can still be earned, and until when", async () => {
  const name = await buyOnTerms();
  await expect.poll(openInvoices, { timeout: 20_000 }).toContain(name);
  // Issued on the 31st of October, by the shop's time.
  await merchant.app.getByText("$2.00 until Nov 10, 2026 (10 days left)").waitFor();
  expect(await openInvoices()).toContain("37.24 % nominal, 44.59 % effective");
});

test("what was given shows on the company's page and costs its profit", async () => {
  const { app, open } = merchant;
  await open("/app/customers?q=Co");
  await app.getByRole("link", { name: "Co", exact: true }).first().click();
  await app.getByText("Earned by paying early").waitFor();
  await app.getByText("$2.00 on 1").waitFor();
  expect(await app.getByText("-$2.00").count()).toBeGreaterThan(0);
});

test("up to here nothing went wrong in the browser", () => {
  expect(merchant.complaints).toEqual([]);
});
