import { idOf } from "#app/core/ids/gid.ts";
import { parseAmount } from "#app/core/money/money.ts";
import { parseRow } from "./parse-row.ts";
import { variantRow } from "./rows.ts";

interface CatalogVariant {
  readonly id: bigint;
  readonly productId: bigint;
  readonly productTitle: string;
  readonly title: string;
  readonly sku: string | null;
  readonly unitCost: bigint | null;
}

/** Variants from bulk rows. A cost in another currency than the shop's is no cost that can be used. */
export async function* toVariants(rows: AsyncIterable<unknown>, currency: string): AsyncGenerator<CatalogVariant> {
  for await (const raw of rows) {
    const row = parseRow(variantRow, raw);
    const cost = row.inventoryItem?.unitCost;
    yield {
      id: idOf(row.id, "ProductVariant"),
      productId: idOf(row.product.id, "Product"),
      productTitle: row.product.title,
      title: row.title,
      sku: row.sku,
      unitCost: cost?.currencyCode === currency ? parseAmount(cost.amount, currency) : null,
    };
  }
}
