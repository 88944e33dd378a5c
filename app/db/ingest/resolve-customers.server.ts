import type pg from "pg";
import { formatCustomerKey, type CustomerKey } from "#app/core/customers/customer-key.ts";
import type { Instant } from "#app/core/time/shop-day.ts";
import { isAmong } from "#app/db/among.ts";

export interface Sighting {
  readonly key: CustomerKey;
  /** When the customer placed a counted order; null for an order that does not count. */
  readonly orderedAt: Instant | null;
}

interface Known {
  readonly id: bigint;
  readonly key: string;
  readonly first_order_at: Date | null;
}

const READ = `SELECT id, key, first_order_at FROM customer WHERE shop_id = $1 AND ${isAmong("key", "$2::text[]")}`;

const WRITE = `
  INSERT INTO customer (shop_id, key, kind, shopify_id, email, first_order_at)
  SELECT $1, * FROM unnest($2::text[], $3::customer_kind[], $4::bigint[], $5::text[], $6::timestamptz[])
  ON CONFLICT (shop_id, key) DO UPDATE SET first_order_at = EXCLUDED.first_order_at
    WHERE EXCLUDED.first_order_at < customer.first_order_at
       OR (customer.first_order_at IS NULL AND EXCLUDED.first_order_at IS NOT NULL)
  RETURNING id, key, first_order_at`;

/** One sighting a customer, the one of the earliest counted order. */
const earliest = (sightings: readonly Sighting[]): Map<string, Sighting> => {
  const first = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const printed = formatCustomerKey(sighting.key);
    const before = first.get(printed);
    const isEarlier = before && sighting.orderedAt !== null && (before.orderedAt ?? Infinity) > sighting.orderedAt;
    if (!before || isEarlier) first.set(printed, sighting);
  }
  return first;
};

const isNews = ({ orderedAt }: Sighting, known: Known | undefined): boolean =>
  !known || (orderedAt !== null && (known.first_order_at === null || orderedAt < known.first_order_at.getTime()));

/**
 * The row ids of customers by their printed keys. Customers seen for the first time get a row; an earlier order than the
 * first one known moves `first_order_at` back.
 */
export const resolveCustomers = async (
  client: pg.PoolClient,
  shopId: number,
  sightings: readonly Sighting[],
): Promise<Map<string, bigint>> => {
  const seen = earliest(sightings);
  const { rows } = await client.query<Known>(READ, [shopId, [...seen.keys()]]);
  const known = new Map(rows.map((row) => [row.key, row]));
  const ids = new Map(rows.map(({ key, id }) => [key, id]));

  // In one order everywhere, so that two batches that name the same customers cannot wait for each other.
  const news = [...seen]
    .filter(([key, sighting]) => isNews(sighting, known.get(key)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (news.length === 0) return ids;
  const { rows: written } = await client.query<Known>(WRITE, [
    shopId,
    news.map(([key]) => key),
    news.map(([, { key }]) => key.kind),
    news.map(([, { key }]) => ("id" in key ? key.id : null)),
    news.map(([, { key }]) => ("email" in key ? key.email : null)),
    news.map(([, { orderedAt }]) => (orderedAt === null ? null : new Date(orderedAt).toISOString())),
  ]);
  for (const { key, id } of written) ids.set(key, id);
  // What another transaction committed meanwhile is not returned, and only a statement of its own sees it.
  const missing = news.map(([key]) => key).filter((key) => !ids.has(key));
  if (missing.length > 0) {
    const { rows: others } = await client.query<Known>(READ, [shopId, missing]);
    for (const { key, id } of others) ids.set(key, id);
  }
  return ids;
};
