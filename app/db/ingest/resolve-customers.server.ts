import type pg from "pg";
import { formatCustomerKey, type CustomerKey } from "#app/core/customers/customer-key.ts";
import type { Instant } from "#app/core/time/shop-day.ts";

export interface Sighting {
  readonly key: CustomerKey;
  /** When the customer placed a counted order; null for an order that does not count. */
  readonly orderedAt: Instant | null;
}

/**
 * The row ids of customers by their printed keys. Customers seen for the first time get a row; an earlier order than the
 * first one known moves `first_order_at` back.
 */
export const resolveCustomers = async (
  client: pg.PoolClient,
  shopId: number,
  sightings: readonly Sighting[],
): Promise<Map<string, bigint>> => {
  const first = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const printed = formatCustomerKey(sighting.key);
    const before = first.get(printed);
    const isEarlier = before && sighting.orderedAt !== null && (before.orderedAt ?? Infinity) > sighting.orderedAt;
    if (!before || isEarlier) first.set(printed, sighting);
  }
  // In one order everywhere, so that two batches that name the same customers cannot wait for each other.
  const seen = [...first].sort(([a], [b]) => (a < b ? -1 : 1));
  await client.query(
    `INSERT INTO customer (shop_id, key, kind, shopify_id, email, first_order_at)
     SELECT $1, * FROM unnest($2::text[], $3::customer_kind[], $4::bigint[], $5::text[], $6::timestamptz[])
     ON CONFLICT (shop_id, key) DO UPDATE SET first_order_at = EXCLUDED.first_order_at
       WHERE EXCLUDED.first_order_at < customer.first_order_at
          OR (customer.first_order_at IS NULL AND EXCLUDED.first_order_at IS NOT NULL)`,
    [
      shopId,
      seen.map(([key]) => key),
      seen.map(([, { key }]) => key.kind),
      seen.map(([, { key }]) => ("id" in key ? key.id : null)),
      seen.map(([, { key }]) => ("email" in key ? key.email : null)),
      seen.map(([, { orderedAt }]) => (orderedAt === null ? null : new Date(orderedAt).toISOString())),
    ],
  );
  // A statement of its own: rows that another transaction committed while the one above waited are seen by this one.
  const { rows } = await client.query<{ id: bigint; key: string }>(
    "SELECT id, key FROM customer WHERE shop_id = $1 AND key = ANY ($2)",
    [shopId, seen.map(([key]) => key)],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
};
