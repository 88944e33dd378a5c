import type pg from "pg";
import { planToJson } from "#app/core/plan/print-plan.ts";
import type { Plan } from "#app/core/plan/plan.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { parsePlan } from "./plan-schema.ts";

/** A plan as it was saved. */
export interface PlanVersion {
  readonly version: number;
  readonly plan: Plan;
  readonly savedAt: Date;
  /** The number of the person of the shop's staff, or `app`. */
  readonly savedBy: string;
  readonly publishedAt: Date | null;
}

type Row = Omit<PlanVersion, "plan"> & { readonly plan: unknown; readonly currency: string };

const SELECT = `SELECT version, plan, currency, saved_at AS "savedAt", saved_by AS "savedBy", published_at AS "publishedAt"
  FROM plan_version JOIN shop ON shop.id = shop_id WHERE shop_id = $1`;

const toVersion = ({ plan, currency, ...row }: Row): PlanVersion => {
  const read = parsePlan(plan, currency);
  if (read.ok) return { ...row, plan: read.plan };
  const [fault] = read.faults;
  throw new Error(`Stored plan, version ${row.version}: ${fault?.at}: ${fault?.reason}`);
};

/** The plan as it was last saved; null before the first time. */
export const latestPlan = async (pool: pg.Pool | pg.PoolClient, shopId: number): Promise<PlanVersion | null> => {
  const { rows } = await pool.query<Row>(`${SELECT} ORDER BY version DESC LIMIT 1`, [shopId]);
  return rows[0] ? toVersion(rows[0]) : null;
};

export const planOfVersion = async (pool: pg.Pool, shopId: number, version: number): Promise<PlanVersion | null> => {
  const { rows } = await pool.query<Row>(`${SELECT} AND version = $2`, [shopId, version]);
  return rows[0] ? toVersion(rows[0]) : null;
};

const MOST_SHOWN = 20;

/** The latest versions, latest first. */
export const planVersions = async (pool: pg.Pool, shopId: number): Promise<PlanVersion[]> => {
  const { rows } = await pool.query<Row>(`${SELECT} ORDER BY version DESC LIMIT $2`, [shopId, MOST_SHOWN]);
  return rows.map(toVersion);
};

export interface PlanToSave {
  readonly plan: Plan;
  readonly currency: string;
  /** The version that the change was made to, 0 for the first; null: whichever is the latest. */
  readonly after: number | null;
  readonly savedBy: string;
  readonly now: Date;
}

/**
 * Saves a plan as the next version; one that is as the latest is no new one.
 *
 * @returns the version, or null where the latest is no longer `after`
 */
export const savePlan = (
  pool: pg.Pool,
  shopId: number,
  { plan, currency, after, savedBy, now }: PlanToSave,
): Promise<number | null> =>
  inTransaction(pool, async (client) => {
    // Two who save at once take turns.
    await client.query("SELECT 1 FROM shop WHERE id = $1 FOR NO KEY UPDATE", [shopId]);
    const latest = await latestPlan(client, shopId);
    if (after !== null && after !== (latest?.version ?? 0)) return null;
    const json = JSON.stringify(planToJson(plan, currency));
    if (latest && json === JSON.stringify(planToJson(latest.plan, currency))) return latest.version;
    const version = (latest?.version ?? 0) + 1;
    await client.query(
      "INSERT INTO plan_version (shop_id, version, plan, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5)",
      [shopId, version, json, now, savedBy],
    );
    return version;
  });
