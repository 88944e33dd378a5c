import type pg from "pg";
import type { Order } from "#app/core/orders/order.ts";
import { copyRows } from "#app/db/copy.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { parseOrderFacts } from "./order-facts.ts";
import { COLUMNS, dayRows, entryRows, type Owned } from "./order-rows.ts";
import { mergeRecomputed, prepareStage } from "./staged-orders.server.ts";

/** An order as it is kept, with whom it belongs to. */
export interface KeptOrder {
  readonly order: Order;
  readonly customerId: bigint;
}

interface Row {
  readonly facts: unknown;
  readonly customerId: bigint;
}

const toKept = ({ facts, customerId }: Row): KeptOrder => ({ order: parseOrderFacts(facts), customerId });

const SELECT = `SELECT facts, customer_id AS "customerId" FROM "order" WHERE shop_id = $1 AND facts IS NOT NULL`;

/** Orders by their ids, as they are kept; those that are not known are left out. */
export const keptOrders = async (pool: pg.Pool, shopId: number, ids: readonly bigint[]): Promise<KeptOrder[]> => {
  const { rows } = await pool.query<Row>(`${SELECT} AND id = ANY ($2) ORDER BY id`, [shopId, ids]);
  return rows.map(toKept);
};

/** All orders of a shop as they are kept, by id, a batch at a time. */
export async function* allKeptOrders(pool: pg.Pool, shopId: number, batchSize: number): AsyncGenerator<KeptOrder[]> {
  for (let after = -1n; ;) {
    const { rows } = await pool.query<Row>(`${SELECT} AND id > $2 ORDER BY id LIMIT $3`, [shopId, after, batchSize]);
    const kept = rows.map(toKept);
    if (kept.length > 0) yield kept;
    if (kept.length < batchSize) return;
    after = kept.at(-1)?.order.id ?? after;
  }
}

/** How many orders of a shop are kept. */
export const countKeptOrders = async (pool: pg.Pool, shopId: number): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "order" WHERE shop_id = $1 AND facts IS NOT NULL`,
    [shopId],
  );
  return rows[0]?.count ?? 0;
};

/** Orders whose cost of credit grows by the day. */
export const openInvoices = async (pool: pg.Pool, shopId: number): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    "SELECT order_id AS id FROM invoice WHERE shop_id = $1 AND open > 0 ORDER BY order_id",
    [shopId],
  );
  return rows.map(({ id }) => id);
};

/** Writes what was worked out again of orders as they are kept: derived entries and day totals, where they differ. */
export const writeRecomputed = (pool: pg.Pool, shopId: number, owned: readonly Owned[]): Promise<void> =>
  inTransaction(pool, async (client) => {
    await prepareStage(client);
    const derived = owned.map((one) => ({
      ...one,
      entries: one.entries.filter(({ ruleVersion, kind }) => ruleVersion !== null || kind === "chargeback"),
    }));
    await copyRows(client, `stage_ledger_entry (${COLUMNS.ledger_entry})`, entryRows(shopId, derived));
    await copyRows(client, `stage_order_day (${COLUMNS.order_day})`, dayRows(shopId, owned));
    const states = owned.map(({ order }) => ({ id: order.id, updatedAt: new Date(order.updatedAt) }));
    await mergeRecomputed(client, shopId, states);
  });
