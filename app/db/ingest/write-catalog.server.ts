import type pg from "pg";
import { ALWAYS } from "#app/core/costs/cost-lines.ts";
import { unitCostHistory } from "#app/core/costs/unit-cost-history.ts";
import type { UnitCostOn } from "#app/core/ledger/context.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { unitCostRows } from "#app/db/costs/unit-cost-rows.server.ts";
import { moveLedger } from "#app/db/ledger-version.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";

export interface Variant {
  readonly id: bigint;
  readonly productId: bigint;
  readonly productTitle: string;
  readonly title: string;
  readonly sku: string | null;
  /** Minor units of the shop's currency; null where the merchant gave none. */
  readonly unitCost: bigint | null;
  /** Grams of one unit; null where Shopify does not say. */
  readonly weightGrams: number | null;
  /** Minor units of the shop's currency. */
  readonly price: bigint;
  readonly compareAtPrice: bigint | null;
  readonly giftCard: boolean;
}

/** Variants whose unit cost at Shopify is another one than before. */
export interface ChangedCosts {
  /** Another one from today on. */
  readonly fromToday: readonly bigint[];
  /** The first one that is known: it holds for all days before as well. */
  readonly first: readonly bigint[];
  /** Whether one of these is of a variant that was there before, without a cost. */
  readonly isFirstOfKnown: boolean;
}

const changedCosts = async (
  client: pg.PoolClient,
  shopId: number,
  variants: readonly Variant[],
): Promise<ChangedCosts> => {
  const { rows } = await client.query<{ id: bigint; isFirst: boolean; isKnown: boolean }>(
    `WITH seen AS (
       SELECT * FROM unnest($2::bigint[], $3::bigint[]) AS s (variant_id, amount)
     ), known AS (
       SELECT DISTINCT ON (variant_id) variant_id, amount FROM unit_cost
       WHERE shop_id = $1 AND variant_id = ANY ($2) AND source = 'shopify' ORDER BY variant_id, from_day DESC
     )
     SELECT seen.variant_id AS id, known.variant_id IS NULL AS "isFirst", variant.id IS NOT NULL AS "isKnown"
     FROM seen LEFT JOIN known USING (variant_id)
     LEFT JOIN product_variant variant ON variant.shop_id = $1 AND variant.id = seen.variant_id
     WHERE seen.amount IS DISTINCT FROM known.amount`,
    [shopId, variants.map(({ id }) => id), variants.map(({ unitCost }) => unitCost)],
  );
  return {
    fromToday: rows.filter(({ isFirst }) => !isFirst).map(({ id }) => id),
    first: rows.filter(({ isFirst }) => isFirst).map(({ id }) => id),
    isFirstOfKnown: rows.some(({ isFirst, isKnown }) => isFirst && isKnown),
  };
};

const WRITE_VARIANTS = `
  INSERT INTO product_variant (shop_id, id, product_id, product_title, title, sku, weight_grams, price,
    compare_at_price, gift_card)
  SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[],
    $9::bigint[], $10::boolean[])
  ON CONFLICT (shop_id, id) DO UPDATE SET product_id = EXCLUDED.product_id,
    product_title = EXCLUDED.product_title, title = EXCLUDED.title, sku = EXCLUDED.sku,
    weight_grams = EXCLUDED.weight_grams, price = EXCLUDED.price, compare_at_price = EXCLUDED.compare_at_price,
    gift_card = EXCLUDED.gift_card`;

const WRITE_COSTS = `
  WITH seen AS (
    SELECT * FROM unnest($2::bigint[], $3::bigint[]) AS s (variant_id, amount)
  )
  INSERT INTO unit_cost (shop_id, variant_id, from_day, amount, provenance, source)
  SELECT $1::int, variant_id, $4::date, amount, 'actual'::provenance, 'shopify'::cost_source FROM seen
  WHERE variant_id = ANY ($6::bigint[] || $7::bigint[])
  UNION ALL
  SELECT $1::int, variant_id, $5::date, amount, 'rule', 'shopify' FROM seen WHERE variant_id = ANY ($7::bigint[])
  ON CONFLICT (shop_id, variant_id, from_day, source) DO UPDATE
    SET amount = EXCLUDED.amount, recorded_at = EXCLUDED.recorded_at`;

/**
 * Writes variants, and a new unit cost for each whose cost at Shopify is not the latest one known from there. The first one
 * that Shopify gives also holds for all days before; a variant without any has no row. Imported costs stay as they are.
 */
export const writeVariants = (
  pool: pg.Pool,
  shopId: number,
  variants: readonly Variant[],
  today: ShopDay,
): Promise<ChangedCosts> =>
  inTransaction(pool, async (client) => {
    const changed = await changedCosts(client, shopId, variants);
    const hasChanged = changed.fromToday.length + changed.first.length > 0;
    if (hasChanged) await moveLedger(client, shopId);
    const ids = variants.map((variant) => variant.id);
    await client.query(WRITE_VARIANTS, [
      shopId,
      ids,
      variants.map((variant) => variant.productId),
      variants.map((variant) => variant.productTitle),
      variants.map((variant) => variant.title),
      variants.map((variant) => variant.sku),
      variants.map((variant) => variant.weightGrams),
      variants.map((variant) => variant.price),
      variants.map((variant) => variant.compareAtPrice),
      variants.map((variant) => variant.giftCard),
    ]);
    if (hasChanged) {
      const costs = variants.map((variant) => variant.unitCost);
      const days = [formatDay(today), formatDay(ALWAYS)];
      await client.query(WRITE_COSTS, [shopId, ids, costs, ...days, changed.fromToday, changed.first]);
    }
    return changed;
  });

/** The unit costs of variants, as a function of variant and day: Shopify's and the imported ones together. */
export const readUnitCosts = async (
  pool: pg.Pool,
  shopId: number,
  variantIds: readonly bigint[],
): Promise<UnitCostOn> => {
  const rows = await unitCostRows(pool, shopId, variantIds);
  const histories = new Map([...rows].map(([id, history]) => [id, unitCostHistory(history)]));
  return (variantId, day) => histories.get(variantId)?.(day) ?? null;
};
