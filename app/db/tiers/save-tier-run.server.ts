import type pg from "pg";
import type { Standing } from "#app/core/tiers/assign-tiers.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { formatDay } from "#app/core/time/shop-day.ts";
import { copyRows, type CopyRow } from "#app/db/copy.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import type { CustomerInWindow } from "./read-tier-inputs.server.ts";

export interface FinishedRun {
  readonly asOf: Date;
  readonly policy: TierPolicy;
  /** The run's summary, ready for JSON: amounts as strings. */
  readonly summary: unknown;
  readonly standings: readonly Standing<CustomerInWindow>[];
}

const COLUMNS = `shop_id, customer_id, run_id, rank, tier, flags, cumulative_before, kept_because, orders, net_sales,
  cm1, cm2, cm3, cm4, goods, goods_with_known_cost, last_order_day`;

const rowOf = (shopId: number, runId: number, standing: Standing<CustomerInWindow>): CopyRow => {
  const { customer, rank, tier, flags, cumulativeBefore, keptBecause } = standing;
  return [
    shopId,
    customer.customerId,
    runId,
    rank,
    tier,
    `{${flags.join(",")}}`,
    cumulativeBefore,
    keptBecause,
    customer.orders,
    customer.netSales,
    customer.cm1,
    customer.cm2,
    customer.cm3,
    customer.cm4,
    customer.goods,
    customer.goodsWithKnownCost,
    formatDay(customer.lastOrderDay),
  ];
};

/** Stores a run, every customer's standing in it, and who changed tier since the run before. @returns the run's id */
export const saveTierRun = (pool: pg.Pool, shopId: number, run: FinishedRun): Promise<number> =>
  inTransaction(pool, async (client) => {
    // Two runs of one shop at once take turns.
    await client.query("SELECT 1 FROM shop WHERE id = $1 FOR UPDATE", [shopId]);
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO tier_run (shop_id, as_of, policy, summary) VALUES ($1, $2, $3, $4) RETURNING id`,
      [shopId, run.asOf, JSON.stringify(run.policy), JSON.stringify(run.summary)],
    );
    const runId = rows[0]?.id;
    if (runId === undefined) throw new Error("The run was not saved");
    await client.query("CREATE TEMP TABLE stage_standing (LIKE standing) ON COMMIT DROP");
    await copyRows(client, `stage_standing (${COLUMNS})`, standingRows(shopId, runId, run.standings));
    await client.query(
      `INSERT INTO tier_move (shop_id, customer_id, run_id, "from", "to", value)
       SELECT $1, staged.customer_id, $2, old.tier, staged.tier, staged.cm4
       FROM stage_standing staged JOIN standing old ON old.shop_id = $1 AND old.customer_id = staged.customer_id
       WHERE old.tier <> staged.tier`,
      [shopId, runId],
    );
    await client.query("DELETE FROM standing WHERE shop_id = $1", [shopId]);
    await client.query(`INSERT INTO standing (${COLUMNS}) SELECT ${COLUMNS} FROM stage_standing`);
    return runId;
  });

function* standingRows(
  shopId: number,
  runId: number,
  standings: readonly Standing<CustomerInWindow>[],
): Generator<CopyRow> {
  for (const standing of standings) yield rowOf(shopId, runId, standing);
}
