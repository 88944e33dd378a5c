import type pg from "pg";
import type { CostLine } from "#app/core/costs/cost-lines.ts";
import { findVariants, planImport, type CostChange, type ImportPlan } from "#app/core/costs/import-plan.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { moveLedger } from "#app/db/ledger-version.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { unitCostRows } from "./unit-cost-rows.server.ts";

/** What lines of a file would do to the shop's unit costs as they stand now. Nothing is written. */
export const planCostImport = async (
  pool: pg.Pool,
  shopId: number,
  lines: readonly CostLine[],
  today: ShopDay,
): Promise<ImportPlan> => {
  const numbers = lines.map(({ variantId }) => variantId).filter((id) => id !== null);
  const skus = lines.filter(({ variantId }) => variantId === null).flatMap(({ sku }) => [sku, sku?.trim()]);
  const { rows: variants } = await pool.query<{ id: bigint; sku: string | null }>(
    "SELECT id, sku FROM product_variant WHERE shop_id = $1 AND (id = ANY ($2::bigint[]) OR sku = ANY ($3::text[]))",
    [shopId, [...new Set(numbers)], [...new Set(skus)]],
  );
  const found = findVariants(lines, variants);
  const known = await unitCostRows(pool, shopId, new Set(found.lines.map(({ variantId }) => variantId)));
  const plan = planImport(found.lines, known, today);
  return { ...plan, faults: [...found.faults, ...plan.faults] };
};

/** Writes imported unit costs, all or none; one of the same variant and day takes the place of an imported one before it. */
export const importUnitCosts = (
  pool: pg.Pool,
  shopId: number,
  changes: readonly CostChange[],
  now: Date,
): Promise<void> =>
  inTransaction(pool, async (client) => {
    await moveLedger(client, shopId);
    await client.query(
      `INSERT INTO unit_cost (shop_id, variant_id, from_day, amount, provenance, source, recorded_at)
     SELECT $1, variant_id, from_day, amount, 'actual', 'import', $5
     FROM unnest($2::bigint[], $3::date[], $4::bigint[]) AS change (variant_id, from_day, amount)
     ON CONFLICT (shop_id, variant_id, from_day, source) DO UPDATE
       SET amount = EXCLUDED.amount, recorded_at = EXCLUDED.recorded_at`,
      [
        shopId,
        changes.map(({ variantId }) => variantId),
        changes.map(({ from }) => formatDay(from)),
        changes.map(({ amount }) => amount),
        now,
      ],
    );
  });
