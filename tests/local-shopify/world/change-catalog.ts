import { allLines, type Changed, idOf, replacing, rewriteOrders } from "./change-orders.ts";
import { checkProduct } from "./check-catalog.ts";
import { type World, type WorldLine, type WorldOrder, type WorldProduct, worldProductSchema } from "./shape.ts";
import { indexCompany, indexProduct, validateObject } from "./world.ts";

/**
 * Adds a product, or puts it in the place of the one with its id.
 *
 * @throws WorldError when it breaks a rule; the world is then as it was
 * @throws Error when a variant is gone that orders name: the world cannot say that its product is still there
 */
export function saveProduct(world: World, product: unknown, now: Date): Changed<WorldProduct> {
  const at = world.products.findIndex(({ id }) => id === idOf(product));
  const before = world.products[at] ?? null;
  const check = () => validateObject(worldProductSchema, product, (parsed) => checkProduct(world, parsed, now));
  if (!before) {
    const after = check();
    world.products.push(after);
    indexProduct(world, after);
    return { before, after };
  }
  const after = replacing(
    () => release(world, before),
    () => indexProduct(world, before),
    () => {
      const parsed = check();
      refuseLossOfSoldVariants(world, before, parsed);
      return parsed;
    },
  );
  world.products[at] = after;
  indexProduct(world, after);
  forgetPrices(world, before);
  return { before, after };
}

/**
 * Takes a product out of a world: lines that sold it have no variant from then on, and catalogs no price of it.
 *
 * @throws Error when there is no such product
 */
export function removeProduct(world: World, id: number): WorldProduct {
  const at = world.products.findIndex((product) => product.id === id);
  const product = world.products[at];
  if (!product) throw new Error(`there is no product ${id} to delete`);
  world.products.splice(at, 1);
  release(world, product);
  const gone = idsOf(product);
  rewriteOrders(world, (order) => (sells(order, gone) ? withoutVariants(order, gone) : order));
  forgetPrices(world, product);
  return product;
}

function release(world: World, product: WorldProduct): void {
  world.taken.products.delete(product.id);
  for (const { id } of product.variants) world.variants.delete(id);
}

function idsOf({ variants }: WorldProduct): Set<number> {
  return new Set(variants.map(({ id }) => id));
}

function sells(order: WorldOrder, variantIds: ReadonlySet<number>): boolean {
  return allLines(order).some(({ variantId }) => variantId !== null && variantIds.has(variantId));
}

function withoutVariants(order: WorldOrder, gone: ReadonlySet<number>): WorldOrder {
  const strip = (line: WorldLine): WorldLine =>
    line.variantId !== null && gone.has(line.variantId) ? { ...line, variantId: null, deleted: true } : line;
  const edits = order.edits.map((edit) => ({ ...edit, add: edit.add.map(strip) }));
  return { ...order, lines: order.lines.map(strip), edits };
}

function refuseLossOfSoldVariants(world: World, before: WorldProduct, after: WorldProduct): void {
  const gone = new Set([...idsOf(before)].filter((id) => !idsOf(after).has(id)));
  if (gone.size === 0 || !world.orders.some((order) => sells(order, gone))) return;
  throw new Error("not in the local Shopify: deleting a variant that was sold without its product");
}

/** A price goes with its variant. */
function forgetPrices(world: World, { variants }: WorldProduct): void {
  const gone = new Set(variants.map(({ id }) => id).filter((id) => !world.variants.has(id)));
  if (gone.size === 0) return;
  for (const company of world.companies.values()) {
    if (!company.locations.some(({ catalogPrices }) => catalogPrices.some(({ variantId }) => gone.has(variantId)))) {
      continue;
    }
    const locations = company.locations.map((location) => ({
      ...location,
      catalogPrices: location.catalogPrices.filter(({ variantId }) => !gone.has(variantId)),
    }));
    indexCompany(world, { ...company, locations });
  }
}
