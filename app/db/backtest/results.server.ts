import type pg from "pg";
import type { DifferenceReason } from "#app/core/backtest/difference.ts";
import type { BacktestMoney } from "#app/core/backtest/totals.ts";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { MONEY_COLUMNS, MONEY_NAMES } from "./save-batch.server.ts";

/** What a back-test found for the customers of a tier; null: those without one. */
export interface TierResult extends BacktestMoney {
  readonly tier: Tier | null;
  readonly customers: number;
  readonly orders: number;
}

const SUMS = MONEY_NAMES.map((name) => `sum(${MONEY_COLUMNS[name]})::bigint AS "${name}"`).join(", ");
const AMOUNTS = MONEY_NAMES.map((name) => `${MONEY_COLUMNS[name]} AS "${name}"`).join(", ");

/** By tier, those without one last. */
export const resultsByTier = async (pool: pg.Pool, shopId: number, id: number): Promise<TierResult[]> => {
  const { rows } = await pool.query<TierResult>(
    `SELECT tier, count(*)::int AS customers, sum(orders)::int AS orders, ${SUMS} FROM backtest_customer
     WHERE shop_id = $1 AND backtest_id = $2 GROUP BY tier ORDER BY tier NULLS LAST`,
    [shopId, id],
  );
  return rows;
};

/** What a back-test found for a customer. */
export interface CustomerResult extends BacktestMoney {
  readonly customerId: bigint;
  readonly tier: Tier | null;
  readonly orders: number;
  /** Null: the customer is gone since. */
  readonly kind: CustomerKind | null;
  readonly key: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

const CUSTOMERS = `
  SELECT customer_id AS "customerId", found.tier, orders, ${AMOUNTS}, kind, key, name, email
  FROM backtest_customer found LEFT JOIN customer ON customer.shop_id = $1 AND customer.id = customer_id
  WHERE found.shop_id = $1 AND backtest_id = $2`;

export const RESULTS_PER_PAGE = 50;

/** Customers, those first for whom the candidate changes most. */
export const customersOfBacktest = async (
  pool: pg.Pool,
  shopId: number,
  id: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<CustomerResult[]> => {
  const { rows } = await pool.query<CustomerResult>(
    `${CUSTOMERS} ORDER BY abs(change) DESC, customer_id LIMIT $3 OFFSET $4`,
    [shopId, id, limit, offset],
  );
  return rows;
};

const BATCH = 5000;

/** All customers, a batch at a time. */
export async function* exportBacktestCustomers(
  pool: pg.Pool,
  shopId: number,
  id: number,
): AsyncGenerator<readonly CustomerResult[]> {
  for (let after = -1n; ;) {
    const { rows } = await pool.query<CustomerResult>(
      `${CUSTOMERS} AND customer_id > $3 ORDER BY customer_id LIMIT $4`,
      [...[shopId, id, after, BATCH]],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.customerId ?? after;
  }
}

/** A line that differs from what the plan of then gives, with the name of its order. */
export interface DifferenceResult {
  readonly orderId: bigint;
  readonly lineId: bigint;
  /** Null: the order is gone since. */
  readonly orderName: string | null;
  readonly given: bigint;
  readonly replayed: bigint;
  readonly reason: DifferenceReason;
}

/** A line below the plan's margin or below cost, with the name of its order, what was sold, and to whom. */
export interface BelowResult {
  readonly orderId: bigint;
  readonly lineId: bigint;
  readonly orderName: string | null;
  /** Null: the order is gone since. */
  readonly product: string | null;
  readonly buyer: Buyer | null;
  readonly given: bigint;
  readonly candidate: bigint;
  readonly below: readonly string[];
}

/** A customer, with what it can be called by. */
interface Buyer {
  readonly customerId: bigint;
  readonly kind: CustomerKind;
  readonly key: string;
  readonly name: string | null;
  readonly email: string | null;
}

const LINES = (table: string, columns: string, joined = ""): string => `
  SELECT order_id AS "orderId", line_id AS "lineId", "order".name AS "orderName", ${columns}
  FROM ${table} found LEFT JOIN "order" ON "order".shop_id = $1 AND "order".id = order_id ${joined}
  WHERE found.shop_id = $1 AND backtest_id = $2 ORDER BY order_id, line_id LIMIT $3 OFFSET $4`;

type Paged = { readonly offset: number; readonly limit: number };

export const differencesOfBacktest = async (
  pool: pg.Pool,
  shopId: number,
  id: number,
  { offset, limit }: Paged,
): Promise<DifferenceResult[]> => {
  const { rows } = await pool.query<DifferenceResult>(LINES("backtest_difference", "given, replayed, reason"), [
    ...[shopId, id, limit, offset],
  ]);
  return rows;
};

const BELOW = LINES(
  "backtest_below",
  `given, candidate, below, customer.id AS "customerId", customer.kind, customer.key, customer.name, customer.email,
    (SELECT line ->> 'title' FROM json_array_elements("order".facts -> 'lines') AS line
     WHERE line ->> 'id' = line_id::text LIMIT 1) AS product`,
  'LEFT JOIN customer ON customer.shop_id = $1 AND customer.id = "order".customer_id',
);

type BelowRow = Omit<BelowResult, "buyer"> & { readonly [K in keyof Buyer]: Buyer[K] | null };

export const belowOfBacktest = async (
  pool: pg.Pool,
  shopId: number,
  id: number,
  { offset, limit }: Paged,
): Promise<BelowResult[]> => {
  const { rows } = await pool.query<BelowRow>(BELOW, [shopId, id, limit, offset]);
  return rows.map(({ customerId, kind, key, name, email, ...line }) => ({
    ...line,
    buyer: customerId === null || kind === null || key === null ? null : { customerId, kind, key, name, email },
  }));
};

/** How many rows of each list are kept. */
export const countLists = async (
  pool: pg.Pool,
  shopId: number,
  id: number,
): Promise<{ readonly customers: number; readonly differences: number; readonly below: number }> => {
  const { rows } = await pool.query<{ customers: number; differences: number; below: number }>(
    `SELECT (SELECT count(*) FROM backtest_customer WHERE shop_id = $1 AND backtest_id = $2)::int AS customers,
       (SELECT count(*) FROM backtest_difference WHERE shop_id = $1 AND backtest_id = $2)::int AS differences,
       (SELECT count(*) FROM backtest_below WHERE shop_id = $1 AND backtest_id = $2)::int AS below`,
    [shopId, id],
  );
  return rows[0] ?? { customers: 0, differences: 0, below: 0 };
};
