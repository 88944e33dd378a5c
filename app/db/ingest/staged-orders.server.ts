import type pg from "pg";

const STAGED = ["order", "order_line", "ledger_entry", "order_day"] as const;

/** Empty tables of the connection's own, of the same columns as the real ones, gone with the transaction's rows. */
export const prepareStage = async (client: pg.PoolClient): Promise<void> => {
  const tables = STAGED.map(
    (table) => `CREATE TEMP TABLE IF NOT EXISTS stage_${table} (LIKE "${table}") ON COMMIT DELETE ROWS`,
  );
  await client.query(
    `SET LOCAL client_min_messages = warning; ${tables.join("; ")};
     CREATE TEMP TABLE IF NOT EXISTS stage_accepted (order_id bigint, is_new boolean) ON COMMIT DELETE ROWS;
     CREATE TEMP TABLE IF NOT EXISTS stage_owner (customer_id bigint) ON COMMIT DELETE ROWS`,
  );
};

/** Something of the order was unknown, and may be known now without the order having changed: a cost entered since. */
const HAS_UNKNOWN = `EXISTS (SELECT 1 FROM ledger_entry entry
  WHERE entry.shop_id = known.shop_id AND entry.order_id = known.id AND entry.provenance = 'unknown')`;

/**
 * A whole order replaces an older or partial state of itself. A partial one (refunds not read) is only good for an order
 * that is not known yet; for a known one it says that there is something to read again.
 */
const ACCEPT_ORDERS = `
  WITH written AS (
    INSERT INTO "order" AS known SELECT * FROM stage_order ORDER BY id
    ON CONFLICT (shop_id, id) DO UPDATE SET
      name = EXCLUDED.name, customer_id = EXCLUDED.customer_id, company_location_id = EXCLUDED.company_location_id,
      processed_at = EXCLUDED.processed_at, updated_at = EXCLUDED.updated_at, cancelled_at = EXCLUDED.cancelled_at,
      test = EXCLUDED.test, counted = EXCLUDED.counted, total = EXCLUDED.total,
      presentment_currency = EXCLUDED.presentment_currency, presentment_total = EXCLUDED.presentment_total,
      partial = EXCLUDED.partial
      WHERE NOT EXCLUDED.partial
        AND (known.updated_at < EXCLUDED.updated_at
          OR (known.updated_at = EXCLUDED.updated_at AND (known.partial OR ${HAS_UNKNOWN})))
    RETURNING id, xmax = 0 AS is_new
  )
  INSERT INTO stage_accepted SELECT id, is_new FROM written`;

const MARK_PARTIAL = `
  UPDATE "order" known SET partial = true FROM stage_order staged
  WHERE known.shop_id = $1 AND known.id = staged.id AND staged.partial
    AND (known.updated_at < staged.updated_at OR ${HAS_UNKNOWN})`;

const REPLACE = {
  lines: `DELETE FROM order_line USING stage_accepted accepted
          WHERE shop_id = $1 AND order_line.order_id = accepted.order_id`,
  // Facts do not change at Shopify, so they stay as they are; what the order no longer says goes: derived entries whose
  // rule or cost has changed, an unknown fee that is known now.
  entries: `DELETE FROM ledger_entry old USING stage_accepted accepted
            WHERE old.shop_id = $1 AND old.order_id = accepted.order_id AND NOT EXISTS (
              SELECT 1 FROM stage_ledger_entry new
              WHERE (new.order_id, new.line_id, new.kind, new.event_type, new.event_id, new.amount, new.provenance)
                  = (old.order_id, old.line_id, old.kind, old.event_type, old.event_id, old.amount, old.provenance)
                AND new.rule_version IS NOT DISTINCT FROM old.rule_version)`,
  days: `DELETE FROM order_day USING stage_accepted accepted
         WHERE shop_id = $1 AND order_day.order_id = accepted.order_id`,
  owner: `UPDATE ledger_entry SET customer_id = staged.customer_id
          FROM stage_accepted accepted JOIN stage_order staged ON staged.id = accepted.order_id
          WHERE ledger_entry.shop_id = $1 AND ledger_entry.order_id = accepted.order_id
            AND ledger_entry.customer_id <> staged.customer_id`,
  firstOrder: `UPDATE customer SET first_order_at = first.at FROM (
                 SELECT customer_id, min(processed_at) FILTER (WHERE counted) AS at FROM "order"
                 WHERE shop_id = $1 AND customer_id IN (SELECT customer_id FROM stage_owner) GROUP BY customer_id
               ) first WHERE customer.shop_id = $1 AND customer.id = first.customer_id
                 AND customer.first_order_at IS DISTINCT FROM first.at`,
};

const INSERTS = ["order_line", "ledger_entry", "order_day"].map(
  (table) => `INSERT INTO ${table} SELECT staged.* FROM stage_${table} staged
              JOIN stage_accepted accepted ON accepted.order_id = staged.order_id
              ON CONFLICT DO NOTHING`,
);

/** Who has the orders now and who had them before; nobody's first order is of interest where nobody is known. */
const NOTE_OWNERS = `
  INSERT INTO stage_owner SELECT customer.id FROM customer WHERE shop_id = $1 AND kind <> 'anonymous' AND id IN (
    SELECT customer_id FROM stage_order
    UNION SELECT known.customer_id FROM "order" known JOIN stage_order staged ON staged.id = known.id WHERE known.shop_id = $1
  )`;

/** Merges what was staged into the real tables. @returns how many orders were written */
export const mergeStagedOrders = async (client: pg.PoolClient, shopId: number): Promise<number> => {
  await client.query(NOTE_OWNERS, [shopId]);
  const { rowCount: accepted } = await client.query(ACCEPT_ORDERS);
  const { rows } = await client.query<{ known: boolean }>(
    "SELECT EXISTS (SELECT 1 FROM stage_accepted WHERE NOT is_new) AS known",
  );
  // New orders have nothing to replace: the first sync skips all of this.
  if (rows[0]?.known) for (const statement of Object.values(REPLACE)) await client.query(statement, [shopId]);
  await client.query(MARK_PARTIAL, [shopId]);
  for (const statement of INSERTS) await client.query(statement);
  return accepted ?? 0;
};
