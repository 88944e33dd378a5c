import { isGranted } from "#app/core/access/is-granted.ts";
import { knownOrders, ordersOfCustomer, removeCustomers, removeOrders } from "#app/db/ingest/gone.server.ts";
import { removeCollection, writeCollections } from "#app/db/ingest/write-collections.server.ts";
import { removeLocations, writeCompanies } from "#app/db/ingest/write-companies.server.ts";
import { writePeople } from "#app/db/ingest/write-people.server.ts";
import { atLedgerVersion, writeAsOf } from "#app/db/ledger-version.server.ts";
import { findShopById, saveShopFacts } from "#app/db/shops.server.ts";
import { requestWork } from "#app/db/sync-progress.server.ts";
import { readOrders } from "#app/shopify/order-reader.server.ts";
import { readShopFacts } from "#app/shopify/shop-reader.server.ts";
import { readCollection, readCompany } from "#app/shopify/single-reader.server.ts";
import type { PipelineContext, PipelineShop } from "./context.ts";
import { postOrders } from "./post-orders.ts";

/** Orders read in one query: within the cost limit of a single query even with full first pages. */
export const ORDERS_PER_QUERY = 10;

const DAY_MS = 86_400_000;
/** How far back an app sees orders without read_all_orders; a day less, so that no order is missed for being out of sight. */
const SURELY_SEEN_MS = 59 * DAY_MS;

/** Since when orders are surely in the app's sight; null: all are. */
export const inSightSince = ({ shop, now }: Pick<PipelineContext, "shop" | "now">): Date | null =>
  isGranted(shop, "all_orders") ? null : new Date(now().getTime() - SURELY_SEEN_MS);

export interface ReadAgain {
  /** Whose figures have changed. */
  readonly customerIds: readonly bigint[];
  /** Orders that Shopify did not show: they are gone, or out of the app's sight. */
  readonly missing: readonly bigint[];
}

/**
 * Reads orders again, whole, and posts them, with the names of those who placed them.
 *
 * @param ids as many as ORDERS_PER_QUERY at most
 * @throws ShopifyError
 */
export const readAgain = async (context: PipelineContext, ids: readonly bigint[]): Promise<ReadAgain> => {
  const { pool, shop, ask, now } = context;
  const readAt = now();
  // A name that was read before its owner was erased is not written after.
  const { orders } = await atLedgerVersion(pool, shop.id, async (at) => {
    const read = await readOrders({ ask, scopes: shop.scopes }, ids);
    await writeAsOf(pool, at, (client) => writePeople(client, shop.id, read.people));
    return read;
  });
  const found = new Set(orders.map(({ id }) => id));
  const missing = ids.filter((id) => !found.has(id));
  if (orders.length === 0) return { customerIds: [], missing };
  const { written, customerIds } = await postOrders(pool, shop.id, orders, { now: now(), readAt });
  return { customerIds: written > 0 ? customerIds : [], missing };
};

/** Takes orders out that Shopify does not show although they would be in the app's sight. @returns whose they were */
export const dropGoneOrders = async (context: PipelineContext, missing: readonly bigint[]): Promise<bigint[]> => {
  const { pool, shop } = context;
  const gone = missing.length > 0 ? await knownOrders(pool, shop.id, missing, inSightSince(context)) : [];
  return gone.length > 0 ? removeOrders(pool, shop.id, gone) : [];
};

/**
 * A customer who is no more at Shopify: whose orders have gone over to another one is read again, and the row goes when
 * none is left.
 */
export const followGoneCustomer = async (context: PipelineContext, shopifyId: bigint): Promise<bigint[]> => {
  const { pool, shop } = context;
  const touched = new Set<bigint>();
  const ids = await ordersOfCustomer(pool, shop.id, shopifyId);
  for (let start = 0; start < ids.length; start += ORDERS_PER_QUERY) {
    const { customerIds } = await readAgain(context, ids.slice(start, start + ORDERS_PER_QUERY));
    for (const owner of customerIds) touched.add(owner);
  }
  await removeCustomers(pool, shop.id, [shopifyId]);
  return [...touched];
};

/** One collection as it is now, or is no more. */
export const readCollectionAgain = async ({ pool, shop, ask }: PipelineContext, id: bigint): Promise<void> => {
  const collection = await readCollection(ask, id);
  if (collection) await writeCollections(pool, shop.id, [collection]);
  else await removeCollection(pool, shop.id, id);
};

/** One company as it is now, or is no more. */
export const readCompanyAgain = async ({ pool, shop, ask }: PipelineContext, id: bigint): Promise<void> => {
  const company = await readCompany(ask, id);
  if (company) await writeCompanies(pool, shop.id, [company]);
  else await removeLocations(pool, shop.id, { companyId: id });
};

/**
 * The shop as it is by its own account. Another time zone puts entries on other days: all ledgers are worked out again.
 *
 * @throws ShopifyError
 */
export const readShopAgain = async ({ pool, shop, ask, now }: PipelineContext): Promise<PipelineShop> => {
  const { hasOtherDays } = await saveShopFacts(pool, shop.id, await readShopFacts(ask));
  if (hasOtherDays) await requestWork(pool, shop.id, "recompute", now());
  return (await findShopById(pool, shop.id)) ?? shop;
};
