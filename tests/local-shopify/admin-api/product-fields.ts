import { toMinor } from "#tests/local-shopify/world/money.ts";
import { toDecimal } from "#tests/local-shopify/world/money.ts";
import type { WorldProduct } from "#tests/local-shopify/world/world.ts";
import { connectionOf, type Sequence, sequenceOf } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { metafieldFields } from "./metafield-fields.ts";
import { MoneySource } from "./money-source.ts";
import { inventoryItemUpdatedAt, productUpdatedAt, variantCreatedAt, variantUpdatedAt } from "./object-dates.ts";
import { objectSequence } from "./object-list.ts";
import type { VariantInProduct } from "./shop-store.ts";
import { CountSource, InventoryItemSource, ProductSource, VariantSource } from "./sources.ts";

class MeasurementSource extends GraphSource {
  readonly typename = "InventoryItemMeasurement";
  readonly item: VariantInProduct;

  constructor(item: VariantInProduct) {
    super();
    this.item = item;
  }
}

export class WeightSource extends GraphSource {
  readonly typename = "Weight";
  readonly grams: number;

  constructor(grams: number) {
    super();
    this.grams = grams;
  }
}

export const productTypes = [
  defineType("Product", ProductSource, {
    ...metafieldFields<ProductSource>(({ product }) => gid("Product", product.id)),
    id: ({ product }) => gid("Product", product.id),
    legacyResourceId: ({ product }) => String(product.id),
    title: ({ product }) => product.title,
    vendor: ({ product }) => product.vendor,
    productType: ({ product }) => product.productType,
    tags: ({ product }) => product.tags,
    isGiftCard: ({ product }) => product.giftCard,
    createdAt: ({ product }) => product.createdAt,
    updatedAt: ({ product }, _args, { store }) => productUpdatedAt(product, store),
    variantsCount: ({ product }) => new CountSource(product.variants.length, null),
    variants: ({ product }, args, context, info) => {
      const items = product.variants.map((variant) => ({ variant, product }));
      const sequence = sequenceOf(items, (item) => new VariantSource(item));
      return connectionOf(inPositionOrder(sequence, args), args, context, info);
    },
  }),
  defineType("ProductVariant", VariantSource, {
    ...metafieldFields<VariantSource>(({ item }) => gid("ProductVariant", item.variant.id)),
    id: ({ item }) => gid("ProductVariant", item.variant.id),
    legacyResourceId: ({ item }) => String(item.variant.id),
    title: ({ item }) => item.variant.title,
    displayName: ({ item }) => `${item.product.title} - ${item.variant.title}`,
    sku: ({ item }) => item.variant.sku,
    position: ({ item }) => item.product.variants.indexOf(item.variant) + 1,
    price: ({ item }, _args, { store }) => priceText(item.variant.price, store.currency),
    compareAtPrice: ({ item }, _args, { store }) =>
      item.variant.compareAtPrice === null ? null : priceText(item.variant.compareAtPrice, store.currency),
    createdAt: ({ item }, _args, { store }) => variantCreatedAt(item, store),
    updatedAt: ({ item }, _args, { store }) => variantUpdatedAt(item, store),
    product: ({ item }) => new ProductSource(item.product),
    inventoryItem: ({ item }) => new InventoryItemSource(item),
  }),
  defineType("InventoryItem", InventoryItemSource, {
    id: ({ item }) => gid("InventoryItem", item.variant.id),
    legacyResourceId: ({ item }) => String(item.variant.id),
    sku: ({ item }) => item.variant.sku,
    createdAt: ({ item }, _args, { store }) => variantCreatedAt(item, store),
    updatedAt: ({ item }, _args, { store, now }) => inventoryItemUpdatedAt(item, store, now),
    unitCost: ({ item }, _args, { store, now }) => {
      const cost = store.unitCost(item.variant, now);
      return cost === null ? null : new MoneySource(toMinor(cost, store.currency), store.currency);
    },
    measurement: ({ item }) => new MeasurementSource(item),
    variant: ({ item }) => new VariantSource(item),
    variants: ({ item }, args, context, info) =>
      connectionOf(
        sequenceOf([item], (one) => new VariantSource(one)),
        args,
        context,
        info,
      ),
  }),
  defineType("InventoryItemMeasurement", MeasurementSource, {
    id: ({ item }) => gid("InventoryItemMeasurement", item.variant.id),
    weight: ({ item }) => new WeightSource(item.variant.weightGrams),
  }),
  defineType("Weight", WeightSource, { unit: () => "GRAMS", value: ({ grams }) => grams }),
];

/** The shop's products, as the `products` field finds them. */
export function productSequence(args: Args, { store }: AdminContext): Sequence<WorldProduct> {
  const updatedAt = (product: WorldProduct) => productUpdatedAt(product, store);
  return objectSequence(args, {
    what: "products",
    all: store.world.products,
    id: ({ id }) => id,
    search: {
      instants: { created_at: ({ createdAt }) => createdAt, updated_at: updatedAt },
      ids: { id: ({ id }) => id },
      texts: { title: ({ title }) => title, vendor: ({ vendor }) => vendor },
    },
    sortKeys: { CREATED_AT: ({ createdAt }) => createdAt, UPDATED_AT: updatedAt },
    source: (product) => new ProductSource(product),
  });
}

/** The shop's variants, upwards by id: Shopify sorts them by no date. */
export function variantSequence(args: Args, { store }: AdminContext): Sequence<VariantInProduct> {
  return objectSequence(args, {
    what: "product variants",
    all: store.world.variants.values(),
    id: ({ variant }) => variant.id,
    search: {
      instants: { updated_at: (item) => variantUpdatedAt(item, store) },
      ids: { id: ({ variant }) => variant.id, product_id: ({ product }) => product.id },
      texts: { sku: ({ variant }) => variant.sku ?? "" },
    },
    source: (item) => new VariantSource(item),
  });
}

/** The shop's inventory items, one for each variant, upwards by id. */
export function inventoryItemSequence(args: Args, { store, now }: AdminContext): Sequence<VariantInProduct> {
  return objectSequence(args, {
    what: "inventory items",
    all: store.world.variants.values(),
    id: ({ variant }) => variant.id,
    search: {
      instants: {
        created_at: (item) => variantCreatedAt(item, store),
        updated_at: (item) => inventoryItemUpdatedAt(item, store, now),
      },
      ids: { id: ({ variant }) => variant.id },
      texts: { sku: ({ variant }) => variant.sku ?? "" },
    },
    source: (item) => new InventoryItemSource(item),
  });
}

/** The scalar Money prints all decimals of the currency, unlike MoneyV2.amount. */
function priceText(decimal: string, currency: string): string {
  return toDecimal(toMinor(decimal, currency), currency);
}

function inPositionOrder<T>(sequence: Sequence<T>, args: Args): Sequence<T> {
  const sortKey = stringArg(args, "sortKey") ?? "POSITION";
  if (sortKey !== "POSITION") throw new NotInLocalShopify(`sorting a product's variants by ${sortKey}`);
  return sequence;
}
