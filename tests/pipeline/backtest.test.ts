import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { breakEvenLift } from "#app/core/backtest/break-even.ts";
import {
  belowOfBacktest,
  customersOfBacktest,
  differencesOfBacktest,
  resultsByTier,
  type TierResult,
} from "#app/db/backtest/results.server.ts";
import { redactCustomer } from "#app/db/privacy/redact-customer.server.ts";
import { anOrderLine, aRefund, aRefundLine, at, changes } from "#tests/factories/order.ts";
import { NOW } from "#tests/local-shopify/test-shop.ts";
import { backtestShop, pastOrder, type BacktestShop } from "#tests/setup/backtest-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let past: BacktestShop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const FROM_TEN = { kind: "quantity-break", scope: "variant", measure: "units" };

/** In force from May to July: 10 % off from 10 mugs on or 5 % for tier A, whichever is more. */
const THEN = {
  parts: [
    { ...FROM_TEN, steps: [{ from: 10, percent: "10" }] },
    { kind: "tier-price", tiers: { A: "5" } },
  ],
  limits: { minMarginPercent: "30" },
};

/** Tried: 15 % and 8 %, added up. */
const CANDIDATE = {
  parts: [
    { ...FROM_TEN, steps: [{ from: 10, percent: "15" }] },
    { kind: "tier-price", tiers: { A: "8" } },
  ],
  meet: "add",
  limits: { minMarginPercent: "30" },
  schedule: { from: "2026-12-01" },
};

const PUBLISHED = at("2026-05-01T00:00:00Z");

const publish = async (): Promise<void> => {
  const { id } = past.shop;
  const from = new Date(PUBLISHED);
  await database.pool.query(
    "INSERT INTO plan_period (shop_id, version, from_at, until_at) VALUES ($1, 1, $2, '2026-08-01T00:00:00Z')",
    [id, from],
  );
  // 4.20 / 0.7 = 6.00.
  await database.pool.query(
    `INSERT INTO published_value_log (shop_id, owner, owner_id, at, value)
     VALUES ($1, 'variant', 11, $2, '600'), ($1, 'customer', 1, $2, '{"v":1,"tier":"A"}')`,
    [id, from],
  );
};

/** Customer 1 has been in tier A since 15 May, and was in C before. */
const rank = async (): Promise<void> => {
  const { id } = past.shop;
  const { rows } = await database.pool.query<{ run: number }>(
    `INSERT INTO tier_run (shop_id, as_of, policy, summary) VALUES ($1, '2026-05-15T00:00:00Z', '{}', '{}') RETURNING id AS run`,
    [id],
  );
  await database.pool.query(
    `INSERT INTO standing (shop_id, customer_id, run_id, rank, tier, flags, cumulative_before, orders, net_sales, cm1, cm2,
       cm3, cm4, goods, goods_with_known_cost, last_order_day)
     SELECT shop_id, id, $2, 1, 'A', '{}', 0, 1, 0, 0, 0, 0, 0, 0, 0, '2026-09-01' FROM customer
     WHERE shop_id = $1 AND key = 'customer:1'`,
    [id, rows[0]?.run],
  );
  await database.pool.query(
    `INSERT INTO tier_move (shop_id, customer_id, run_id, "from", "to", value)
     SELECT shop_id, id, $2, 'C', 'A', 0 FROM customer WHERE shop_id = $1 AND key = 'customer:1'`,
    [id, rows[0]?.run],
  );
};

const GUEST = { customerId: null, email: "guest@example.com" };
const CODE = { source: "web", asksToPayNow: false, usedCodes: true };

beforeEach(async () => {
  past = await backtestShop(database.pool);
  await past.savePlan(THEN);
  await past.savePlan(CANDIDATE);
  await past.post(
    pastOrder(1, "2026-03-01", { quantity: 12 }),
    pastOrder(2, "2026-04-01"),
    pastOrder(3, "2026-06-01", { quantity: 10, discount: 1000n }),
    pastOrder(4, "2026-06-02", { discount: 50n }),
    pastOrder(5, "2026-06-03", { variantId: 21n, unitPrice: 2000n, quantity: 2 }, GUEST),
    pastOrder(6, "2026-09-01", { discount: 200n }, { origin: CODE }),
  );
  await publish();
  await rank();
});

const differences = async (id: number): Promise<string[]> =>
  (await differencesOfBacktest(database.pool, past.shop.id, id, { offset: 0, limit: 100 })).map(
    ({ orderName, given, replayed, reason }) => `${orderName}: ${given}, not ${replayed}: ${reason}`,
  );

