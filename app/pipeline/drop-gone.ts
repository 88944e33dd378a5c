import { idOf } from "#app/core/ids/gid.ts";
import { missingFrom } from "#app/core/sync/missing-ids.ts";
import { customerIds, orderIdsSince } from "#app/db/ingest/gone.server.ts";
import { toIds } from "#app/shopify/mappers/ids.ts";
import { BULK_CUSTOMER_IDS, BULK_ORDER_IDS } from "#app/shopify/operations/bulk.ts";
import { CUSTOMERS_COUNT, ORDERS_COUNT } from "#app/shopify/operations/shop.ts";
import { readCustomers } from "#app/shopify/single-reader.server.ts";
import { inBatches, runBulkStage, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";
import { dropGoneOrders, followGoneCustomer, inSightSince, ORDERS_PER_QUERY, readAgain } from "./read-again.ts";

const CUSTOMERS_PER_QUERY = 50;

interface Listing {
  readonly kind: "Order" | "Customer";
  readonly query: string;
  readonly count: () => Promise<number | undefined>;
  readonly own: BigInt64Array;
}

/** Which of the app's own ids Shopify's list leaves out. Where there are as many on both sides, no list is asked for. */
const missingAtShopify = async (
  context: StageContext,
  { kind, query, count, own }: Listing,
): Promise<bigint[] | Parked> => {
  if (context.stage.bulkOperationId === null && (await count()) === own.length) return [];
  const left = missingFrom(own);
  const parked = await runBulkStage(context, {
    query,
    count,
    writer: inBatches({
      items: (rows) => toIds(rows, (gid) => idOf(gid, kind)),
      batchSize: 10_000,
      write: (ids) => {
        for (const id of ids) left.see(id);
        return Promise.resolve();
      },
    }),
  });
  return parked ?? left.missing();
};

/** Orders that were deleted at Shopify leave the ledger. */
export const dropDeletedOrders = async (context: StageContext): Promise<Parked | undefined> => {
  const { pool, shop, ask } = context;
  const missing = await missingAtShopify(context, {
    kind: "Order",
    query: BULK_ORDER_IDS,
    count: async () => (await ask(ORDERS_COUNT, {})).ordersCount?.count,
    own: await orderIdsSince(pool, shop.id, inSightSince(context)),
  });
  if ("afterMs" in missing) return missing;
  // Each is asked for by its id: one that came meanwhile is on no list yet.
  for (let start = 0; start < missing.length; start += ORDERS_PER_QUERY) {
    const again = await readAgain(context, missing.slice(start, start + ORDERS_PER_QUERY));
    await dropGoneOrders(context, again.missing);
  }
  return undefined;
};

/** Customers who were deleted or merged into others at Shopify: their orders are followed to whose they are now. */
export const followGoneCustomers = async (context: StageContext): Promise<Parked | undefined> => {
  const { pool, shop, ask } = context;
  const missing = await missingAtShopify(context, {
    kind: "Customer",
    query: BULK_CUSTOMER_IDS,
    count: async () => (await ask(CUSTOMERS_COUNT, {})).customersCount?.count,
    own: await customerIds(pool, shop.id),
  });
  if ("afterMs" in missing) return missing;
  for (let start = 0; start < missing.length; start += CUSTOMERS_PER_QUERY) {
    const ids = missing.slice(start, start + CUSTOMERS_PER_QUERY);
    const there = new Set((await readCustomers(ask, ids)).map(({ id }) => id));
    for (const id of ids) if (!there.has(id)) await followGoneCustomer(context, id);
  }
  return undefined;
};
