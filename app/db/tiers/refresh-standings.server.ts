import type pg from "pg";
import type { ProvisionalStanding } from "#app/core/tiers/provisional.ts";
import type { Cooperation, Scored } from "#app/core/tiers/score.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import type { CopyValue } from "#app/db/copy.server.ts";
import type { CustomerInWindow } from "./read-tier-inputs.server.ts";
import { FIGURE_COLUMNS, figuresOf } from "./standing-columns.ts";

/** What scores are made from of everybody who stands, but for some. */
export const othersThan = async (
  client: pg.PoolClient,
  shopId: number,
  customerIds: readonly bigint[],
): Promise<Scored[]> => {
  const { rows } = await client.query<Cooperation & { value: bigint; amount: bigint; lateAmountDays: bigint }>(
    `SELECT cm4 AS value, sold, returned, cancelled, disputed, invoiced AS amount, late_amount_days AS "lateAmountDays"
     FROM standing WHERE shop_id = $1 AND NOT EXISTS (SELECT FROM unnest($2::bigint[]) AS own (id) WHERE id = customer_id)`,
    [shopId, customerIds],
  );
  return rows.map((row) => ({ value: row.value, cooperation: row, receivables: row }));
};

const COLUMNS = [
  ...["shop_id", "customer_id", "run_id", "tier", "raw_tier", "provisional_tier", "counted_to"],
  ...FIGURE_COLUMNS,
];
const REPLACED = ["tier", "provisional_tier", "counted_to", ...FIGURE_COLUMNS];

/** New customers stand behind all others until the next run; one who is known keeps its rank, and what the run had. */
const UPSERT = `
  INSERT INTO standing AS known (${COLUMNS.join(", ")}, rank, cumulative_before)
  SELECT ${COLUMNS.map((column) => `refreshed.${column}`).join(", ")},
    last.rank + row_number() OVER (PARTITION BY stood.customer_id IS NULL ORDER BY refreshed.customer_id), 0
  FROM json_populate_recordset(NULL::standing, $2) refreshed
  LEFT JOIN standing stood ON stood.shop_id = $1 AND stood.customer_id = refreshed.customer_id,
    (SELECT coalesce(max(rank), 0) AS rank FROM standing WHERE shop_id = $1) last
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    ${REPLACED.map((column) => `${column} = EXCLUDED.${column}`).join(", ")},
    in_run = coalesce(known.in_run,
      jsonb_build_object('cm4', known.cm4::text, 'score', known.score, 'factors', to_jsonb(known.factors),
        'pinned', known.pinned))`;

/** A customer with its new figures, and the tier that they make. */
export interface RefreshedCustomer extends ProvisionalStanding {
  readonly customer: CustomerInWindow;
}

interface RefreshedAt {
  readonly shopId: number;
  readonly runId: number;
  readonly today: ShopDay;
}

/** As JSON: amounts as strings. */
const rowOf = (at: RefreshedAt, refreshed: RefreshedCustomer): unknown => {
  const { customer, tier } = refreshed;
  const { stood } = customer;
  const values: CopyValue[] = [
    at.shopId,
    customer.customerId,
    at.runId,
    stood?.tier ?? tier,
    stood?.rawTier ?? tier,
    tier === stood?.tier ? null : tier,
    formatDay(at.today),
    ...figuresOf(refreshed),
  ];
  const written = values.map((value) => (typeof value === "bigint" ? value.toString() : value));
  return Object.fromEntries(COLUMNS.map((column, index) => [column, written[index]]));
};

/** How many customers are written at a time. */
const BATCH = 2000;

/** Writes customers' new figures and their provisional tiers. */
export const saveProvisional = async (
  client: pg.PoolClient,
  at: RefreshedAt,
  refreshed: readonly RefreshedCustomer[],
): Promise<void> => {
  for (let start = 0; start < refreshed.length; start += BATCH) {
    const rows = refreshed.slice(start, start + BATCH).map((one) => rowOf(at, one));
    await client.query(UPSERT, [at.shopId, JSON.stringify(rows)]);
  }
};

/** Takes customers out who have nothing in the window any more. */
export const dropStandings = async (
  client: pg.PoolClient,
  shopId: number,
  customerIds: readonly bigint[],
): Promise<void> => {
  await client.query("DELETE FROM standing WHERE shop_id = $1 AND customer_id = ANY ($2)", [shopId, customerIds]);
};

/** Waits for a tier run or a refresh of the shop that is at work, and keeps others waiting until the transaction ends. */
export const lockStandings = async (client: pg.PoolClient, shopId: number): Promise<void> => {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('standings:' || $1::int, 0))", [shopId]);
};
