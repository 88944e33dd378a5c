import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { catalog, line, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

/** Ann has bought 12 mugs at 10.00, and her company 2. */
const WORLD = worldOf(
  ...catalog,
  order(1, { lines: [line(11, { quantity: 12 })] }),
  order(2, { companyLocationId: 51, lines: [line(21, { quantity: 2 })] }),
);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(WORLD, WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

const plan = (percent: string) => ({
  title: `From ten ${percent} %`,
  parts: [{ kind: "quantity-break", scope: "variant", measure: "units", steps: [{ from: 10, percent }] }],
});

const savePlan = (percent: string): Promise<Response> =>
  app.ask("/app/discounts.json", { method: "POST", body: JSON.stringify(plan(percent)) });

const text = async (target: string): Promise<string> =>
  (await (await app.ask(target)).text()).replaceAll(/<!--.*?-->/g, "").replaceAll("&#x27;", "'");

const page = (): Promise<string> => text("/app/discounts/backtest");

/** A form of the page; what it answers comes as text. */
const press = async (fields: Record<string, string>): Promise<string> => {
  const target = "/app/discounts/backtest.data?index";
  const response = await app.ask(target, { method: "POST", body: new URLSearchParams(fields) });
  expect(response.ok).toBe(true);
  return response.text();
};

const start = async (body: unknown): Promise<unknown> =>
  (await app.ask("/app/backtest.json", { method: "POST", body: JSON.stringify(body) })).json();

const file = async (query = "") => {
  const response = await app.ask(`/app/backtest.json${query}`);
  return z.looseObject({}).parse(await response.json());
};

describe("before there is a plan", () => {
  test("the page says that one is to be saved first", async () => {
    expect(await page()).toContain("There is no plan to try yet");
  });

  test("nothing can be started, and there is no file", async () => {
    expect(await start({})).toMatchObject({ ok: false, message: expect.stringContaining("Save a plan first") });
    expect((await app.ask("/app/backtest.json")).status).toBe(404);
    expect((await app.ask("/app/discounts/backtest/1")).status).toBe(404);
    expect((await app.ask("/app/discounts/backtest/none")).status).toBe(404);
  });
});

describe("a back-test", () => {
  test("is started on the page, worked on, and shown with what the plan would have given", async () => {
    await savePlan("10");
    expect(await page()).toContain("None yet.");
    expect(await press({ intent: "start", version: "1", orders: "all" })).toContain("true");
    await app.settled();
    expect(await page()).toContain("Version 1 on all orders");
    const result = await text("/app/discounts/backtest/1");
    // 10 % of Ann's 120.00, and nothing for the 2 mugs of the company. 14 mugs leave 140.00 - 58.80 = 81.20, and 69.20 with it:
    // 12.00 / 69.20 = 17.35 % more. Ann's leave 57.60: 12.00 / 57.60 = 20.84 %: 20.9 % are enough.
    for (const words of [
      "2 orders with 2 lines replayed",
      "$12.00",
      "+17.4 % units",
      "+20.9 % units",
      "Discounts before",
      "Profit after",
      "No plan of Pareto's was in force",
    ]) {
      expect(result).toContain(words);
    }
    expect(result).toContain("Behaviour is held fixed");
  });

  test("is refused for what is no version, or no number of days", async () => {
    expect(await press({ intent: "start", version: "9", orders: "all" })).toContain("no such version");
    for (const days of ["", "0", "3651", "1.5", "x"]) {
      const refused = await press({ intent: "start", version: "1", orders: "days", days });
      expect(refused).toContain("Enter a number of days, from 1 to 3650.");
    }
    expect(await press({ intent: "start", version: "1", orders: "days" })).toContain("Enter a number of days");
    expect(await press({ intent: "explode" })).toContain("Choose a version");
    expect(await start({ version: 1, window: { days: -1 } })).toMatchObject({ ok: false });
  });

  test("is JSON with its assumptions, figures in minor units, and by customer", async () => {
    expect(await file()).toMatchObject({
      ...{ backtest: 1, status: "finished", version: 1, window: "all", currency: "USD", orders: 2, lines: 2 },
      baseline: { ordersUnderPlan: 0, ordersThatDiffer: 0, differences: [] },
      total: {
        ...{ discountPastMinor: 0, discountCandidateMinor: 1200, planDiscountCandidateMinor: 1200 },
        breakEven: { extraDiscountMinor: 1200, marginMinor: 6920, liftPercent: "17.35" },
      },
      customers: [{ key: "customer:1" }, { key: "company:5", discountCandidateMinor: 0 }],
    });
    expect(JSON.stringify(await file("?id=1"))).toContain("held fixed");
    expect((await app.ask("/app/backtest.json?id=x")).status).toBe(404);
  });

  test("is a file of CSV by customer, and one of differences", async () => {
    const rows = (await text("/app/backtest-customers.csv?id=1")).trim().split("\n");
    expect(rows[0]).toBe(
      "key,name,tier,orders,net_sales_past,net_sales_candidate,cm4_past,cm4_candidate,discount_past,discount_candidate," +
        "plan_discount_past,plan_discount_candidate,break_even_lift_percent,currency",
    );
    expect(rows).toContainEqual(expect.stringMatching(/^customer:1,Ann Ash,[ABC],1,120\.00,108\.00,.*,20\.84,USD$/));
    expect(await text("/app/backtest-differences.csv?id=1")).toBe("order,line,given,replayed,reason,currency\n");
    expect((await text("/app/backtest-customers.csv?id=99")).trim().split("\n")).toHaveLength(1);
  });

  test("stands beside another one", async () => {
    await savePlan("20");
    const started = z.object({ ok: z.literal(true), id: z.int() }).parse(await start({ window: { days: 3650 } }));
    await app.settled();
    expect((await file(`?id=${started.id}`))["version"]).toBe(2);
    const both = await text(`/app/discounts/backtest/${started.id}?with=1&show=differences`);
    for (const words of ["Version 2", "Version 1", "$24.00", "$12.00", "orders of the last 3,650 days"]) {
      expect(both).toContain(words);
    }
  });

  test("is deleted with all that it found, on record", async () => {
    expect(await press({ intent: "delete", id: "2" })).toContain("true");
    expect(await page()).not.toContain("Version 2 on");
    const { rows } = await app.database.pool.query<{ count: number }>(
      "SELECT count(*)::int FROM backtest_customer WHERE backtest_id = 2",
    );
    expect(rows).toEqual([{ count: 0 }]);
    const { rows: audited } = await app.database.pool.query<{ text: string }>(
      "SELECT action || ' ' || details AS text FROM audit_event WHERE action LIKE 'backtest-%' ORDER BY id",
    );
    expect(audited.map((one) => one.text)).toEqual([
      'backtest-requested {"version": 1}',
      'backtest-requested {"version": 2}',
      'backtest-deleted {"backtest": 2}',
    ]);
  });
});

test("the page of discounts leads to it", async () => {
  expect(await text("/app/discounts")).toContain("Back-test");
});
