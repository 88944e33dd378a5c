import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalog, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

const NOW = new Date("2026-10-31T12:00:00Z");
const PLAN = {
  parts: [{ kind: "early-payment-after", percent: "2", discountDays: 10, netDays: 30 }],
};

const net30 = (issuedAt: string) => ({ type: "NET", dueInDays: 30, issuedAt }) as const;
const paid = (amount: string, processedAt: string) =>
  ({ kind: "SALE", gateway: "manual", amount, processedAt, fee: null }) as const;
const ofCompany = (id: number, at: string, changes: Parameters<typeof order>[1] = {}) =>
  order(id, { companyLocationId: 51, processedAt: at, terms: net30(at), ...changes });

let app: AppUnderTest;

/** Invoices of before the plan: paid on the tenth day with one of three mugs back, paid late, and two that are open. */
const BEFORE = [
  ofCompany(1, "2026-08-01T10:00:00Z", {
    transactions: [paid("30.00", "2026-08-11T10:00:00Z")],
    refunds: [
      {
        id: 1,
        createdAt: "2026-08-20T12:00:00Z",
        lines: [{ lineId: 11, quantity: 1, restockType: "RETURN", amount: "10.00", tax: "0.00" }],
        shipping: "0.00",
        adjustment: "0.00",
      },
    ],
  }),
  ofCompany(2, "2026-08-01T10:00:00Z", { transactions: [paid("30.00", "2026-09-10T10:00:00Z")] }),
  ofCompany(3, "2026-09-10T10:00:00Z"),
  ofCompany(4, "2026-10-25T10:00:00Z"),
];

/** Shopify counts whole seconds. */
const now = (): string =>
  app.shopify.clock
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");

const page = async (view = "open"): Promise<string> => (await app.ask(`/app/terms?view=${view}`)).text();

const csv = async (target: string): Promise<Record<string, string>[]> =>
  parseCsv(await (await app.ask(target)).text(), { columns: true });

const act = async (intent: string, id: number): Promise<void> => {
  const body = new URLSearchParams({ intent, order: String(id) });
  expect((await app.ask("/app/terms?index", { method: "POST", body })).status).toBe(200);
  await app.settled();
};

const statusOf = async (id: number): Promise<string | undefined> => {
  const { rows } = await app.database.pool.query<{ status: string }>(
    "SELECT status::text FROM early_payment_rebate WHERE order_id = $1",
    [id],
  );
  return rows[0]?.status;
};

const credits = () => app.shopify.stats.get("StoreCreditGive")?.calls ?? 0;

beforeAll(async () => {
  app = await startAppUnderTest(worldOf(...catalog, ...BEFORE), NOW);
  await app.install();
});
afterAll(() => app.stop());

describe("before any plan", () => {
  test("the page lists what is open, the overdue first, and says that no plan gives anything", async () => {
    const text = await page();
    for (const said of ["#1003", "21 days late", "#1004", "Nov 24, 2026", "The discount plan gives nothing"]) {
      expect(text).toContain(said);
    }
    expect(text.indexOf("#1003")).toBeLessThan(text.indexOf("#1004"));
    expect(await page("overdue")).not.toContain("#1004");
    expect(await page("lapsing")).toContain("No discount lapses soon");
    expect(await page("rebates")).toContain("Nothing has been earned yet");
  });

  test("who pays late is listed by days beyond terms, weighted by amount", async () => {
    // Beyond terms of 30 days: 0, 10, 21 and 0 days on 30.00 each; a refund does not lower the amount.
    expect(await page("late")).toContain("7.8 days");
  });

  test("receivables.csv has nothing for paying on time", async () => {
    const rows = await csv("/app/receivables.csv");
    expect(rows.map((row) => row["on_time_discount_minor"])).toEqual(["0", "0", "0", "0"]);
  });
});

test("a plan that is saved and not published says what invoices would earn, and gives nothing", async () => {
  await app.ask("/app/discounts.json", { method: "POST", body: JSON.stringify(PLAN) });
  expect(await page()).toContain("2/10 net 30, not published");
  const rows = await csv("/app/receivables.csv");
  expect(rows.map((row) => row["on_time_discount_minor"])).toEqual(["40", "0", "0", "0"]);
  expect(await page("rebates")).toContain("Nothing has been earned yet");
});

