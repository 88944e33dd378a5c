import type pg from "pg";
import { fromSnapshot } from "#app/db/pool.server.ts";
import type { EntryKind, Provenance } from "#app/core/ledger/entry.ts";

export interface LedgerLine {
  readonly orderId: bigint;
  readonly lineId: bigint | null;
  readonly kind: EntryKind;
  readonly event: string;
  readonly occurredAt: Date;
  readonly amount: bigint;
  readonly currency: string;
  readonly provenance: Provenance;
  readonly counted: boolean;
}

const ORDERS_PER_BATCH = 1000;

/** The whole ledger by order, line, instant, event and kind, a batch of orders at a time. */
export const exportLedger = (pool: pg.Pool, shopId: number): AsyncGenerator<readonly LedgerLine[]> =>
  fromSnapshot(pool, (client) => batches(client, shopId));

async function* batches(client: pg.PoolClient, shopId: number): AsyncGenerator<readonly LedgerLine[]> {
  for (let after = -1n; ;) {
    const { rows: orders } = await client.query<{ id: bigint }>(
      `SELECT id FROM "order" WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3`,
      [shopId, after, ORDERS_PER_BATCH],
    );
    const last = orders.at(-1)?.id;
    if (last === undefined) return;
    const { rows } = await client.query<LedgerLine>(
      `SELECT order_id AS "orderId", nullif(line_id, 0) AS "lineId", kind, event_type || ':' || event_id AS event,
         occurred_at AS "occurredAt", amount, currency, provenance, counted
       FROM ledger_entry JOIN "order" ON "order".shop_id = ledger_entry.shop_id AND "order".id = order_id
       WHERE ledger_entry.shop_id = $1 AND order_id > $2 AND order_id <= $3
       ORDER BY order_id, line_id, occurred_at, event_type, event_id, kind`,
      [shopId, after, last],
    );
    yield rows;
    after = last;
  }
}
