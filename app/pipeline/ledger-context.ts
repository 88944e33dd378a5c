import type pg from "pg";
import type { LedgerContext } from "#app/core/ledger/context.ts";
import type { CostRules } from "#app/core/costs/cost-rules.ts";
import type { Order } from "#app/core/orders/order.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { readCostRules } from "#app/db/costs/cost-rules.server.ts";
import { readDisputes, readTiers, readWeights } from "#app/db/ingest/ledger-inputs.server.ts";
import { readUnitCosts } from "#app/db/ingest/write-catalog.server.ts";
import { readRebates } from "#app/db/rebates/rebates-in-ledger.server.ts";
import type { LedgerAt } from "#app/db/ledger-version.server.ts";

const variantsOf = (orders: readonly Order[]): bigint[] => {
  const ids = new Set<bigint>();
  for (const { lines } of orders) for (const { variantId } of lines) if (variantId !== null) ids.add(variantId);
  return [...ids];
};

/** Whether any rule charges by weight, or by the customer's tier: nothing is read that no rule asks for. */
const asksForWeight = ({ rules }: CostRules): boolean => rules.some((rule) => "perKg" in rule && rule.perKg !== 0n);
export const asksForTier = ({ rules }: CostRules): boolean =>
  rules.some((rule) => "when" in rule && rule.when.tiers.length > 0);

/** An order, and whose it is where that is known already. */
interface Ordered {
  readonly order: Order;
  readonly customerId?: bigint;
}

/** What the ledgers of some orders follow from beside the orders: costs, rules, disputes, the time and its zone. */
export const ledgerContext = async (
  pool: pg.Pool,
  { shopId, timeZone }: LedgerAt,
  ordered: readonly Ordered[],
  now: Date,
): Promise<LedgerContext> => {
  const orders = ordered.map(({ order }) => order);
  const variants = variantsOf(orders);
  const disputed = orders.flatMap(({ disputes }) => disputes.map(({ id }) => id));
  const rules = await readCostRules(pool, shopId);
  const unitCostOn = await readUnitCosts(pool, shopId, variants);
  const weights = asksForWeight(rules) ? await readWeights(pool, shopId, variants) : new Map<bigint, number>();
  const tiers = asksForTier(rules) ? await readTiers(pool, shopId, ordered) : new Map<bigint, never>();
  const disputes = disputed.length > 0 ? await readDisputes(pool, shopId, disputed) : new Map<bigint, never>();
  // Only who pays later can pay early.
  const onTerms = orders.filter(({ terms }) => terms !== null).map(({ id }) => id);
  const rebates = onTerms.length > 0 ? await readRebates(pool, shopId, onTerms) : new Map<bigint, never>();
  return {
    dayOf: shopDays(timeZone),
    now: now.getTime(),
    unitCostOn,
    weightOf: (variantId) => weights.get(variantId) ?? null,
    rules,
    tierOf: ({ id }) => tiers.get(id) ?? null,
    disputeOf: (id) => disputes.get(id) ?? null,
    rebateOf: (orderId) => rebates.get(orderId) ?? null,
  };
};
