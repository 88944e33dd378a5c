import type pg from "pg";
import type { CostSource } from "#app/core/costs/unit-cost-history.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import { fromSnapshot } from "#app/db/pool.server.ts";

/** A variant with one of its unit costs; nulls where it has none. */
export interface ExportedCost {
  readonly variantId: bigint;
  readonly sku: string | null;
  readonly product: string;
  readonly variant: string;
  readonly amount: bigint | null;
  readonly from: ShopDay | null;
  readonly source: CostSource | null;
}

const VARIANTS_PER_BATCH = 2000;

/**
 * The history of every variant's unit cost, and every variant that has none, by the variants' numbers. Of one variant and
 * day the imported cost comes last. A cost that Shopify only showed again is no change, and left out.
 */
export const exportCosts = (pool: pg.Pool, shopId: number): AsyncGenerator<readonly ExportedCost[]> =>
  fromSnapshot(pool, (client) => batches(client, shopId));

async function* batches(client: pg.PoolClient, shopId: number): AsyncGenerator<readonly ExportedCost[]> {
  for (let after = -1n; ;) {
    const { rows } = await client.query<ExportedCost>(
      `WITH variant AS (SELECT * FROM product_variant WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3), cost AS (
         SELECT *, lag(variant_id) OVER own IS NOT NULL AND lag(amount) OVER own IS NOT DISTINCT FROM amount AS is_repeated
         FROM unit_cost WHERE shop_id = $1 AND variant_id IN (SELECT id FROM variant)
         WINDOW own AS (PARTITION BY variant_id, source ORDER BY from_day)
       )
       SELECT id AS "variantId", sku, product_title AS product, title AS variant, amount, from_day AS "from", source
       FROM variant LEFT JOIN cost ON variant_id = id AND NOT (source = 'shopify' AND is_repeated)
       ORDER BY id, from_day, source`,
      [shopId, after, VARIANTS_PER_BATCH],
    );
    const last = rows.at(-1)?.variantId;
    if (last === undefined) return;
    yield rows;
    after = last;
  }
}
