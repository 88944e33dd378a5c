import type pg from "pg";
import { COLUMNS } from "./order-rows.ts";

const STAGED = ["order", "ledger_entry", "order_day", "invoice"] as const;

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
 * A whole order replaces an older or partial state of itself; Shopify's clock counts whole seconds, so of two states of one
 * second the one that was asked for later holds. A partial one (changes not read) is only good for an order that is not known yet; for a
 * known one it says that there is something to read again.
 */
const ACCEPT_ORDERS = `
  WITH written AS (
    INSERT INTO "order" AS known (${COLUMNS.order}) SELECT ${COLUMNS.order} FROM stage_order ORDER BY id
    ON CONFLICT (shop_id, id) DO UPDATE SET
      name = EXCLUDED.name, customer_id = EXCLUDED.customer_id, company_location_id = EXCLUDED.company_location_id,
      processed_at = EXCLUDED.processed_at, updated_at = EXCLUDED.updated_at, cancelled_at = EXCLUDED.cancelled_at,
      test = EXCLUDED.test, counted = EXCLUDED.counted, total = EXCLUDED.total,
      presentment_currency = EXCLUDED.presentment_currency, presentment_total = EXCLUDED.presentment_total,
      partial = EXCLUDED.partial, asks_pay_now = EXCLUDED.asks_pay_now, read_at = EXCLUDED.read_at, facts = EXCLUDED.facts
      WHERE NOT EXCLUDED.partial
        AND (known.updated_at < EXCLUDED.updated_at
          OR (known.updated_at = EXCLUDED.updated_at AND known.read_at <= EXCLUDED.read_at
            AND (known.partial OR known.facts::text IS DISTINCT FROM EXCLUDED.facts::text OR ${HAS_UNKNOWN})))
    RETURNING id, xmax = 0 AS is_new
  )
  INSERT INTO stage_accepted SELECT id, is_new FROM written`;

/** It was read so soon after it had changed that it may have changed once more within the same second of Shopify's clock. */
const READ_WITHIN_ITS_SECOND = "known.read_at < known.updated_at + interval '2 seconds'";

/** An order of which there is a newer state than is kept takes over its instant: what is older does not pass for it. */
const MARK_PARTIAL = `
  UPDATE "order" known SET partial = true, updated_at = greatest(known.updated_at, staged.updated_at) FROM stage_order staged
  WHERE known.shop_id = $1 AND known.id = staged.id AND staged.partial
    AND (known.updated_at < staged.updated_at OR known.facts IS NULL OR ${HAS_UNKNOWN} OR ${READ_WITHIN_ITS_SECOND})`;

const sameEntry = (columns: string): string =>
  `(${columns.replace(/(\w+)/g, "new.$1")}) = (${columns.replace(/(\w+)/g, "old.$1")})`;

/**
 * The rows of the accepted orders. Nobody has counted the rows of a temporary table: said as a range as well, it is clear
 * that an index serves better than reading all of a shop's rows for each batch.
 */
const ofAccepted = (table: string): string => `${table}.shop_id = $1 AND ${table}.order_id = accepted.order_id
  AND ${table}.order_id BETWEEN $2 AND $3`;

/** Takes the entries of the accepted orders out that are no longer worked out; what stays the same stays as it is. */
const DROP_ENTRIES = `
  DELETE FROM ledger_entry old USING stage_accepted accepted
  WHERE ${ofAccepted("old")} AND NOT EXISTS (
    SELECT 1 FROM stage_ledger_entry new
    WHERE ${sameEntry("order_id, line_id, kind, event_type, event_id, amount, provenance, day, occurred_at")}
      AND new.rule_version IS NOT DISTINCT FROM old.rule_version)`;

const DROP_DAYS = `
  DELETE FROM order_day old USING stage_accepted accepted
  WHERE ${ofAccepted("old")} AND NOT EXISTS (
    SELECT 1 FROM stage_order_day new WHERE new.order_id = old.order_id AND new.day = old.day AND ROW(new.*) = ROW(old.*))`;

const REPLACE = {
  // Facts do not change at Shopify, so they stay as they are; what the order no longer says goes: derived entries whose
  // rule or cost has changed, an unknown fee that is known now.
  entries: DROP_ENTRIES,
  days: DROP_DAYS,
  invoices: `DELETE FROM invoice USING stage_accepted accepted WHERE ${ofAccepted("invoice")}`,
  owner: `UPDATE ledger_entry SET customer_id = staged.customer_id
          FROM stage_accepted accepted JOIN stage_order staged ON staged.id = accepted.order_id
          WHERE ${ofAccepted("ledger_entry")} AND ledger_entry.customer_id <> staged.customer_id`,
};

