import type pg from "pg";

/** A shop's ledger as lines of text: order, line, kind, event, day, amount, provenance. */
export const ledgerLines = async (pool: pg.Pool, shopId: number, orderId?: number): Promise<string[]> => {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT concat_ws(' ', order_id, coalesce(nullif(line_id, 0)::text, '-'), kind, event_type || ':' || event_id,
       to_char(day, 'YYYY-MM-DD'), amount, provenance) AS line
     FROM ledger_entry WHERE shop_id = $1 AND ($2::bigint IS NULL OR order_id = $2)
     ORDER BY order_id, occurred_at, line_id, kind, event_type, event_id`,
    [shopId, orderId ?? null],
  );
  return rows.map(({ line }) => line);
};

const QUERIES = {
  order: `SELECT o.*, NULL AS customer_id, NULL AS read_at, c.key FROM "order" o JOIN customer c ON c.id = o.customer_id WHERE o.shop_id = $1`,
  invoice: `SELECT i.*, NULL AS customer_id, c.key FROM invoice i JOIN customer c ON c.id = i.customer_id WHERE i.shop_id = $1`,
  ledger_entry: `SELECT e.*, NULL AS customer_id, c.key FROM ledger_entry e JOIN customer c ON c.id = e.customer_id
    WHERE e.shop_id = $1`,
  order_day: `SELECT d.*, NULL AS customer_id, c.key FROM order_day d JOIN customer c ON c.id = d.customer_id
    WHERE d.shop_id = $1`,
  customer: "SELECT key, name, email, first_order_at FROM customer WHERE shop_id = $1",
};

export type ShopRows = Readonly<Record<keyof typeof QUERIES, readonly string[]>>;

/**
 * All that was worked out of a shop's orders, as sorted text: equal for two databases that hold the same. Customers go by
 * their keys, and the shop's own number is left out.
 */
export const shopRows = async (pool: pg.Pool, shopId: number): Promise<ShopRows> => {
  const entries = await Promise.all(
    Object.entries(QUERIES).map(async ([table, sql]) => {
      const { rows } = await pool.query<{ row: string }>(
        `SELECT (to_jsonb(r) - 'shop_id' - 'customer_id')::text AS row FROM (${sql}) r ORDER BY 1`,
        [shopId],
      );
      return [table, rows.map(({ row }) => row)];
    }),
  );
  return Object.fromEntries(entries) as ShopRows;
};
