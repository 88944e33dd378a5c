import type pg from "pg";
import { formatCustomerKey } from "#app/core/customers/customer-key.ts";

export interface Person {
  readonly kind: "customer" | "company";
  readonly id: bigint;
  readonly name: string | null;
  readonly email: string | null;
}

/** Writes customers and companies with their names, whether or not they have ordered. */
export const writePeople = async (
  pool: pg.Pool | pg.PoolClient,
  shopId: number,
  people: readonly Person[],
): Promise<void> => {
  const byKey = new Map(people.map((person) => [formatCustomerKey(person), person]));
  if (byKey.size === 0) return;
  // In the order in which orders' customers are written, so that two who write the same people cannot wait for each other.
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
  const distinct = sorted.map(([, person]) => person);
  await pool.query(
    `INSERT INTO customer (shop_id, key, kind, shopify_id, name, email)
     SELECT $1, * FROM unnest($2::text[], $3::customer_kind[], $4::bigint[], $5::text[], $6::text[])
     ON CONFLICT (shop_id, key) DO UPDATE SET name = EXCLUDED.name, email = EXCLUDED.email
       WHERE (customer.name, customer.email) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.email)`,
    [
      shopId,
      distinct.map(formatCustomerKey),
      distinct.map(({ kind }) => kind),
      distinct.map(({ id }) => id),
      distinct.map(({ name }) => name),
      distinct.map(({ email }) => email),
    ],
  );
};
