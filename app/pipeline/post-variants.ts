import { shopDays } from "#app/core/time/shop-day.ts";
import { ordersOfVariantsSince } from "#app/db/ingest/orders-of-variants.server.ts";
import { writeVariants, type Variant } from "#app/db/ingest/write-catalog.server.ts";
import { requestWork } from "#app/db/sync-progress.server.ts";
import type { PipelineContext } from "./context.ts";
import { recomputeOrders } from "./recompute.ts";

/** No day is longer: whatever was ordered today was ordered within it. */
const SURELY_TODAY_MS = 26 * 3_600_000;

/**
 * Writes variants with their unit costs of today. Orders of today that were costed otherwise are worked out again at once;
 * where a cost is the first one known, which holds for all days before, all orders are, as a work of its own.
 *
 * @returns whose orders were worked out again
 */
export const postVariants = async (
  { pool, shop, now }: PipelineContext,
  variants: readonly Variant[],
): Promise<readonly bigint[]> => {
  const { fromToday, isFirstOfKnown } = await writeVariants(
    pool,
    shop.id,
    variants,
    shopDays(shop.timeZone)(now().getTime()),
  );
  if (isFirstOfKnown) await requestWork(pool, shop.id, "recompute", now());
  if (fromToday.length === 0) return [];
  const orders = await ordersOfVariantsSince(pool, shop.id, fromToday, new Date(now().getTime() - SURELY_TODAY_MS));
  return recomputeOrders(pool, shop.id, orders, now());
};