const results = (id: number): Promise<TierResult[]> => resultsByTier(database.pool, past.shop.id, id);

describe("a back-test", () => {
  test("gives back to the cent what the plan of then gave, and says what another one would have given", async () => {
    const { id, status, counts, total, done } = await past.run(2);
    expect([status, total, done]).toEqual(["finished", 6, 6]);
    expect(await differences(id)).toEqual([]);
    expect(counts).toEqual({
      ...{ orders: 6, lines: 6, outside: {}, underPlan: 3, ordersThatDiffer: 0, linesThatDiffer: 0 },
      ...{ withOthers: 1, linesWithoutCost: 1 },
      below: {
        past: { floorOrders: 0, floorLines: 0, costOrders: 0, costLines: 0 },
        candidate: { floorOrders: 0, floorLines: 0, costOrders: 0, costLines: 0 },
      },
    });
    // The candidate, on whichever day it is to begin:
    //   #1 its first order, so no tier: 15 % of 120.00        18.00
    //   #2 in April, in tier C                                  0.00
    //   #3 in June, in tier A: 15 % + 8 % of 100.00            23.00
    //   #4 8 % of 10.00                                         0.80
    //   #6 8 %, beside the 2.00 of a code                       0.80
    // Given in all: 10.00 + 0.50 + 2.00 = 12.50 then, 42.60 + 2.00 = 44.60 with it. Sold then 250.00 - 12.50 = 237.50 of 25
    // mugs that cost 105.00: 132.50 are left, and 32.10 less with it.
    const money = {
      ...{ netSales: 23_750n, cm4: 13_250n, givenPast: 1250n, givenCandidate: 4460n },
      ...{ planPast: 1050n, planCandidate: 4260n, change: -3210n, margin: 10_040n, extra: 3210n },
    };
    // The caps of the guest have no known cost, and so no discount while the plan sets a margin.
    const caps = { netSales: 4000n, cm4: 4000n, givenPast: 0n, givenCandidate: 0n };
    const none = { planPast: 0n, planCandidate: 0n, change: 0n, margin: 0n, extra: 0n };
    expect(await results(id)).toEqual([
      { tier: "A", customers: 1, orders: 5, ...money },
      { tier: null, customers: 1, orders: 1, ...caps, ...none },
    ]);
    // 32.10 / 100.40 = 31.972 %.
    expect(breakEvenLift(money)).toBe(3198);
  });

  test("lists a past discount that is not the plan's, with what is known of the reason", async () => {
    const lines = [
      anOrderLine({ id: 71n, quantity: 10, discount: 900n }),
      anOrderLine({ id: 72n, variantId: null, discount: 1n }),
    ];
    await past.post(
      pastOrder(7, "2026-06-05", {}, { lines }),
      pastOrder(8, "2026-06-06", { discount: 300n }, { origin: CODE }),
      pastOrder(9, "2026-06-07", { discount: 0n }),
      pastOrder(10, "2026-06-08", { discount: 333n }),
      pastOrder(11, "2026-06-09", { discount: 51n }, { presentment: { currency: "EUR", total: 900n } }),
      pastOrder(12, "2026-06-10", { discount: 50n }, { customerId: 2n }),
      pastOrder(13, "2026-06-10", { variantId: 21n, unitPrice: 2000n, discount: 100n }),
      pastOrder(14, "2026-09-02", { discount: 77n }),
    );
    const { id, counts } = await past.run(2);
    expect(await differences(id)).toEqual([
      "#7: 900, not 1000: less-given",
      "#7: 1, not 0: no-variant",
      "#8: 300, not 50: code-used",
      "#9: 0, not 50: not-signed-in",
      "#10: 333, not 50: other-discount",
      "#11: 51, not 50: other-currency",
      "#12: 50, not 0: values-unknown",
      "#13: 100, not 0: values-unknown",
    ]);
    expect([counts.underPlan, counts.ordersThatDiffer, counts.linesThatDiffer]).toEqual([10, 7, 8]);
  });

  test("counts what a buyer had bought up to the day before each order", async () => {
    const version = await past.savePlan({
      parts: [{ kind: "cumulative", window: "lifetime", measure: "units", steps: [{ from: 12, percent: "4" }] }],
    });
    const { id } = await past.run(version);
    // Nothing before #1; 12 units before #2; so 4 % of 10.00 + 100.00 + 10.00 + 10.00.
    expect((await results(id)).map(({ planCandidate }) => planCandidate)).toEqual([520n, 0n]);
  });

  test("leaves out what no checkout priced, and counts it", async () => {
    const edit = { type: "edit" as const, id: 1n, at: at("2026-06-06T00:00:00Z") };
    await past.post(
      pastOrder(21, "2026-06-05", {}, { test: true }),
      pastOrder(22, "2026-06-05", {}, { origin: { ...CODE, source: "pos" } }),
      pastOrder(23, "2026-06-05", {}, { origin: { ...CODE, source: "shopify_draft_order" } }),
      pastOrder(24, "2026-06-05", {}, { changes: changes({ added: new Map([[240n, edit]]) }) }),
      pastOrder(25, "2026-06-05", {}, { changes: null }),
      pastOrder(26, "2026-06-05", { variantId: null }),
    );
    const { counts, done } = await past.run(2);
    expect([counts.orders, done]).toEqual([6, 12]);
    expect(counts.outside).toEqual({
      ...{ test: 1, "point-of-sale": 1, draft: 1, edited: 1, "not-read": 1, "custom-lines": 1 },
    });
  });

  test("of the last days begins with the first of them at the shop", async () => {
    // Today is 31 October in New York: 61 days begin on 1 September there, which is at 04:00 in UTC.
    await past.post(
      pastOrder(31, "2026-09-01", {}, { processedAt: at("2026-09-01T03:59:59Z") }),
      pastOrder(32, "2026-09-01", {}, { processedAt: at("2026-09-01T04:00:00Z") }),
    );
    expect((await past.run(2, 61)).counts.orders).toBe(2);
    expect((await past.run(2, 60)).counts.orders).toBe(0);
  });

  test("says which lines would be sold below the margin or below cost, and keeps to what came back", async () => {
    const version = await past.savePlan({ parts: [{ ...FROM_TEN, steps: [{ from: 12, percent: "60" }] }] });
    const refund = aRefund({ lines: [aRefundLine({ lineId: 410n, quantity: 3 })] });
    await past.post(pastOrder(41, "2026-10-01", { quantity: 12 }, { changes: changes({ refunds: [refund] }) }));
    const { id, counts } = await past.run(version);
    const { pool } = database;
    // 40 % of 120.00 are 48.00, and 12 mugs cost 50.40.
    const below = await belowOfBacktest(pool, past.shop.id, id, { offset: 0, limit: 9 });
    expect(below.map((line) => line.below)).toEqual([["candidate-cost"], ["candidate-cost"]]);
    expect(below.map(({ orderName, product, buyer }) => [orderName, product, buyer?.key])).toEqual([
      ["#1", "Mug", "customer:1"],
      ["#41", "Mug", "customer:1"],
    ]);
    expect(counts.below.candidate).toEqual({ floorOrders: 0, floorLines: 0, costOrders: 2, costLines: 2 });
    // 72.00 less for the 12 of #1, 54.00 for the 9 of #41 that were kept; and 10.00 + 0.50 of the plan of then come back.
    expect((await results(id)).map(({ change }) => change)).toEqual([-7200n - 5400n + 1050n, 0n]);
  });

  test("of a buyer who asked to pay now has that part where it is in the plan", async () => {
    const version = await past.savePlan({ parts: [{ kind: "pay-now", percent: "2" }] });
    await past.post(pastOrder(51, "2026-10-01", {}, { origin: { ...CODE, asksToPayNow: true } }));
    const { id } = await past.run(version);
    expect((await results(id)).map(({ planCandidate }) => planCandidate)).toEqual([20n, 0n]);
  });
});

test("of a customer who is erased figures stay and nothing leads to the person; what it was entitled to is unknown then", async () => {
  const before = await past.run(2);
  const figures = await results(before.id);
  const person = { customerId: 1n, email: null, orderIds: [] };
  await redactCustomer(database.pool, past.shop.id, person, NOW);
  const at50 = { offset: 0, limit: 50 };
  const customers = await customersOfBacktest(database.pool, past.shop.id, before.id, at50);
  expect(customers[0]).toMatchObject({ name: null, email: null, change: -3210n });
  expect(customers[0]?.key).toMatch(/^redacted:/);
  expect(await results(before.id)).toEqual(figures);
  // As for a guest: the break of #3 is the same, and #4 has no price of tier A.
  expect(await differences((await past.run(2)).id)).toEqual(["#4: 50, not 0: buyer-erased"]);
});