describe("with 2/10 net 30 in force", () => {
  test("the plan is published", async () => {
    const answer = await app.ask("/app/discounts.json?publish=1", { method: "POST", body: JSON.stringify(PLAN) });
    expect(await answer.json()).toMatchObject({ ok: true, published: true });
    await app.settled();
    // What is placed within the second of the publication is placed before it.
    await new Promise((resolve) => setTimeout(resolve, 1100));
  });

  test("receivables.csv has what past invoices would have earned, less what came back", async () => {
    // 2 % of the 20.00 that are left; the others were late or are open.
    const rows = await csv("/app/receivables.csv");
    expect(rows.map((row) => row["on_time_discount_minor"])).toEqual(["40", "0", "0", "0"]);
    expect(await statusOf(1)).toBeUndefined();
  });

  test("the page says what it costs a year beside what the shop's own money does", async () => {
    const text = await page();
    for (const said of ["2/10 net 30", "37.24 % nominal, 44.59 % effective", "Not set"]) expect(text).toContain(said);
    const rules = JSON.stringify([{ kind: "credit_cost", annualPercent: "9" }]);
    await app.ask("/app/costs/rules.json", { method: "POST", body: rules });
    await app.settled();
    expect(await page()).toContain("9 % a year");
  });

  test("an invoice that is placed now shows what can be earned on it until when", async () => {
    app.shopify.placeOrder(ofCompany(5, now()));
    await app.settled();
    expect(await page()).toContain("$0.60 until Nov 10, 2026 (10 days left)");
    const [reminder] = (await csv("/app/terms/reminders.csv")).filter((row) => row["invoice"] === "#1005");
    expect(reminder).toEqual({
      customer: "Co",
      email: "",
      invoice: "#1005",
      issued: "2026-10-31",
      due: "2026-11-30",
      days_late: "0",
      amount: "30.00",
      open: "30.00",
      discount: "0.60",
      discount_until: "2026-11-10",
      currency: "USD",
    });
  });

  test("paid, it gets its discount as store credit, which its customer's page shows", async () => {
    app.shopify.updateOrder({ ...app.shopify.world.ordersById.get(5), transactions: [paid("30.00", now())] });
    await app.settled();
    expect(await statusOf(5)).toBe("given");
    expect(credits()).toBe(1);
    expect(await page("rebates")).toContain("Can be spent until Oct 31, 2027");
    const { rows } = await app.database.pool.query<{ id: bigint }>("SELECT id FROM customer WHERE key = 'company:5'");
    const customer = await (await app.ask(`/app/customers/${rows[0]?.id}`)).text();
    for (const said of ["Earned by paying early", "$0.60 on 1"]) expect(customer).toContain(said);
  });

  test("a held one is shown with what can be done about it, which is recorded", async () => {
    const guest = { companyLocationId: null, customerId: null, email: "guest@example.com" };
    for (const id of [6, 7]) {
      const at = now();
      app.shopify.placeOrder(
        order(id, { processedAt: at, terms: net30(at), ...guest, transactions: [paid("30.00", at)] }),
      );
    }
    await app.settled();
    const text = await page("rebates");
    for (const said of ["neither a company location nor a customer", "It was given", "Give it now", "Dismiss"]) {
      expect(text).toContain(said);
    }
    await act("give", 6);
    expect(await statusOf(6)).toBe("held");
    await act("confirm", 6);
    await act("dismiss", 7);
    expect([await statusOf(6), await statusOf(7)]).toEqual(["given", "dismissed"]);
    await act("give", 7);
    await act("confirm", 7);
    expect(await statusOf(7)).toBe("dismissed");
    expect(credits()).toBe(1);
    const { rows } = await app.database.pool.query<{ action: string; details: unknown }>(
      "SELECT action, details FROM audit_event WHERE action LIKE 'rebate-%' ORDER BY id",
    );
    expect(rows).toEqual([
      { action: "rebate-given", details: { order: "6" } },
      { action: "rebate-confirmed", details: { order: "6" } },
      { action: "rebate-dismissed", details: { order: "7" } },
    ]);
  });

  test("a form that is none of the page's changes nothing", async () => {
    await act("confirm", 5);
    await act("everything", 5);
    expect(await statusOf(5)).toBe("given");
  });
});
