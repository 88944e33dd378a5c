import type pg from "pg";
import { ALWAYS } from "#app/core/costs/cost-lines.ts";
import type { PlanNumbers } from "#app/core/plan/compile-plan.ts";
import { countedFrom, type DayAmount } from "#app/core/plan/cumulative.ts";
import { floorPrice } from "#app/core/plan/floor.ts";
import type { CompiledStanding } from "#app/core/plan/compiled-plan.ts";
import type { Plan } from "#app/core/plan/plan.ts";
import { countedParts, standingAtLocation, standingOf } from "#app/core/plan/standing.ts";
import { shopDays, type ShopDay } from "#app/core/time/shop-day.ts";
import { readUnitCosts } from "#app/db/ingest/write-catalog.server.ts";
import { boughtByDay, planBuyers, type PlanBuyer } from "#app/db/plan/plan-buyers.server.ts";
import { planProducts, planVariants } from "#app/db/plan/plan-catalog.server.ts";
import type { Desired } from "#app/db/plan/published-values.server.ts";
import type { PipelineShop } from "./context.ts";

/** A plan with all that says what each owner of a metafield is to hold. */
export interface PlanAt {
  readonly pool: pg.Pool;
  readonly shop: PipelineShop;
  readonly plan: Plan;
  readonly numbers: PlanNumbers;
  readonly now: Date;
}

const BATCH = 2000;

const todayOf = ({ shop, now }: PlanAt): ShopDay => shopDays(shop.timeZone)(now.getTime());

/** The floor of each variant: the lowest price that keeps the plan's margin over today's unit cost. */
export async function* floorValues(at: PlanAt): AsyncGenerator<Desired> {
  const { pool, shop, plan } = at;
  const today = todayOf(at);
  for await (const variants of planVariants(pool, shop.id, BATCH)) {
    const unitCostOn = await readUnitCosts(
      pool,
      shop.id,
      variants.map(({ id }) => id),
    );
    yield new Map(
      variants.map(({ id, giftCard }) => {
        const floor = giftCard ? null : floorPrice(unitCostOn(id, today)?.amount ?? null, plan, shop.taxesIncluded);
        return [id, floor === null ? null : floor.toString()];
      }),
    );
  }
}

/** The groups of each product: numbers of the collections that the plan names. */
export async function* groupValues({ pool, shop, numbers }: PlanAt): AsyncGenerator<Desired> {
  for await (const products of planProducts(pool, shop.id, [...numbers.groups.keys()], BATCH)) {
    yield new Map(
      products.map(({ id, handles }) => {
        const groups = handles.flatMap((handle) => numbers.groups.get(handle) ?? []).toSorted((a, b) => a - b);
        return [id, groups.length > 0 ? JSON.stringify(groups) : null];
      }),
    );
  }
}

const NO_DAYS: readonly DayAmount[] = [];

/** What some buyers are entitled to; null: nothing. By the number of the buyer's row. */
export const standingsOf = async (
  at: PlanAt,
  buyers: readonly PlanBuyer[],
): Promise<ReadonlyMap<bigint, CompiledStanding | null>> => {
  const { pool, shop, plan, numbers } = at;
  const today = todayOf(at);
  const since = Math.min(today, ...countedParts(plan).map(({ part }) => countedFrom(part.window, today)));
  const ids = buyers.map(({ rowId }) => rowId);
  const counts = countedParts(plan).length > 0;
  const bought = counts ? await boughtByDay(pool, shop.id, ids, Math.max(since, ALWAYS)) : new Map<bigint, never>();
  return new Map(
    buyers.map(({ rowId, kind, shopifyId, tier, flags }) => {
      const standing = standingOf(
        plan,
        numbers,
        {
          tier,
          isKey: flags.includes("key"),
          isPruned: flags.includes("prune"),
          companyId: kind === "company" ? shopifyId : null,
          bought: (measure) => bought.get(rowId)?.[measure] ?? NO_DAYS,
        },
        today,
      );
      return [rowId, standing];
    }),
  );
};

const textOf = (standing: CompiledStanding | null): string | null => standing && JSON.stringify(standing);

/** What customers are entitled to, and companies at each of their locations. */
export async function* standingValues(
  at: PlanAt,
): AsyncGenerator<{ readonly customers: Desired; readonly locations: Desired }> {
  for await (const buyers of planBuyers(at.pool, at.shop.id, BATCH)) {
    const standings = await standingsOf(at, buyers);
    const customers = new Map<bigint, string | null>();
    const locations = new Map<bigint, string | null>();
    for (const { rowId, kind, shopifyId, flags, locations: places } of buyers) {
      const standing = standings.get(rowId) ?? null;
      if (kind === "customer") customers.set(shopifyId, textOf(standing));
      const isPruned = flags.includes("prune");
      for (const place of places) {
        locations.set(place.id, textOf(standingAtLocation(at.plan, standing, { isPruned }, place)));
      }
    }
    yield { customers, locations };
  }
}
