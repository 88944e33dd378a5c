import type pg from "pg";
import { DATA_REQUEST_DAYS, daysBefore, type DataSubject } from "#app/core/privacy/data-subject.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { findPerson, type Person } from "./find-person.server.ts";
import { tablesWith } from "./shop-tables.server.ts";

/** The tables whose rows are a person's by another column than `customer_id` or `order_id`. */
const OWN_ID: Readonly<Record<string, string>> = {
  customer: "id = ANY ($2) AND $3::bigint[] IS NOT NULL",
  '"order"': "(customer_id = ANY ($2) OR id = ANY ($3))",
};

/** SQL that says which rows of which table are about a person: $1 shop, $2 rows of `customer`, $3 orders. */
const rowsAbout = async (client: pg.PoolClient): Promise<ReadonlyMap<string, string>> => {
  const byCustomer = new Set(await tablesWith(client, "customer_id"));
  const byOrder = new Set(await tablesWith(client, "order_id"));
  const tables = new Set([...Object.keys(OWN_ID), ...byCustomer, ...byOrder]);
  return new Map(
    [...tables].map((table) => {
      const customer = byCustomer.has(table) ? "customer_id = ANY ($2)" : "$2::bigint[] IS NULL";
      const order = byOrder.has(table) ? "order_id = ANY ($3)" : "$3::bigint[] IS NULL";
      return [table, OWN_ID[table] ?? `(${customer} OR ${order})`];
    }),
  );
};

/** Every row about a person, table by table, as JSON text whose numbers are exact. */
const gather = async (client: pg.PoolClient, shopId: number, person: Person): Promise<[string, string][]> => {
  const parts: [string, string][] = [];
  for (const [table, condition] of await rowsAbout(client)) {
    const { rows } = await client.query<{ rows: string }>(
      `SELECT coalesce(json_agg(row_to_json(held)), '[]')::text AS rows FROM ${table} held
       WHERE shop_id = $1 AND ${condition}`,
      [shopId, person.customerIds, person.orderIds],
    );
    parts.push([table.replaceAll('"', ""), rows[0]?.rows ?? "[]"]);
  }
  return parts;
};

export interface DataRequestEvent {
  readonly shopId: number;
  readonly eventId: string;
  readonly requestedAt: Date;
}

/** Gathers what the shop holds on a person and keeps it for the merchant to download. The same event makes one file. */
export const keepDataRequest = (
  pool: pg.Pool,
  { shopId, eventId, requestedAt }: DataRequestEvent,
  subject: DataSubject,
): Promise<void> =>
  inTransaction(pool, async (client) => {
    const person = await findPerson(client, shopId, subject);
    const about = {
      requestedAt: requestedAt.toISOString(),
      customerId: subject.customerId?.toString() ?? null,
      email: subject.email,
    };
    const parts = await gather(client, shopId, person);
    const held = parts.map(([table, rows]) => `${JSON.stringify(table)}:${rows}`);
    await client.query(
      `INSERT INTO data_request (shop_id, event_id, requested_at, customer_ids, file) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (shop_id, event_id) DO NOTHING`,
      [
        shopId,
        eventId,
        requestedAt,
        person.customerIds,
        `{"person":${JSON.stringify(about)},"held":{${held.join(",")}}}`,
      ],
    );
  });

/** A data request as the merchant sees it. */
export interface DataRequestLine {
  readonly id: number;
  readonly requestedAt: Date;
  readonly customerId: string | null;
  readonly email: string | null;
  /** How many orders of the person are kept. */
  readonly orders: number;
}

/** The shop's data requests whose files are still there, latest first. */
export const dataRequests = async (pool: pg.Pool, shopId: number, now: Date): Promise<DataRequestLine[]> => {
  const { rows } = await pool.query<DataRequestLine>(
    `SELECT id, requested_at AS "requestedAt", file #>> '{person,customerId}' AS "customerId",
       file #>> '{person,email}' AS email, json_array_length(file #> '{held,order}') AS orders
     FROM data_request WHERE shop_id = $1 AND requested_at > $2 ORDER BY id DESC`,
    [shopId, daysBefore(now, DATA_REQUEST_DAYS)],
  );
  return rows;
};

/** The file of a data request as JSON text; null where there is none, or none any more. */
export const dataRequestFile = async (pool: pg.Pool, shopId: number, id: number, now: Date): Promise<string | null> => {
  const { rows } = await pool.query<{ file: string }>(
    "SELECT file::text FROM data_request WHERE shop_id = $1 AND id = $2 AND requested_at > $3",
    [shopId, id, daysBefore(now, DATA_REQUEST_DAYS)],
  );
  return rows[0]?.file ?? null;
};
