import type pg from "pg";
import type { TierRunResult } from "#app/core/tiers/assign-tiers.ts";
import type { MoveWhy } from "#app/core/tiers/explain-move.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { copyRows, type CopyRow } from "#app/db/copy.server.ts";
import { toJson } from "./json.ts";
import type { CustomerInWindow } from "./read-tier-inputs.server.ts";
import { STANDING_COLUMNS, standingRow } from "./standing-columns.ts";

/** A customer who changed tier. */
export interface Move {
  readonly customerId: bigint;
  readonly from: Tier;
  readonly to: Tier;
  readonly value: bigint;
  readonly why: MoveWhy;
}

export interface FinishedRun {
  readonly asOf: Date;
  readonly policy: TierPolicy;
  /** Whether the run before went by another policy, as far as tiers are concerned. */
  readonly policyChanged: boolean;
  readonly summary: TierRunSummary;
  readonly result: TierRunResult<CustomerInWindow>;
  readonly moves: readonly Move[];
}

function* standingRows(at: { shopId: number; runId: number }, { result }: FinishedRun): Generator<CopyRow> {
  for (const standing of result.standings) yield standingRow(at, standing, result.ranking);
}

function* moveRows(at: { shopId: number; runId: number }, { moves }: FinishedRun): Generator<CopyRow> {
  for (const { customerId, from, to, value, why } of moves) {
    yield [at.shopId, customerId, at.runId, from, to, value, JSON.stringify(toJson(why))];
  }
}

/**
 * Stores a run, every customer's standing in it, and who changed tier since the run before.
 *
 * @param client in the transaction that has held the shop's standings since the run's figures were read
 * @returns the run's id
 */
export const saveTierRun = async (client: pg.PoolClient, shopId: number, run: FinishedRun): Promise<number> => {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO tier_run (shop_id, as_of, policy, summary, moved, policy_changed)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [
      shopId,
      run.asOf,
      JSON.stringify(run.policy),
      JSON.stringify(toJson(run.summary)),
      run.moves.length,
      run.policyChanged,
    ],
  );
  const runId = rows[0]?.id;
  if (runId === undefined) throw new Error("The run was not saved");
  const at = { shopId, runId };
  await client.query("DELETE FROM standing WHERE shop_id = $1", [shopId]);
  await copyRows(client, `standing (${STANDING_COLUMNS})`, standingRows(at, run));
  await copyRows(client, `tier_move (shop_id, customer_id, run_id, "from", "to", value, why)`, moveRows(at, run));
  return runId;
};
