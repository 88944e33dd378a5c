import type pg from "pg";
import type { LoadedFunction } from "#app/checkout/load-function.ts";
import type { CompiledPlan } from "#app/core/plan/compiled-plan.ts";
import { pastOrders } from "#app/db/backtest/read-orders.server.ts";
import { planPeriods } from "#app/db/plan/plan-periods.server.ts";
import { backtestInputs } from "./backtest-inputs.ts";
import { backtestPlans } from "./backtest-plans.ts";
import type { PipelineShop } from "./context.ts";
import { givenThen } from "./replay-order.ts";

const withoutPayNow = (plan: CompiledPlan): CompiledPlan => ({
  ...plan,
  parts: plan.parts.filter(({ kind }) => kind !== "payNow"),
});

const total = (given: ReadonlyMap<bigint, bigint>): bigint => [...given.values()].reduce((sum, one) => sum + one, 0n);

/**
 * What orders were given for paying now, in minor units of the shop's currency: what the checkout Function gives them under the
 * plan of then, less what it gives without the pay-now part. Orders whose discounts the replay does not give back to the minor
 * unit are left out, and so are those that were paid in another currency: of them nobody can say.
 *
 * @example 5 % by tier and 2 % for paying now on 100.00, no limits: 2.00; with a highest percentage of 6 %: 1.00
 */
export const payNowShare = async (
  at: { readonly pool: pg.Pool; readonly shop: PipelineShop; readonly now: Date },
  discount: LoadedFunction,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, bigint>> => {
  const { pool, shop } = at;
  const latest = (await planPeriods(pool, shop.id)).at(-1);
  const orders = await pastOrders(pool, shop.id, ids);
  if (!latest || orders.length === 0) return new Map();
  const plans = await backtestPlans(pool, shop, latest.version);
  const inputs = await backtestInputs(at, plans, orders);
  return new Map(
    orders.flatMap(({ order }) => {
      const then = plans.at(order.processedAt);
      if (!then || order.presentment.currency !== order.currency) return [];
      const given = givenThen(discount, order, then.compiled, inputs);
      const isAsThen = order.lines.every((line) => line.discount === (given.get(line.id) ?? 0n));
      if (!isAsThen) return [];
      return [[order.id, total(given) - total(givenThen(discount, order, withoutPayNow(then.compiled), inputs))]];
    }),
  );
};
