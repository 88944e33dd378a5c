import { toMinor } from "#tests/local-shopify/world/money.ts";
import { toDecimal } from "#tests/local-shopify/world/money.ts";
import type { WorldProduct } from "#tests/local-shopify/world/world.ts";
import { connectionOf, type Sequence, sequenceOf } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { MoneySource } from "./money-source.ts";
import { compileSearch } from "./search-query.ts";
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
    id: ({ product }) => gid("Product", product.id),
    legacyResourceId: ({ product }) => String(product.id),
    title: ({ product }) => product.title,
    vendor: ({ product }) => product.vendor,
    productType: ({ product }) => product.productType,
    tags: ({ product }) => product.tags,
    isGiftCard: ({ product }) => product.giftCard,
    createdAt: ({ product }) => product.createdAt,
    variantsCount: ({ product }) => new CountSource(product.variants.length, null),
    variants: ({ product }, args, context, info) => {
      const items = product.variants.map((variant) => ({ variant, product }));
      const sequence = sequenceOf(items, (item) => new VariantSource(item));
      return connectionOf(inPositionOrder(sequence, args), args, context, info);
    },
  }),
  defineType("ProductVariant", VariantSource, {
    id: ({ item }) => gid("ProductVariant", item.variant.id),
    legacyResourceId: ({ item }) => String(item.variant.id),
    title: ({ item }) => item.variant.title,
    displayName: ({ item }) => `${item.product.title} - ${item.variant.title}`,
    sku: ({ item }) => item.variant.sku,
    position: ({ item }) => item.product.variants.indexOf(item.variant) + 1,
    price: ({ item }, _args, { store }) => priceText(item.variant.price, store.currency),
    compareAtPrice: ({ item }, _args, { store }) =>
      item.variant.compareAtPrice === null ? null : priceText(item.variant.compareAtPrice, store.currency),
    createdAt: ({ item }) => item.product.createdAt,
    product: ({ item }) => new ProductSource(item.product),
    inventoryItem: ({ item }) => new InventoryItemSource(item),
  }),
  defineType("InventoryItem", InventoryItemSource, {
    id: ({ item }) => gid("InventoryItem", item.variant.id),
    legacyResourceId: ({ item }) => String(item.variant.id),
    sku: ({ item }) => item.variant.sku,
    createdAt: ({ item }) => item.product.createdAt,
    unitCost: ({ item }, _args, { store, now }) => {
      const cost = store.unitCost(item.variant, now);
      return cost === null ? null : new MoneySource(toMinor(cost, store.currency), store.currency);
    },
    measurement: ({ item }) => new MeasurementSource(item),
    variant: ({ item }) => new VariantSource(item),
  }),
  defineType("InventoryItemMeasurement", MeasurementSource, {
    id: ({ item }) => gid("InventoryItemMeasurement", item.variant.id),
    weight: ({ item }) => new WeightSource(item.variant.weightGrams),
  }),
  defineType("Weight", WeightSource, { unit: () => "GRAMS", value: ({ grams }) => grams }),
];

/** The shop's products, as the `products` field finds them. */
export function productSequence(args: Args, { store }: AdminContext): Sequence<WorldProduct> {
  requireSortById(args, "products");
  const query = stringArg(args, "query");
  const all = [...store.world.products].sort((a, b) => a.id - b.id);
  const fields = {
    instants: { created_at: (product: WorldProduct) => product.createdAt },
    ids: { id: (product: WorldProduct) => product.id },
    texts: { title: (product: WorldProduct) => product.title, vendor: (product: WorldProduct) => product.vendor },
  };
  return {
    items: query ? all.filter(compileSearch(query, fields)) : all,
    key: ({ id }) => ({ value: id, id }),
    source: (product) => new ProductSource(product),
  };
}

/** The shop's variants, upwards by id. */
export function variantSequence(args: Args, { store }: AdminContext): Sequence<VariantInProduct> {
  requireSortById(args, "product variants");
  const query = stringArg(args, "query");
  const all = [...store.world.variants.values()].sort((a, b) => a.variant.id - b.variant.id);
  const fields = {
    instants: {},
    ids: {
      id: ({ variant }: VariantInProduct) => variant.id,
      product_id: ({ product }: VariantInProduct) => product.id,
    },
    texts: { sku: ({ variant }: VariantInProduct) => variant.sku ?? "" },
  };
  return {
    items: query ? all.filter(compileSearch(query, fields)) : all,
    key: ({ variant: { id } }) => ({ value: id, id }),
    source: (item) => new VariantSource(item),
  };
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

function requireSortById(args: Args, what: string): void {
  if (stringArg(args, "savedSearchId") !== null) throw new NotInLocalShopify("saved searches");
  const sortKey = stringArg(args, "sortKey") ?? "ID";
  if (sortKey !== "ID") throw new NotInLocalShopify(`sorting ${what} by ${sortKey}`);
}
