import type pg from "pg";
import { ALWAYS } from "#app/core/costs/cost-lines.ts";
import type { LedgerContext } from "#app/core/ledger/context.ts";
import type { CompiledStanding } from "#app/core/plan/compiled-plan.ts";
import { countedFrom } from "#app/core/plan/cumulative.ts";
import { countedParts } from "#app/core/plan/standing.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import type { PastOrder } from "#app/db/backtest/read-orders.server.ts";
import {
  NOTHING_PUBLISHED,
  pastBuyers,
  pastVariants,
  publishedPast,
  type PastBuyer,
  type PublishedPast,
} from "#app/db/backtest/read-past.server.ts";
import { collectionsOfProducts } from "#app/db/plan/groups-of-products.server.ts";
import { locationsById, type BuyerLocation } from "#app/db/plan/buyer-locations.server.ts";
import { boughtByDay } from "#app/db/plan/plan-buyers.server.ts";
import type { BacktestPlans } from "./backtest-plans.ts";
import type { PipelineShop } from "./context.ts";
import { ledgerContext } from "./ledger-context.ts";

/** A batch of orders with all that their replay follows from. */
export interface BacktestInputs {
  readonly orders: readonly PastOrder[];
  readonly shop: PipelineShop;
  readonly plans: BacktestPlans;
  readonly ledger: LedgerContext;
  readonly buyers: ReadonlyMap<bigint, PastBuyer>;
  readonly variants: Awaited<ReturnType<typeof pastVariants>>;
  /** The candidate's groups of products, as the collections are today. */
  readonly groups: ReadonlyMap<bigint, readonly number[]>;
  readonly bought: Awaited<ReturnType<typeof boughtByDay>>;
  readonly published: PublishedPast;
  /** Companies' locations as they are today. */
  readonly locations: ReadonlyMap<bigint, BuyerLocation>;
  /** What buyers were entitled to by the candidate, as far as it has been worked out: many orders are of one day. */
  readonly standings: Map<string, CompiledStanding | null>;
}

const unique = (ids: Iterable<bigint | null>): bigint[] => [...new Set(ids)].filter((id) => id !== null);

/** What was bought since the first day that counts for the earliest of the orders; nothing where no part counts over time. */
const readBought = async (
  pool: pg.Pool,
  shop: PipelineShop,
  { candidate: { plan } }: BacktestPlans,
  batch: { readonly customerIds: readonly bigint[]; readonly firstDay: ShopDay },
) => {
  const parts = countedParts(plan);
  if (parts.length === 0) return new Map<bigint, never>();
  const since = Math.min(...parts.map(({ part }) => countedFrom(part.window, batch.firstDay)));
  return boughtByDay(pool, shop.id, batch.customerIds, Math.max(since, ALWAYS));
};

const readGroups = async (
  pool: pg.Pool,
  shop: PipelineShop,
  { candidate: { numbers } }: BacktestPlans,
  productIds: readonly bigint[],
): Promise<Map<bigint, readonly number[]>> => {
  if (numbers.groups.size === 0) return new Map();
  const collections = await collectionsOfProducts(pool, shop.id, productIds);
  return new Map(
    [...collections].map(([id, handles]) => [
      id,
      handles.flatMap((handle) => numbers.groups.get(handle) ?? []).toSorted((a, b) => a - b),
    ]),
  );
};

/** Reads what the replay of some orders follows from. */
export const backtestInputs = async (
  { pool, shop, now }: { readonly pool: pg.Pool; readonly shop: PipelineShop; readonly now: Date },
  plans: BacktestPlans,
  past: readonly PastOrder[],
): Promise<BacktestInputs> => {
  const orders = past.map(({ order }) => order);
  const variantIds = unique(orders.flatMap(({ lines }) => lines.map(({ variantId }) => variantId)));
  const customerIds = unique(past.map(({ customerId }) => customerId));
  const locationIds = unique(orders.map(({ companyLocationId }) => companyLocationId));
  const ledger = await ledgerContext(pool, { shopId: shop.id, timeZone: shop.timeZone, version: 0 }, past, now);
  const firstDay = Math.min(...orders.map(({ processedAt }) => ledger.dayOf(processedAt)));
  const variants = await pastVariants(pool, shop.id, variantIds);
  const productIds = unique([...variants.values()].map(({ productId }) => productId));
  const owners = {
    variant: variantIds,
    product: productIds,
    customer: unique(orders.map(({ customerId }) => customerId)),
    location: locationIds,
  };
  const isUnderPlan = orders.some(({ processedAt }) => plans.at(processedAt) !== null);
  return {
    orders: past,
    shop,
    plans,
    ledger,
    variants,
    buyers: await pastBuyers(pool, shop.id, customerIds),
    groups: await readGroups(pool, shop, plans, productIds),
    bought: await readBought(pool, shop, plans, { customerIds, firstDay }),
    published: isUnderPlan ? await publishedPast(pool, shop.id, owners) : NOTHING_PUBLISHED,
    locations: await locationsById(pool, shop.id, locationIds),
    standings: new Map(),
  };
};
