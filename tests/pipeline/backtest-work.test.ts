import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cancelBacktest, deleteBacktest } from "#app/db/backtest/backtests.server.ts";
import { customersOfBacktest, type CustomerResult } from "#app/db/backtest/results.server.ts";
import { NOW } from "#tests/local-shopify/test-shop.ts";
import { backtestShop, pastOrder, type BacktestShop } from "#tests/setup/backtest-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** Work on back-tests that is interrupted, done twice, killed or cancelled. */
let database: TestDatabase;
let past: BacktestShop;

const PLAN = {
  parts: [{ kind: "quantity-break", scope: "variant", measure: "units", steps: [{ from: 10, percent: "15" }] }],
};

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** More orders than fit one batch, by three customers. */
beforeEach(async () => {
  past = await backtestShop(database.pool);
  await past.savePlan(PLAN);
  const orders = Array.from({ length: 1500 }, (_one, index) =>
    pastOrder(1000 + index, "2026-06-20", { quantity: 1 + (index % 12) }, { customerId: BigInt(5 + (index % 3)) }),
  );
  await past.post(...orders);
});

const results = (id: number): Promise<CustomerResult[]> =>
  customersOfBacktest(database.pool, past.shop.id, id, { offset: 0, limit: 10 });

test("work that was interrupted goes on where it was, and counts nothing twice", async () => {
  const whole = await past.run(1);
  const id = await past.request(1);
  await past.work({ isStopping: () => true });
  expect(await past.find(id)).toMatchObject({ status: "running", done: 1000, total: 1500 });
  await past.work();
  expect(await past.find(id)).toMatchObject({ status: "finished", done: 1500, counts: whole.counts });
  expect(await results(id)).toEqual(await results(whole.id));
  expect((await results(id)).reduce((sum, { orders }) => sum + orders, 0)).toBe(1500);
});

test("work that two processes do at once, since one was taken for dead, counts nothing twice", async () => {
  const whole = await past.run(1);
  const id = await past.request(1);
  await Promise.all([past.work(), past.work()]);
  expect(await past.find(id)).toMatchObject({ status: "finished", done: 1500, counts: whole.counts });
  expect(await results(id)).toEqual(await results(whole.id));
});

test("work that is killed in the middle of saving goes on with the batch that was not saved", async () => {
  const id = await past.request(1);
  await database.pool.query(
    `CREATE FUNCTION stop_here() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$ LANGUAGE plpgsql;
     CREATE TRIGGER stop_here BEFORE INSERT ON backtest_customer EXECUTE FUNCTION stop_here()`,
  );
  await expect(past.work()).rejects.toThrow("killed");
  await database.pool.query("DROP TRIGGER stop_here ON backtest_customer; DROP FUNCTION stop_here()");
  expect(await past.find(id)).toMatchObject({ status: "running", done: 0, counts: { orders: 0 } });
  await past.work();
  expect(await past.find(id)).toMatchObject({ status: "finished", done: 1500, counts: { orders: 1500 } });
});

test("work that is cancelled ends with what was done until then, and the next back-test is begun", async () => {
  const [first, second, third] = [await past.request(1), await past.request(1), await past.request(1)];
  await past.work({ isStopping: () => true });
  expect(await cancelBacktest(database.pool, past.shop.id, first, NOW)).toBe(true);
  expect(await deleteBacktest(database.pool, past.shop.id, second)).toBe(true);
  await past.work();
  expect(await past.find(first)).toMatchObject({ status: "cancelled", done: 1000 });
  expect(await past.find(second)).toBeNull();
  expect(await past.find(third)).toMatchObject({ status: "finished", done: 1500 });
  expect(await cancelBacktest(database.pool, past.shop.id, third, NOW)).toBe(false);
});
