import { z } from "zod";
import { idOf } from "#app/core/ids/gid.ts";
import { parseAmount } from "#app/core/money/money.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { parseRow } from "./parse-row.ts";
import { collectionRow, productOfCollectionRow, variantRow } from "./rows.ts";

export interface CatalogVariant {
  readonly id: bigint;
  readonly productId: bigint;
  readonly productTitle: string;
  readonly title: string;
  readonly sku: string | null;
  readonly unitCost: bigint | null;
  readonly weightGrams: number | null;
  /** Minor units of the shop's currency. */
  readonly price: bigint;
  readonly compareAtPrice: bigint | null;
  readonly giftCard: boolean;
}

type Weight = NonNullable<NonNullable<z.infer<typeof variantRow>["inventoryItem"]>["measurement"]["weight"]>;

const GRAMS_PER: Readonly<Record<Weight["unit"], number>> = {
  GRAMS: 1,
  KILOGRAMS: 1000,
  OUNCES: 28.349523125,
  POUNDS: 453.59237,
};

/** The heaviest that the database's integer holds, some 2,000 tonnes. */
const HEAVIEST = 2 ** 31 - 1;

/** Whole grams: what a unit weighs to the gram is not a matter of money. */
const gramsOf = ({ unit, value }: Weight): number => Math.min(Math.round(value * GRAMS_PER[unit]), HEAVIEST);

/** A variant from a row. A cost in another currency than the shop's is no cost that can be used. */
export const toVariant = (raw: unknown, currency: string): CatalogVariant => {
  const row = parseRow(variantRow, raw);
  const cost = row.inventoryItem?.unitCost;
  const weight = row.inventoryItem?.measurement.weight ?? null;
  return {
    id: idOf(row.id, "ProductVariant"),
    productId: idOf(row.product.id, "Product"),
    productTitle: row.product.title,
    title: row.title,
    sku: row.sku,
    unitCost: cost?.currencyCode === currency ? parseAmount(cost.amount, currency) : null,
    weightGrams: weight === null ? null : gramsOf(weight),
    price: parseAmount(row.price, currency),
    compareAtPrice: row.compareAtPrice === null ? null : parseAmount(row.compareAtPrice, currency),
    giftCard: row.product.isGiftCard,
  };
};

/** Variants from bulk rows. */
export function* toVariants(rows: Iterable<unknown>, currency: string): Generator<CatalogVariant> {
  for (const raw of rows) yield toVariant(raw, currency);
}

export interface CatalogCollection {
  readonly id: bigint;
  readonly handle: string;
  readonly title: string;
  readonly productIds: bigint[];
}

const child = z.looseObject({ __parentId: z.string() });

/** Collections from bulk rows, each followed by its products. */
export function* toCollections(rows: Iterable<unknown>): Generator<CatalogCollection> {
  let current: CatalogCollection | null = null;
  for (const raw of rows) {
    if (!child.safeParse(raw).success) {
      if (current) yield current;
      const { id, handle, title } = parseRow(collectionRow, raw);
      current = { id: idOf(id, "Collection"), handle, title, productIds: [] };
      continue;
    }
    const row = parseRow(productOfCollectionRow, raw);
    if (current === null || idOf(row.__parentId, "Collection") !== current.id) {
      throw new ShopifyError("bulk-broken", `${row.id} does not follow its collection`);
    }
    current.productIds.push(idOf(row.id, "Product"));
  }
  if (current) yield current;
}
