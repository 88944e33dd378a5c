import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { catalog, line, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

const NOW = new Date("2026-10-31T12:00:00Z");
const net30 = (issuedAt: string) => ({ type: "NET", dueInDays: 30, issuedAt }) as const;
const paid = (amount: string, processedAt: string) =>
  ({ kind: "SALE", gateway: "manual", amount, processedAt, fee: null }) as const;

let app: AppUnderTest;

beforeAll(async () => {
  // Three invoices of 30.00 of the company 5: paid after 10 days, in two parts after 40, and open since 15 October.
  const world = worldOf(
    ...catalog,
    order(1, {
      companyLocationId: 51,
      processedAt: "2026-08-01T10:00:00Z",
      terms: net30("2026-08-01T10:00:00Z"),
      transactions: [paid("30.00", "2026-08-11T10:00:00Z")],
    }),
    order(2, {
      companyLocationId: 51,
      processedAt: "2026-08-20T10:00:00Z",
      terms: net30("2026-08-20T10:00:00Z"),
      transactions: [paid("10.00", "2026-09-01T10:00:00Z"), paid("20.00", "2026-09-29T10:00:00Z")],
    }),
    order(3, { companyLocationId: 51, processedAt: "2026-10-15T10:00:00Z", terms: net30("2026-10-15T10:00:00Z") }),
    // No invoice: paid at once, one mug back.
    order(4, {
      lines: [line(41)],
      transactions: [paid("30.00", "2026-10-01T10:00:00Z")],
      refunds: [
        {
          id: 1,
          createdAt: "2026-10-05T12:00:00Z",
          lines: [{ lineId: 41, quantity: 1, restockType: "RETURN", amount: "10.00", tax: "0.00" }],
          shipping: "0.00",
          adjustment: "0.00",
        },
      ],
    }),
  );
  app = await startAppUnderTest(world, NOW);
  await app.install();
});
afterAll(() => app.stop());

test("receivables.csv has every order on payment terms, with the days from issue to payment or to now", async () => {
  const response = await app.ask("/app/receivables.csv");
  expect(response.status).toBe(200);
  const rows: Record<string, string>[] = parseCsv(await response.text(), { columns: true });
  const common = {
    company: "Co",
    customer_key: "company:5",
    amount: "30.00",
    on_time_discount_minor: "0",
    currency: "USD",
  };
  expect(rows).toEqual([
    {
      ...common,
      invoice: "#1001",
      issued: "2026-08-01",
      due: "2026-08-31",
      paid: "2026-08-11",
      days_to_pay: "10",
      open: "0.00",
    },
    {
      ...common,
      invoice: "#1002",
      issued: "2026-08-20",
      due: "2026-09-19",
      paid: "2026-09-29",
      days_to_pay: "40",
      open: "0.00",
    },
    {
      ...common,
      invoice: "#1003",
      issued: "2026-10-15",
      due: "2026-11-14",
      paid: "",
      days_to_pay: "16",
      open: "30.00",
    },
  ]);
});

test("the page of a customer who buys on credit says how it pays", async () => {
  const { rows } = await app.database.pool.query<{ id: bigint }>("SELECT id FROM customer WHERE key = 'company:5'");
  const response = await app.ask(`/app/customers/${rows[0]?.id}`);
  const page = await response.text();
  // (10 x 30 + 40 x 30 + 16 x 30) / 90 = 22.0; beyond terms (0 + 10 + 0) / 3 = 3.3.
  for (const text of ["Receivables", "22.0 days", "3.3 days", "$30.00"]) expect(page).toContain(text);
});

test("before the first comparison there is nothing to export, and the page says so", async () => {
  expect((await app.ask("/app/reconciliation.json")).status).toBe(404);
  expect(await (await app.ask("/app/reconciliation")).text()).toContain("Nothing has been compared yet");
});

const report = z.object({
  ordersChecked: z.int(),
  ordersThatDiffer: z.int(),
  differences: z.array(z.object({ order: z.int(), lineType: z.string(), ledgerMinor: z.int(), shopifyMinor: z.int() })),
});

const compare = async (): Promise<z.infer<typeof report>> => {
  expect((await app.ask("/app/reconciliation?index", { method: "POST" })).status).toBe(200);
  await app.settled();
  return report.parse(await (await app.ask("/app/reconciliation.json")).json());
};

test("a comparison finds nothing while the ledger is right, and the amount by which it is wrong", async () => {
  expect(await compare()).toEqual({ ordersChecked: 4, ordersThatDiffer: 0, differences: [] });
  await app.database.pool.query("UPDATE ledger_entry SET amount = amount + 1 WHERE kind = 'return'");
  expect(await compare()).toEqual({
    ordersChecked: 4,
    ordersThatDiffer: 1,
    differences: [
      { order: 4, lineType: "PRODUCT", ledgerMinor: 2001, shopifyMinor: 2000 },
      { order: 4, lineType: "TOTAL", ledgerMinor: 2001, shopifyMinor: 2000 },
    ],
  });
  const page = await (await app.ask("/app/reconciliation")).text();
  for (const text of ["1 order differs", "#1004", "$20.01", "$20.00", "$0.01"]) expect(page).toContain(text);
});
