import type pg from "pg";
import type { Order } from "#app/core/orders/order.ts";
import { writeAsOf, type LedgerAt } from "#app/db/ledger-version.server.ts";
import { copyLedgers } from "./copy-orders.server.ts";
import { parseOrderFacts } from "./order-facts.ts";
import type { PrintedLedgers } from "./order-rows.ts";
import { FACTS_DIGEST, mergeRecomputed, prepareStage } from "./staged-orders.server.ts";

/** An order as it is kept, with whom it belongs to. */
export interface KeptOrder {
  readonly order: Order;
  readonly customerId: bigint;
  /** Tells this state of the order from any other. */
  readonly digest: string;
}

interface Row {
  readonly facts: unknown;
  readonly customerId: bigint;
  readonly digest: string;
}

const toKept = ({ facts, ...row }: Row): KeptOrder => ({ order: parseOrderFacts(facts), ...row });

const SELECT = `SELECT facts, customer_id AS "customerId", ${FACTS_DIGEST} AS digest FROM "order" WHERE shop_id = $1 AND facts IS NOT NULL`;

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

/**
 * Writes what was worked out again of orders as they are kept: entries, day totals and invoices, where they differ.
 *
 * @throws when the ledger's version has moved on
 */
export const writeRecomputed = (
  pool: pg.Pool,
  at: LedgerAt,
  kept: readonly KeptOrder[],
  printed: PrintedLedgers,
): Promise<void> =>
  writeAsOf(pool, at, async (client) => {
    await prepareStage(client);
    await copyLedgers(client, printed, "stage_");
    const states = kept.map(({ order, digest }) => ({ id: order.id, digest }));
    await mergeRecomputed(client, at.shopId, states);
  });
