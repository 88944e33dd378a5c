import type pg from "pg";

/** A time in which one plan was in force. */
export interface PlanPeriod {
  readonly version: number;
  /** Whether its pay-now part was switched on. */
  readonly payNow: boolean;
  readonly from: Date;
  /** Null: it is in force now. */
  readonly until: Date | null;
}

/** Ends the time of whatever was in force. */
export const endPeriod = async (pool: pg.Pool | pg.PoolClient, shopId: number, now: Date): Promise<void> => {
  await pool.query("UPDATE plan_period SET until_at = $2 WHERE shop_id = $1 AND until_at IS NULL", [shopId, now]);
};

/** Begins the time of a plan, unless it is in force already. */
export const beginPeriod = async (
  client: pg.PoolClient,
  shopId: number,
  { version, payNow }: Pick<PlanPeriod, "version" | "payNow">,
  now: Date,
): Promise<void> => {
  const { rowCount } = await client.query(
    "SELECT FROM plan_period WHERE shop_id = $1 AND until_at IS NULL AND version = $2 AND pay_now = $3",
    [shopId, version, payNow],
  );
  if (rowCount) return;
  await endPeriod(client, shopId, now);
  await client.query("INSERT INTO plan_period (shop_id, version, pay_now, from_at) VALUES ($1, $2, $3, $4)", [
    shopId,
    version,
    payNow,
    now,
  ]);
};

/** Which plans were in force when, the first one first. */
export const planPeriods = async (pool: pg.Pool | pg.PoolClient, shopId: number): Promise<PlanPeriod[]> => {
  const { rows } = await pool.query<PlanPeriod>(
    `SELECT version, pay_now AS "payNow", from_at AS "from", until_at AS "until"
     FROM plan_period WHERE shop_id = $1 ORDER BY from_at, id`,
    [shopId],
  );
  return rows;
};

/** The time that an instant is in; null where no plan was in force. */
export const periodAt = <Period extends PlanPeriod>(periods: readonly Period[], at: Date): Period | null =>
  periods.findLast(({ from, until }) => from <= at && (until === null || at < until)) ?? null;
