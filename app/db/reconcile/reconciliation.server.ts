import type pg from "pg";
import type { EntryKind, LedgerEvent } from "#app/core/ledger/entry.ts";
import type { Difference } from "#app/core/ledger/reconcile.ts";

export interface ReconciliationRun {
  readonly id: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly ordersChecked: number;
  /** Of these, how many were compared sale by sale. */
  readonly salesChecked: number;
  readonly ordersThatDiffer: number;
}

const RUN = `SELECT id, started_at AS "startedAt", finished_at AS "finishedAt", orders_checked AS "ordersChecked",
  sales_checked AS "salesChecked", orders_that_differ AS "ordersThatDiffer" FROM reconciliation_run WHERE shop_id = $1`;

/** The latest finished comparison; null before the first. */
export const latestReconciliation = async (pool: pg.Pool, shopId: number): Promise<ReconciliationRun | null> => {
  const { rows } = await pool.query<ReconciliationRun>(`${RUN} AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1`, [
    shopId,
  ]);
  return rows[0] ?? null;
};

/** Starts a comparison; what an unfinished one had found is of no use any more. @returns its id */
export const startReconciliation = async (pool: pg.Pool, shopId: number, now: Date): Promise<number> => {
  await pool.query(
    `WITH unfinished AS (DELETE FROM reconciliation_run WHERE shop_id = $1 AND finished_at IS NULL RETURNING id)
     DELETE FROM reconciliation_difference USING unfinished WHERE shop_id = $1 AND run_id = unfinished.id`,
    [shopId],
  );
  const { rows } = await pool.query<{ id: number }>(
    "INSERT INTO reconciliation_run (shop_id, started_at) VALUES ($1, $2) RETURNING id",
    [shopId, now],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The reconciliation was not saved");
  return id;
};

/** The comparison that has been started and is not finished. */
export const unfinishedReconciliation = async (pool: pg.Pool, shopId: number): Promise<ReconciliationRun | null> => {
  const { rows } = await pool.query<ReconciliationRun>(`${RUN} AND finished_at IS NULL ORDER BY id DESC LIMIT 1`, [
    shopId,
  ]);
  return rows[0] ?? null;
};

export const saveDifferences = async (
  pool: pg.Pool,
  at: { readonly shopId: number; readonly runId: number },
  orders: readonly { readonly orderId: bigint; readonly differences: readonly Difference[] }[],
): Promise<void> => {
  const rows = orders.flatMap(({ orderId, differences }) => differences.map((one) => ({ orderId, ...one })));
  if (rows.length === 0) return;
  await pool.query(
    `INSERT INTO reconciliation_difference (shop_id, run_id, order_id, line_type, ledger, shopify)
     SELECT $1, $2, * FROM unnest($3::bigint[], $4::text[], $5::bigint[], $6::bigint[])
     ON CONFLICT (shop_id, run_id, order_id, line_type) DO UPDATE SET ledger = EXCLUDED.ledger, shopify = EXCLUDED.shopify`,
    [
      at.shopId,
      at.runId,
      rows.map(({ orderId }) => orderId),
      rows.map(({ lineType }) => lineType),
      rows.map(({ ledger }) => ledger),
      rows.map(({ shopify }) => shopify),
    ],
  );
};

/** Ends a comparison: it is the shop's only one from now on. */
export const finishReconciliation = async (
  pool: pg.Pool,
  at: { readonly shopId: number; readonly runId: number },
  end: { readonly now: Date; readonly ordersChecked: number; readonly salesChecked: number },
): Promise<void> => {
  await pool.query(
    `UPDATE reconciliation_run SET finished_at = $3, orders_checked = $4, sales_checked = $5, orders_that_differ = (
       SELECT count(DISTINCT order_id) FROM reconciliation_difference WHERE shop_id = $1 AND run_id = $2
     ) WHERE shop_id = $1 AND id = $2`,
    [at.shopId, at.runId, end.now, end.ordersChecked, end.salesChecked],
  );
};

export interface ReportedDifference extends Difference {
  readonly orderId: bigint;
  readonly orderName: string;
}

const DIFFERENCES = `SELECT order_id AS "orderId", "order".name AS "orderName", line_type AS "lineType", ledger, shopify
  FROM reconciliation_difference found JOIN "order" ON "order".shop_id = found.shop_id AND "order".id = order_id
  WHERE found.shop_id = $1 AND run_id = $2 ORDER BY order_id, line_type`;

/** All that a comparison found, by order and line type. */
export const allDifferences = async (pool: pg.Pool, shopId: number, runId: number): Promise<ReportedDifference[]> => {
  const { rows } = await pool.query<ReportedDifference>(DIFFERENCES, [shopId, runId]);
  return rows;
};

const PER_PAGE = 50;

/** One page of what a comparison found. @param page from 1 */
export const pageOfDifferences = async (
  pool: pg.Pool,
  shopId: number,
  runId: number,
  page: number,
): Promise<{ perPage: number; total: number; differences: ReportedDifference[] }> => {
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>(
      "SELECT count(*)::int AS total FROM reconciliation_difference WHERE shop_id = $1 AND run_id = $2",
      [shopId, runId],
    ),
    pool.query<ReportedDifference>(`${DIFFERENCES} LIMIT $3 OFFSET $4`, [
      shopId,
      runId,
      PER_PAGE,
      (page - 1) * PER_PAGE,
    ]),
  ]);
  return { perPage: PER_PAGE, total: counted.rows[0]?.total ?? 0, differences: listed.rows };
};

/** An entry of the ledger as far as the comparison looks at it. */
export interface ComparedEntry {
  readonly kind: EntryKind;
  readonly event: LedgerEvent;
  readonly amount: bigint;
}

/** The entries of orders by order, as the ledger holds them. */
export const entriesOfOrders = async (
  pool: pg.Pool,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, readonly ComparedEntry[]>> => {
  const { rows } = await pool.query<{ orderId: bigint; kind: EntryKind; type: LedgerEvent["type"]; amount: bigint }>(
    `SELECT order_id AS "orderId", kind, event_type AS type, sum(amount)::bigint AS amount FROM ledger_entry
     WHERE shop_id = $1 AND order_id = ANY ($2) GROUP BY order_id, kind, event_type`,
    [shopId, orderIds],
  );
  const byOrder = new Map<bigint, ComparedEntry[]>();
  for (const { orderId, kind, type, amount } of rows) {
    const entries = byOrder.get(orderId) ?? [];
    byOrder.set(orderId, entries);
    entries.push({ kind, event: { type, id: orderId }, amount });
  }
  return byOrder;
};
