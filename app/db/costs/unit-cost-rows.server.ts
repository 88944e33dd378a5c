import type pg from "pg";
import type { UnitCostRow } from "#app/core/costs/unit-cost-history.ts";

/** Every unit cost of variants, Shopify's and imported ones. */
export const unitCostRows = async (
  pool: pg.Pool,
  shopId: number,
  variantIds: Iterable<bigint>,
): Promise<Map<bigint, UnitCostRow[]>> => {
  const { rows } = await pool.query<UnitCostRow & { variantId: bigint }>(
    `SELECT variant_id AS "variantId", from_day AS "from", amount, provenance, source FROM unit_cost
     WHERE shop_id = $1 AND variant_id = ANY ($2::bigint[])`,
    [shopId, [...variantIds]],
  );
  const byVariant = new Map<bigint, UnitCostRow[]>();
  for (const { variantId, ...row } of rows) {
    const known = byVariant.get(variantId);
    if (known) known.push(row);
    else byVariant.set(variantId, [row]);
  }
  return byVariant;
};
