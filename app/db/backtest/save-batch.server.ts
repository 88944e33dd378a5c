import type pg from "pg";
import type { LineDifference } from "#app/core/backtest/difference.ts";
import { NO_MONEY, type BacktestCounts, type BacktestMoney } from "#app/core/backtest/totals.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import type { BacktestCursor } from "./backtests.server.ts";

/** What a batch of orders adds to a customer's row. */
export interface CustomerShare {
  readonly customerId: bigint;
  readonly tier: Tier | null;
  readonly orders: number;
  readonly money: BacktestMoney;
}

/** A line that is sold below the plan's margin or below cost; amounts net of tax. */
export interface BelowLine {
  readonly orderId: bigint;
  readonly lineId: bigint;
  readonly given: bigint;
  readonly candidate: bigint;
  readonly below: readonly string[];
}

export interface BacktestBatch {
  readonly after: BacktestCursor;
  /** Orders that were done before this batch: a batch that somebody else has saved meanwhile is not saved again. */
  readonly doneBefore: number;
  readonly done: number;
  readonly seconds: number;
  /** Of all orders up to this batch's last. */
  readonly counts: BacktestCounts;
  readonly customers: readonly CustomerShare[];
  readonly differences: readonly LineDifference[];
  readonly below: readonly BelowLine[];
}

/** Columns of `backtest_customer` by what they hold. */
export const MONEY_COLUMNS: Readonly<Record<keyof BacktestMoney, string>> = {
  netSales: "net_sales",
  cm4: "cm4",
  givenPast: "given_past",
  givenCandidate: "given_candidate",
  planPast: "plan_past",
  planCandidate: "plan_candidate",
  change: "change",
  margin: "margin",
  extra: "extra",
};

const isMoney = (name: string): name is keyof BacktestMoney => name in NO_MONEY;
export const MONEY_NAMES = Object.keys(MONEY_COLUMNS).filter(isMoney);
const COLUMNS = ["orders", ...Object.values(MONEY_COLUMNS)];

const ADD_CUSTOMERS = `
  INSERT INTO backtest_customer (shop_id, backtest_id, customer_id, tier, ${COLUMNS.join(", ")})
  SELECT $1, $2, * FROM unnest($3::bigint[], $4::tier[], $5::int[],
    ${MONEY_NAMES.map((_name, index) => `$${index + 6}::bigint[]`).join(", ")})
  ON CONFLICT (shop_id, backtest_id, customer_id) DO UPDATE
    SET ${COLUMNS.map((column) => `${column} = backtest_customer.${column} + EXCLUDED.${column}`).join(", ")}`;

const addCustomers = async (
  client: pg.PoolClient,
  [shopId, id]: readonly [number, number],
  customers: readonly CustomerShare[],
): Promise<void> => {
  await client.query(ADD_CUSTOMERS, [
    shopId,
    id,
    customers.map(({ customerId }) => customerId),
    customers.map(({ tier }) => tier),
    customers.map(({ orders }) => orders),
    ...MONEY_NAMES.map((name) => customers.map(({ money }) => money[name])),
  ]);
};

const addLines = async (
  client: pg.PoolClient,
  [shopId, id]: readonly [number, number],
  { differences, below }: BacktestBatch,
): Promise<void> => {
  if (differences.length > 0)
    await client.query(
      `INSERT INTO backtest_difference (shop_id, backtest_id, order_id, line_id, given, replayed, reason)
       SELECT $1, $2, * FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])`,
      [
        shopId,
        id,
        differences.map(({ orderId }) => orderId),
        differences.map(({ lineId }) => lineId),
        differences.map(({ given }) => given),
        differences.map(({ replayed }) => replayed),
        differences.map(({ reason }) => reason),
      ],
    );
  if (below.length > 0)
    await client.query(
      `INSERT INTO backtest_below (shop_id, backtest_id, order_id, line_id, given, candidate, below)
       SELECT $1, $2, order_id, line_id, given, candidate, string_to_array(below, ' ')
       FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
         AS line (order_id, line_id, given, candidate, below)`,
      [
        shopId,
        id,
        below.map(({ orderId }) => orderId),
        below.map(({ lineId }) => lineId),
        below.map(({ given }) => given),
        below.map(({ candidate }) => candidate),
        below.map(({ below: codes }) => codes.join(" ")),
      ],
    );
};

/**
 * Saves what a batch found together with how far it got, both or neither: whoever goes on after this process was killed
 * begins with the next batch, and nothing is counted twice.
 *
 * @returns false where the back-test was cancelled or deleted, or somebody else works on it: nothing is saved then
 */
export const saveBatch = (pool: pg.Pool, shopId: number, id: number, batch: BacktestBatch): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const { after, doneBefore, done, seconds, counts } = batch;
    const { rowCount } = await client.query(
      `UPDATE backtest SET done = $3, seconds = seconds + $4, counts = $5, after_customer = $6, after_at = $7,
         after_order = $8
       WHERE shop_id = $1 AND id = $2 AND status = 'running' AND done = $9`,
      [shopId, id, done, seconds, JSON.stringify(counts), after.customerId, after.at, after.orderId, doneBefore],
    );
    if (rowCount !== 1) return false;
    await addCustomers(client, [shopId, id], batch.customers);
    await addLines(client, [shopId, id], batch);
    return true;
  });
