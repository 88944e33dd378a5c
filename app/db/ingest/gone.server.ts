import type pg from "pg";
import { inTransaction } from "#app/db/pool.server.ts";

const rising = (rows: readonly { readonly id: bigint }[]): BigInt64Array =>
  BigInt64Array.from(rows.map(({ id }) => id));

/** The ids of a shop's orders that were placed since an instant, rising; of all where there is none. */
export const orderIdsSince = async (pool: pg.Pool, shopId: number, since: Date | null): Promise<BigInt64Array> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT id FROM "order" WHERE shop_id = $1 AND ($2::timestamptz IS NULL OR processed_at >= $2) ORDER BY id`,
    [shopId, since],
  );
  return rising(rows);
};

/** Shopify's ids of a shop's customers, rising. */
export const customerIds = async (pool: pg.Pool, shopId: number): Promise<BigInt64Array> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT shopify_id AS id FROM customer WHERE shop_id = $1 AND kind = 'customer' AND shopify_id IS NOT NULL ORDER BY 1`,
    [shopId],
  );
  return rising(rows);
};

/** Of orders, those that are known and were placed since an instant, or whenever where there is none. */
export const knownOrders = async (
  pool: pg.Pool,
  shopId: number,
  ids: readonly bigint[],
  since: Date | null,
): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT id FROM "order" WHERE shop_id = $1 AND id = ANY ($2) AND ($3::timestamptz IS NULL OR processed_at >= $3)`,
    [shopId, ids, since],
  );
  return rows.map(({ id }) => id);
};

/** The orders of one of Shopify's customers. */
export const ordersOfCustomer = async (pool: pg.Pool, shopId: number, shopifyId: bigint): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT "order".id FROM "order" JOIN customer ON customer.shop_id = $1 AND customer.id = customer_id
     WHERE "order".shop_id = $1 AND kind = 'customer' AND shopify_id = $2 ORDER BY "order".id`,
    [shopId, shopifyId],
  );
  return rows.map(({ id }) => id);
};

/** Where something stands of an order that goes with it. What was given for it, and what back-tests found, is history. */
export const GOES_WITH_ORDERS = [
  "ledger_entry",
  "order_day",
  "invoice",
  "dispute",
  "reconciliation_difference",
  "pay_now_unpaid",
];
const DROP_ORDERS = GOES_WITH_ORDERS.map((table) => `DELETE FROM ${table} WHERE shop_id = $1 AND order_id = ANY ($2)`);

const FIRST_ORDERS = `
  UPDATE customer SET first_order_at = (
    SELECT min(processed_at) FILTER (WHERE counted) FROM "order" WHERE shop_id = $1 AND customer_id = customer.id)
  WHERE shop_id = $1 AND id = ANY ($2) AND kind <> 'anonymous'`;

/** Takes orders out that Shopify does not have any more, with all that followed from them. @returns whose they were */
export const removeOrders = (pool: pg.Pool, shopId: number, ids: readonly bigint[]): Promise<bigint[]> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ customerId: bigint }>(
      `DELETE FROM "order" WHERE shop_id = $1 AND id = ANY ($2) RETURNING customer_id AS "customerId"`,
      [shopId, ids],
    );
    for (const statement of DROP_ORDERS) await client.query(statement, [shopId, ids]);
    const owners = [...new Set(rows.map(({ customerId }) => customerId))];
    await client.query(FIRST_ORDERS, [shopId, owners]);
    return owners;
  });

const OF_CUSTOMER = ["tier_pin", "tier_move", "standing"].map(
  (table) => `DELETE FROM ${table} WHERE shop_id = $1 AND customer_id = ANY ($2)`,
);

/** Takes customers out whom Shopify does not have any more; those with orders stay. */
export const removeCustomers = (pool: pg.Pool, shopId: number, shopifyIds: readonly bigint[]): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: bigint }>(
      `DELETE FROM customer WHERE shop_id = $1 AND kind = 'customer' AND shopify_id = ANY ($2) AND NOT EXISTS (
         SELECT 1 FROM "order" WHERE shop_id = $1 AND customer_id = customer.id
       ) RETURNING id`,
      [shopId, shopifyIds],
    );
    for (const statement of OF_CUSTOMER) await client.query(statement, [shopId, rows.map(({ id }) => id)]);
  });
