import type pg from "pg";
import { assignTiers, type TierRunResult } from "#app/core/tiers/assign-tiers.ts";
import { explainMove, type RunFrame } from "#app/core/tiers/explain-move.ts";
import { decidesAlike, windowDays, type TierPolicy } from "#app/core/tiers/policy.ts";
import { movesBetween, type Mover } from "#app/core/tiers/preview.ts";
import { summariseRun } from "#app/core/tiers/summarise-run.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { shopDays, type ShopDay } from "#app/core/time/shop-day.ts";
import { entryChanges } from "#app/db/tiers/entry-changes.server.ts";
import type { LatestRun } from "#app/db/tiers/latest-run.server.ts";
import { readTierPolicy } from "#app/db/tiers/policy.server.ts";
import { readShopTotals, readTierInputs, type CustomerInWindow } from "#app/db/tiers/read-tier-inputs.server.ts";
import { readRunInputs, type RunInputs } from "#app/db/tiers/run-inputs.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { lockStandings } from "#app/db/tiers/refresh-standings.server.ts";
import { saveTierRun, type Move } from "#app/db/tiers/save-tier-run.server.ts";
import type { PipelineShop } from "./context.ts";

interface Run {
  readonly pool: pg.Pool;
  readonly shop: PipelineShop;
  readonly now: Date;
  readonly today: ShopDay;
  readonly policy: TierPolicy;
}

type Movers = readonly Mover<CustomerInWindow>[];
const NOBODY: ReadonlyMap<bigint, Tier> = new Map();

/** Where the policy of the run before would put everybody now; nobody where it is the same, or nobody moved. */
const tiersByFormerPolicy = async (
  { pool, shop, now, today, policy }: Run,
  former: LatestRun,
  movers: Movers,
): Promise<ReadonlyMap<bigint, Tier>> => {
  if (movers.length === 0 || decidesAlike(former.policy, policy)) return NOBODY;
  const customers = await readTierInputs(pool, shop.id, windowDays(former.policy.window, today));
  const { standings } = assignTiers(customers, former.policy, now.getTime());
  return new Map(standings.map(({ customer, tier }) => [customer.customerId, tier]));
};

/** Who changed tier since the run before, and why. */
const explainMoves = async (
  run: Run,
  { days, former }: RunInputs,
  result: TierRunResult<CustomerInWindow>,
): Promise<Move[]> => {
  if (!former) return [];
  const { movers } = movesBetween(result.standings, ({ stood }) => stood?.tier ?? null);
  const byFormer = await tiersByFormerPolicy(run, former, movers);
  const changes = await entryChanges(
    run.pool,
    run.shop.id,
    // Whose value is what it was has no entries to tell of: another policy or the others have moved it.
    movers.filter(hasOtherValue).map(({ standing }) => standing.customer.customerId),
    { before: { days: former.summary.days, asOf: former.asOf }, after: { days, asOf: run.now } },
  );
  const frames = { before: { policy: former.policy, ...former.summary }, after: frameOf(run.policy, result) };
  return movers.flatMap(({ standing: after, from }): Move[] => {
    const { customerId, stood, value } = after.customer;
    if (!stood) return [];
    const moved = { before: stood, after, underFormerPolicy: byFormer.get(customerId) ?? null };
    const why = explainMove(moved, frames, changes.get(customerId) ?? new Map());
    return [{ customerId, from, to: after.tier, value, why }];
  });
};

const hasOtherValue = ({ standing: { customer } }: Movers[number]): boolean => customer.stood?.value !== customer.value;

const frameOf = (policy: TierPolicy, { borders, ranking }: TierRunResult<CustomerInWindow>): RunFrame => ({
  policy,
  borders,
  ranking,
});

/**
 * Ranks the shop's customers by their figures in the window, puts them into tiers by the shop's policy, and stores the run
 * with everybody's standing and the reasons of those who moved.
 *
 * @param costsChanged whether figures are by other cost rules or unit costs than in the run before
 */
export const runTiers = (pool: pg.Pool, shop: PipelineShop, now: Date, costsChanged = false): Promise<void> =>
  inTransaction(pool, async (client) => {
    // From before the figures are read: a customer that is refreshed meanwhile would go back to what it was.
    await lockStandings(client, shop.id);
    const policy = await readTierPolicy(pool, shop.id);
    const today = shopDays(shop.timeZone)(now.getTime());
    const [inputs, totals] = await Promise.all([
      readRunInputs(pool, shop.id, { policy, today, costsChanged }),
      readShopTotals(pool, shop.id, windowDays(policy.window, today)),
    ]);
    const result = assignTiers(inputs.customers, policy, now.getTime());
    await saveTierRun(client, shop.id, {
      asOf: now,
      policy,
      policyChanged: inputs.former !== null && !decidesAlike(inputs.former.policy, policy),
      summary: summariseRun(result, inputs.days, totals),
      result,
      moves: await explainMoves({ pool, shop, now, today, policy }, inputs, result),
    });
  });
