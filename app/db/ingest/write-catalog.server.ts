import type pg from "pg";
import type { UnitCost } from "#app/core/ledger/entries-of-order.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { inTransaction } from "#app/db/pool.server.ts";

export interface Variant {
  readonly id: bigint;
  readonly productId: bigint;
  readonly productTitle: string;
  readonly title: string;
  readonly sku: string | null;
  /** Minor units of the shop's currency; null where the merchant gave none. */
  readonly unitCost: bigint | null;
}

/** The day from which a first cost holds, backwards in time: the earliest that PostgreSQL and JavaScript agree on. */
const EVER = "0001-01-01";

/** Writes variants, and a new unit cost for each whose cost is not the one known. */
export const writeVariants = (
  pool: pg.Pool,
  shopId: number,
  variants: readonly Variant[],
  today: ShopDay,
): Promise<void> =>
  inTransaction(pool, async (client) => {
    const ids = variants.map((variant) => variant.id);
    await client.query(
      `INSERT INTO product_variant (shop_id, id, product_id, product_title, title, sku)
       SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[])
       ON CONFLICT (shop_id, id) DO UPDATE SET product_id = EXCLUDED.product_id,
         product_title = EXCLUDED.product_title, title = EXCLUDED.title, sku = EXCLUDED.sku`,
      [
        shopId,
        ids,
        variants.map((variant) => variant.productId),
        variants.map((variant) => variant.productTitle),
        variants.map((variant) => variant.title),
        variants.map((variant) => variant.sku),
      ],
    );
    await client.query(
      `WITH seen AS (
         SELECT * FROM unnest($2::bigint[], $3::bigint[]) AS s (variant_id, amount)
       ), known AS (
         SELECT DISTINCT ON (variant_id) variant_id, amount FROM unit_cost
         WHERE shop_id = $1 AND variant_id = ANY ($2) ORDER BY variant_id, from_day DESC
       ), changed AS (
         SELECT seen.variant_id, seen.amount, known.variant_id IS NULL AS is_first FROM seen LEFT JOIN known USING (variant_id)
         WHERE seen.amount IS DISTINCT FROM known.amount
       )
       INSERT INTO unit_cost (shop_id, variant_id, from_day, amount, provenance)
       SELECT $1, variant_id, $4::date, amount, 'actual'::provenance FROM changed
       UNION ALL
       SELECT $1, variant_id, '${EVER}'::date, amount, 'rule' FROM changed WHERE is_first
       ON CONFLICT (shop_id, variant_id, from_day) DO UPDATE SET amount = EXCLUDED.amount`,
      [shopId, ids, variants.map((variant) => variant.unitCost), formatDay(today)],
    );
  });

/** The unit costs of variants, as a function of variant and day. */
export const readUnitCosts = async (
  pool: pg.Pool,
  shopId: number,
  variantIds: readonly bigint[],
): Promise<(variantId: bigint, day: ShopDay) => UnitCost | null> => {
  const { rows } = await pool.query<{
    variant_id: bigint;
    from_day: ShopDay;
    amount: bigint | null;
    provenance: "actual" | "rule";
  }>(
    `SELECT variant_id, from_day, amount, provenance FROM unit_cost
     WHERE shop_id = $1 AND variant_id = ANY ($2) ORDER BY variant_id, from_day DESC`,
    [shopId, variantIds],
  );
  const histories = new Map<bigint, { from: ShopDay; cost: UnitCost | null }[]>();
  for (const { variant_id, from_day, amount, provenance } of rows) {
    const history = histories.get(variant_id) ?? [];
    history.push({ from: from_day, cost: amount === null ? null : { amount, provenance } });
    histories.set(variant_id, history);
  }
  return (variantId, day) => histories.get(variantId)?.find(({ from }) => from <= day)?.cost ?? null;
};
