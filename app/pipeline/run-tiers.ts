import type pg from "pg";
import { topShare, whaleCurve } from "#app/core/profit/whale-curve.ts";
import { sum } from "#app/core/money/money.ts";
import { assignTiers, type Tier, type TierRunResult } from "#app/core/tiers/assign-tiers.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { readTierPolicy } from "#app/db/tiers/policy.server.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import {
  readShopTotals,
  readTierInputs,
  type CustomerInWindow,
  type DayRange,
} from "#app/db/tiers/read-tier-inputs.server.ts";
import { summaryToJson } from "#app/db/tiers/run-summary.ts";
import { saveTierRun } from "#app/db/tiers/save-tier-run.server.ts";
import type { PipelineShop } from "./context.ts";

/** No order is older than this, and "all time" starts here. */
const BEGINNING = 0;

const windowOf = (policy: TierPolicy, today: number): DayRange => ({
  from: policy.window.kind === "all" ? BEGINNING : today - policy.window.days + 1,
  to: today,
});

const totalsOf = ({ standings }: TierRunResult<CustomerInWindow>, tier: Tier): TierRunSummary["tiers"]["A"] => {
  const members = standings.filter((standing) => standing.tier === tier).map(({ customer }) => customer);
  return {
    customers: members.length,
    value: sum(members.map(({ value }) => value)),
    netSales: sum(members.map(({ netSales }) => netSales)),
  };
};

/** Ranks the shop's customers by their profit in the window, puts them into tiers, and stores the run. */
export const runTiers = async (pool: pg.Pool, shop: PipelineShop, now: Date): Promise<void> => {
  const policy = await readTierPolicy(pool, shop.id);
  const days = windowOf(policy, shopDays(shop.timeZone)(now.getTime()));
  const customers = await readTierInputs(pool, shop.id, days);
  const totals = await readShopTotals(pool, shop.id, days);
  const result = assignTiers(customers, policy, now.getTime());

  const values = result.standings.map(({ customer }) => customer.cm4);
  const summary: TierRunSummary = {
    days,
    tiers: { A: totalsOf(result, "A"), B: totalsOf(result, "B"), C: totalsOf(result, "C") },
    borders: result.borders,
    positiveTotal: result.positiveTotal,
    topFifth: topShare(values, 20),
    totals,
    whale: whaleCurve(values),
  };
  await saveTierRun(pool, shop.id, {
    asOf: now,
    policy,
    summary: summaryToJson(summary),
    standings: result.standings,
  });
};
