import type pg from "pg";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";

export interface UncostedVariants {
  /** Of all variants of the shop, how many there are and how many have no unit cost in force. */
  readonly variants: number;
  readonly uncosted: number;
  /** The first of them by name. */
  readonly examples: readonly { readonly product: string; readonly title: string; readonly sku: string | null }[];
}

const EXAMPLES = 10;

/** Variants whose unit cost nobody has given, as of a day; by the same rules as `unitCostHistory`. */
export const uncostedVariants = async (pool: pg.Pool, shopId: number, day: ShopDay): Promise<UncostedVariants> => {
  const { rows } = await pool.query<UncostedVariants>(
    `WITH history AS (
       SELECT variant_id, from_day, amount, source,
         lag(variant_id) OVER own IS NOT NULL AND lag(amount) OVER own IS NOT DISTINCT FROM amount AS is_repeated,
         min(from_day) FILTER (WHERE source = 'import') OVER (PARTITION BY variant_id) AS imported_from
       FROM unit_cost WHERE shop_id = $1 AND from_day <= $2
       WINDOW own AS (PARTITION BY variant_id, source ORDER BY from_day)
     ), current_cost AS (
       SELECT DISTINCT ON (variant_id) variant_id, amount FROM history
       WHERE NOT (source = 'shopify' AND is_repeated AND coalesce(imported_from <= from_day, false))
       ORDER BY variant_id, from_day DESC, source DESC
     ), uncosted AS (
       SELECT product_title AS product, title, sku FROM product_variant LEFT JOIN current_cost ON variant_id = id
       WHERE shop_id = $1 AND amount IS NULL ORDER BY product_title, title, id
     )
     SELECT (SELECT count(*)::int FROM product_variant WHERE shop_id = $1) AS variants,
       (SELECT count(*)::int FROM uncosted) AS uncosted,
       (SELECT coalesce(json_agg(e), '[]') FROM (SELECT * FROM uncosted LIMIT ${EXAMPLES}) e) AS examples`,
    [shopId, formatDay(day)],
  );
  const [found] = rows;
  if (!found) throw new Error("An aggregate without a row");
  return found;
};
