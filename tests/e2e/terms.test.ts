import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, publishPlan, type Merchant } from "./merchant.ts";

/** A shop that sells on terms: one invoice is long overdue, and a guest pays one early who can have no store credit. */
let merchant: Merchant;

const net30 = (issuedAt: string) => ({ type: "NET", dueInDays: 30, issuedAt }) as const;

beforeAll(async () => {
  const overdue = order(1, {
    companyLocationId: 51,
    processedAt: "2026-08-01T10:00:00Z",
    terms: net30("2026-08-01T10:00:00Z"),
  });
  merchant = await aMerchant(worldOf(shopObject, ...catalog, overdue));
  await install(merchant);
  await publishPlan(merchant, {
    parts: [{ kind: "early-payment-after", percent: "2", discountDays: 10, netDays: 30 }],
  });
});
afterAll(() => merchant.leave());

test("the desk shows what is overdue, what the discount costs a year, and who pays late", async () => {
  const { app, open } = merchant;
  await open("/app/terms");
  await app.getByText(/days late/).waitFor();
  await app.getByText("37.24 % nominal, 44.59 % effective").waitFor();
  expect(await app.getByText("Your cost of money").isVisible()).toBe(true);
  await app.getByRole("tab", { name: "Who pays late" }).click();
  await app.getByText("Days beyond terms over the invoices").waitFor();
  expect(await app.getByRole("link", { name: "Co" }).isVisible()).toBe(true);
});

test("a discount that nobody can have as store credit is held, and dismissed by a button", async () => {
  const { app, open, running } = merchant;
  const at = running.shopify.clock
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
  const paid = { kind: "SALE", gateway: "manual", amount: "30.00", processedAt: at, fee: null } as const;
  const guest = { customerId: null, email: "guest@example.com" };
  running.shopify.placeOrder(order(2, { processedAt: at, terms: net30(at), transactions: [paid], ...guest }));
  await expect
    .poll(
      async () => {
        await open("/app/terms?view=rebates");
        await app.getByText(/Nothing has been earned yet|as store credit/).waitFor();
        return app.getByText("Held", { exact: true }).count();
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toBe(1);
  expect(await app.getByText("neither a company location nor a customer").isVisible()).toBe(true);
  await app.getByRole("button", { name: /^Dismiss/ }).click();
  await app.getByText("Dismissed", { exact: true }).waitFor();
  expect(await app.getByRole("button", { name: /^Give it now/ }).count()).toBe(0);
});

test("the reminders are a file of whom to remind of what", async () => {
  const { app, open } = merchant;
  await open("/app/terms");
  const rows = await merchant.download(() => app.getByRole("button", { name: "Export reminders" }).click());
  expect(rows.map(({ customer, invoice, open: left }) => ({ customer, invoice, left }))).toEqual([
    { customer: "Co", invoice: "#1001", left: "30.00" },
  ]);
});

test.each(["open", "late", "rebates"])("the page fits a telephone: %s", async (view) => {
  const { app, open, page, complaints } = merchant;
  await page.setViewportSize({ width: 375, height: 800 });
  await open(`/app/terms?view=${view}`);
  await app.getByText("Your cost of money").waitFor();
  const isTooWide = await app.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth);
  expect(isTooWide).toBe(false);
  expect(complaints).toEqual([]);
});
