import type pg from "pg";
import { windowDays } from "#app/core/tiers/policy.ts";
import { provisionalStanding } from "#app/core/tiers/provisional.ts";
import { scoresAmong } from "#app/core/tiers/score.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { latestRun } from "#app/db/tiers/latest-run.server.ts";
import { readTierInputsOf } from "#app/db/tiers/read-tier-inputs.server.ts";
import { dropStandings, lockStandings, othersThan, saveProvisional } from "#app/db/tiers/refresh-standings.server.ts";
import type { PipelineShop } from "./context.ts";

/**
 * Reads some customers' figures again after a change of their orders, and gives each the tier that they make by the borders
 * of the latest run: provisional, until the next run sets all. Ranks and everybody else stay as they are. Before the first
 * run there is nothing to compare with, and nothing is done.
 */
export const refreshCustomers = async (
  pool: pg.Pool,
  shop: PipelineShop,
  customerIds: readonly bigint[],
  now: Date,
): Promise<void> => {
  if (customerIds.length === 0) return;
  const today = shopDays(shop.timeZone)(now.getTime());
  await inTransaction(pool, async (client) => {
    await lockStandings(client, shop.id);
    const run = await latestRun(client, shop.id);
    if (!run) return;
    const { policy, summary } = run;
    const customers = await readTierInputsOf(client, shop.id, windowDays(policy.window, today), customerIds);
    const found = new Set(customers.map(({ customerId }) => customerId));
    await dropStandings(
      client,
      shop.id,
      customerIds.filter((id) => !found.has(id)),
    );
    const scores =
      policy.method === "score"
        ? scoresAmong(customers, await othersThan(client, shop.id, [...found]), policy.score.weights)
        : [];
    const frame = { policy, ...summary };
    const refreshed = customers.map((customer, index) => {
      const changed = { customer, inRun: customer.stood, exact: scores[index] ?? null };
      return { customer, ...provisionalStanding(changed, frame, now.getTime()) };
    });
    await saveProvisional(client, { shopId: shop.id, runId: run.id, today }, refreshed);
  });
};
