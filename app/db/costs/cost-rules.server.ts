import type pg from "pg";
import { NO_COST_RULES, type CostRule, type CostRules } from "#app/core/costs/cost-rules.ts";
import { rulesToJson } from "#app/core/costs/rule-json.ts";
import { lockLedger, moveLedger } from "#app/db/ledger-version.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { parseCostRules } from "./cost-rules-schema.ts";

interface Stored {
  readonly version: number;
  readonly rules: unknown;
  readonly currency: string;
}

const latest = async (pool: pg.Pool | pg.PoolClient, shopId: number): Promise<Stored | null> => {
  const { rows } = await pool.query<Stored>(
    `SELECT version, rules, currency FROM cost_rule_set JOIN shop ON shop.id = shop_id
     WHERE shop_id = $1 ORDER BY version DESC LIMIT 1`,
    [shopId],
  );
  return rows[0] ?? null;
};

/** The shop's cost rules as they stand: the latest version, and none before the merchant has written any. */
export const readCostRules = async (pool: pg.Pool | pg.PoolClient, shopId: number): Promise<CostRules> => {
  const stored = await latest(pool, shopId);
  if (!stored) return NO_COST_RULES;
  const read = parseCostRules(stored.rules, stored.currency);
  if (!read.ok) {
    const [fault] = read.faults;
    throw new Error(
      `Stored cost rules, version ${stored.version}: rule ${fault?.rule}, ${fault?.field}: ${fault?.reason}`,
    );
  }
  return { version: stored.version, rules: read.value };
};

export interface SavedRules {
  readonly version: number;
  /** False where the rules are what they were: then there is no new version. */
  readonly isNew: boolean;
}

export interface RulesToSave {
  readonly rules: readonly CostRule[];
  readonly currency: string;
  /** The version that the change was made to; null: whichever is the latest. */
  readonly after: number | null;
  readonly now: Date;
}

/** Saves rules as the next version; the first one that is saved is 2. Null where the latest is no longer `after`. */
export const saveCostRules = (
  pool: pg.Pool,
  shopId: number,
  { rules, currency, after, now }: RulesToSave,
): Promise<SavedRules | null> =>
  inTransaction(pool, async (client) => {
    // Two who save at once take turns.
    await lockLedger(client, shopId);
    const { version, rules: old } = await readCostRules(client, shopId);
    if (after !== null && after !== version) return null;
    const json = JSON.stringify(rulesToJson(rules, currency));
    if (json === JSON.stringify(rulesToJson(old, currency))) return { version, isNew: false };
    await moveLedger(client, shopId);
    await client.query("INSERT INTO cost_rule_set (shop_id, version, rules, saved_at) VALUES ($1, $2, $3, $4)", [
      shopId,
      version + 1,
      json,
      now,
    ]);
    return { version: version + 1, isNew: true };
  });