/** Whoever was seen in a state that was not accepted may have no such order: what stands is said by the orders. */
const FIRST_ORDERS = `
  UPDATE customer SET first_order_at = first.at FROM stage_owner owner LEFT JOIN LATERAL (
    SELECT min(processed_at) FILTER (WHERE counted) AS at FROM "order"
    WHERE shop_id = $1 AND customer_id = owner.customer_id
  ) first ON true
  WHERE customer.shop_id = $1 AND customer.id = owner.customer_id AND customer.first_order_at IS DISTINCT FROM first.at`;

/** The parameters of what is done with the accepted orders: the shop, and the range of their ids. */
const acceptedRange = async (client: pg.PoolClient, shopId: number): Promise<[number, bigint, bigint]> => {
  const { rows } = await client.query<{ first: bigint | null; last: bigint | null }>(
    "SELECT min(order_id) AS first, max(order_id) AS last FROM stage_accepted",
  );
  return [shopId, rows[0]?.first ?? 0n, rows[0]?.last ?? -1n];
};

const insert = (table: "ledger_entry" | "order_day" | "invoice"): string => `
  INSERT INTO ${table} SELECT staged.* FROM stage_${table} staged
  JOIN stage_accepted accepted ON accepted.order_id = staged.order_id
  ON CONFLICT DO NOTHING`;

/** Who has the orders now and who had them before; nobody's first order is of interest where nobody is known. */
const NOTE_OWNERS = `
  INSERT INTO stage_owner SELECT customer.id FROM customer WHERE shop_id = $1 AND kind <> 'anonymous' AND id IN (
    SELECT customer_id FROM stage_order
    UNION SELECT known.customer_id FROM "order" known JOIN stage_order staged ON staged.id = known.id WHERE known.shop_id = $1
  )`;

/** Merges what was staged into the real tables. */
export const mergeStagedOrders = async (
  client: pg.PoolClient,
  shopId: number,
): Promise<{ written: number; customerIds: bigint[] }> => {
  await client.query(NOTE_OWNERS, [shopId]);
  const { rowCount: accepted } = await client.query(ACCEPT_ORDERS);
  const { rows } = await client.query<{ known: boolean }>(
    "SELECT EXISTS (SELECT 1 FROM stage_accepted WHERE NOT is_new) AS known",
  );
  // New orders have nothing to replace: the first sync skips all of this.
  if (rows[0]?.known) {
    const range = await acceptedRange(client, shopId);
    for (const statement of Object.values(REPLACE)) await client.query(statement, range);
  }
  await client.query(FIRST_ORDERS, [shopId]);
  await client.query(MARK_PARTIAL, [shopId]);
  for (const table of ["ledger_entry", "order_day", "invoice"] as const) await client.query(insert(table));
  const owners = await client.query<{ id: bigint }>("SELECT customer_id AS id FROM stage_owner");
  return { written: accepted ?? 0, customerIds: owners.rows.map(({ id }) => id) };
};

/** SQL of what tells two states of an order apart. */
export const FACTS_DIGEST = `md5("order".facts::text)`;

/**
 * Merges entries and days that were worked out again from orders as they are kept. An order that somebody wrote meanwhile
 * is left out: it was worked out anew by whoever wrote it.
 *
 * @param states each order with the digest of the state that was read
 */
export const mergeRecomputed = async (
  client: pg.PoolClient,
  shopId: number,
  states: readonly { readonly id: bigint; readonly digest: string }[],
): Promise<void> => {
  await client.query(
    `INSERT INTO stage_accepted SELECT id, false FROM "order" JOIN unnest($2::bigint[], $3::text[]) AS read (id, digest)
       USING (id) WHERE shop_id = $1 AND ${FACTS_DIGEST} = read.digest ORDER BY id FOR UPDATE OF "order"`,
    [shopId, states.map(({ id }) => id), states.map(({ digest }) => digest)],
  );
  const range = await acceptedRange(client, shopId);
  for (const statement of [REPLACE.entries, REPLACE.days, REPLACE.invoices]) await client.query(statement, range);
  for (const table of ["ledger_entry", "order_day", "invoice"] as const) await client.query(insert(table));
};
