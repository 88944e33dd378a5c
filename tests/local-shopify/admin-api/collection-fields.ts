import type { WorldProduct } from "#tests/local-shopify/world/world.ts";
import { connectionOf, type Sequence, sequenceOf } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import { objectSequence } from "./object-list.ts";
import { ProductSource } from "./sources.ts";

/** A collection: in a world it is a name that products bear. */
interface ShopCollection {
  readonly id: number;
  readonly handle: string;
  readonly products: readonly WorldProduct[];
}

export class CollectionSource extends GraphSource {
  readonly typename = "Collection";
  readonly collection: ShopCollection;

  constructor(collection: ShopCollection) {
    super();
    this.collection = collection;
  }
}

/** The name's own number, so that it stays the same whatever other collections there are. */
function numberOf(handle: string): number {
  let hash = 2_166_136_261;
  for (const one of Buffer.from(handle)) hash = Math.imul(hash ^ one, 16_777_619) >>> 0;
  return hash;
}

/** The collections of the shop, upwards by id. */
export function shopCollections({ store }: Pick<AdminContext, "store">): ShopCollection[] {
  const products = new Map<string, WorldProduct[]>();
  for (const product of store.world.products) {
    for (const handle of product.collections) products.set(handle, [...(products.get(handle) ?? []), product]);
  }
  return [...products]
    .map(([handle, all]) => ({ id: numberOf(handle), handle, products: all }))
    .sort((a, b) => a.id - b.id);
}

/** The collections as the `collections` field finds them. */
export function collectionSequence(args: Args, context: AdminContext): Sequence<ShopCollection> {
  return objectSequence(args, {
    what: "collections",
    all: shopCollections(context),
    id: ({ id }) => id,
    search: { instants: {}, ids: { id: ({ id }) => id }, texts: { handle: ({ handle }) => handle } },
    source: (collection) => new CollectionSource(collection),
  });
}

export const collectionTypes = [
  defineType("Collection", CollectionSource, {
    id: ({ collection }) => gid("Collection", collection.id),
    handle: ({ collection }) => collection.handle,
    title: ({ collection: { handle } }) => handle.charAt(0).toUpperCase() + handle.slice(1).replaceAll("-", " "),
    products: ({ collection }, args, context, info) =>
      connectionOf(
        sequenceOf(collection.products, (product) => new ProductSource(product)),
        args,
        context,
        info,
      ),
  }),
];
