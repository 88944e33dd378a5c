import { randomUUID } from "node:crypto";
import type pg from "pg";
import { redactedKey } from "#app/core/customers/customer-key.ts";
import { anonymousOrder } from "#app/core/orders/anonymous-order.ts";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import { isAmong } from "#app/db/among.ts";
import { parseOrderFacts, printOrderFacts } from "#app/db/ingest/order-facts.ts";
import { moveLedger } from "#app/db/ledger-version.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { findPerson } from "./find-person.server.ts";

const ORDERS_PER_BATCH = 500;

const eraseOrders = async (client: pg.PoolClient, shopId: number, ids: readonly bigint[]): Promise<void> => {
  for (let start = 0; start < ids.length; start += ORDERS_PER_BATCH) {
    const { rows } = await client.query<{ id: bigint; facts: unknown }>(
      `SELECT id, facts FROM "order" WHERE shop_id = $1 AND id = ANY ($2) AND facts IS NOT NULL ORDER BY id FOR UPDATE`,
      [shopId, ids.slice(start, start + ORDERS_PER_BATCH)],
    );
    const erased = rows.map(({ facts }) => printOrderFacts(anonymousOrder(parseOrderFacts(facts))));
    await client.query(
      `UPDATE "order" SET facts = erased.facts FROM unnest($2::bigint[], $3::json[]) AS erased (id, facts)
       WHERE "order".shop_id = $1 AND "order".id = erased.id`,
      [shopId, rows.map(({ id }) => id), erased],
    );
  }
};

const eraseCustomers = async (
  client: pg.PoolClient,
  shopId: number,
  ids: readonly bigint[],
  now: Date,
): Promise<void> => {
  for (const id of ids) {
    // The key is random: unlike a hash, nobody can find it by hashing all addresses there are.
    await client.query(
      `UPDATE customer SET key = $3, shopify_id = NULL, name = NULL, email = NULL, redacted_at = $4
       WHERE shop_id = $1 AND id = $2 AND kind IN ('customer', 'guest')`,
      [shopId, id, redactedKey(randomUUID()), now],
    );
  }
};

const ERASED_REASON = "Erased on request";

/**
 * Erases a person: names, addresses and Shopify's numbers go, in rows, orders, the reasons of pins and the files of data
 * requests. Figures stay, under a key that leads to nobody. Can be repeated.
 */
export const redactCustomer = (pool: pg.Pool, shopId: number, subject: DataSubject, now: Date): Promise<void> =>
  inTransaction(pool, async (client) => {
    await moveLedger(client, shopId);
    const { customerIds, orderIds } = await findPerson(client, shopId, subject);
    await eraseOrders(client, shopId, orderIds);
    await eraseCustomers(client, shopId, customerIds, now);
    await client.query("UPDATE tier_pin SET reason = $3 WHERE shop_id = $1 AND customer_id = ANY ($2)", [
      shopId,
      customerIds,
      ERASED_REASON,
    ]);
    for (const table of ["published_value", "published_value_log"]) {
      await client.query(`DELETE FROM ${table} WHERE shop_id = $1 AND owner = 'customer' AND owner_id = $2`, [
        shopId,
        subject.customerId,
      ]);
    }
    await client.query(
      `UPDATE early_payment_rebate SET owner_id = NULL
       WHERE shop_id = $1 AND owner_kind = 'customer' AND (order_id = ANY ($2) OR owner_id = $3)`,
      [shopId, orderIds, subject.customerId],
    );
    await client.query(
      `DELETE FROM data_request WHERE shop_id = $1
         AND (customer_ids && $2 OR file #>> '{person,customerId}' = $3 OR file #>> '{person,email}' = $4)`,
      [shopId, customerIds, subject.customerId?.toString() ?? null, subject.email],
    );
  });

/**
 * Of orders, those whose customer was erased, with the row that stands in for it. An order that is read again stays there:
 * whatever Shopify says of the buyer, nobody is to be named by it again.
 */
export const redactedOwners = async (
  client: pg.PoolClient,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, bigint>> => {
  const { rows } = await client.query<{ id: bigint; customerId: bigint }>(
    // OFFSET keeps PostgreSQL from beginning with the customers: before it has counted them, it takes all for erased.
    `SELECT known.id, customer_id AS "customerId"
     FROM (SELECT id, customer_id FROM "order" WHERE shop_id = $1 AND ${isAmong("id", "$2::bigint[]")} OFFSET 0) AS known
     JOIN customer ON customer.shop_id = $1 AND customer.id = customer_id WHERE redacted_at IS NOT NULL`,
    [shopId, orderIds],
  );
  return new Map(rows.map(({ id, customerId }) => [id, customerId]));
};
