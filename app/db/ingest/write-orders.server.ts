import type pg from "pg";
import { customerKeyOf, formatCustomerKey } from "#app/core/customers/customer-key.ts";
import { anonymousOrder } from "#app/core/orders/anonymous-order.ts";
import { isCounted } from "#app/core/orders/order.ts";
import type { Instant, ShopDay } from "#app/core/time/shop-day.ts";
import { copyRows } from "#app/db/copy.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { redactedOwners } from "#app/db/privacy/redact-customer.server.ts";
import { COLUMNS, dayRows, entryRows, invoiceRows, orderRows, type Owned, type PostedOrder } from "./order-rows.ts";
import { resolveCustomers } from "./resolve-customers.server.ts";
import { mergeStagedOrders, prepareStage } from "./staged-orders.server.ts";

export interface WrittenOrders {
  /** Orders written; the others were known already, as they are or newer. */
  readonly written: number;
  /** Whose orders were given, and whose they were before. */
  readonly customerIds: readonly bigint[];
}

interface OrdersOfShop {
  readonly shopId: number;
  readonly dayOf: (instant: Instant) => ShopDay;
}

const copyOrders = async (
  client: pg.PoolClient,
  { shopId, dayOf }: OrdersOfShop,
  owned: readonly Owned[],
  prefix: string,
): Promise<void> => {
  await copyRows(client, `"${prefix}order" (${COLUMNS.order})`, orderRows(shopId, owned));
  await copyRows(client, `${prefix}ledger_entry (${COLUMNS.ledger_entry})`, entryRows(shopId, owned));
  await copyRows(client, `${prefix}order_day (${COLUMNS.order_day})`, dayRows(shopId, owned));
  await copyRows(client, `${prefix}invoice (${COLUMNS.invoice})`, invoiceRows(shopId, owned, dayOf));
};

const ownersOf = async (pool: pg.Pool, shopId: number, posted: readonly PostedOrder[]): Promise<Owned[]> => {
  const erased = await redactedOwners(
    pool,
    shopId,
    posted.map(({ order }) => order.id),
  );
  const keyed = posted.map((one) => ({ ...one, key: customerKeyOf(one.order) }));
  const ids = await resolveCustomers(
    pool,
    shopId,
    keyed
      .filter(({ order }) => !erased.has(order.id))
      .map(({ key, order }) => ({ key, orderedAt: isCounted(order) ? order.processedAt : null })),
  );
  return keyed.map((one) => {
    const standIn = erased.get(one.order.id);
    if (standIn !== undefined) return { ...one, order: anonymousOrder(one.order), customerId: standIn };
    const customerId = ids.get(formatCustomerKey(one.key));
    if (customerId === undefined) throw new Error(`No customer row for order ${one.order.id}`);
    return { ...one, customerId };
  });
};

const areAllNew = async (client: pg.PoolClient, shopId: number, owned: readonly Owned[]): Promise<boolean> => {
  const ids = owned.map(({ order }) => order.id);
  const { rowCount } = await client.query(`SELECT 1 FROM "order" WHERE shop_id = $1 AND id = ANY ($2) LIMIT 1`, [
    shopId,
    ids,
  ]);
  return rowCount === 0 && new Set(ids).size === ids.length;
};

const UNIQUE_VIOLATION = "23505";

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION;

/**
 * Writes orders with their ledger entries, day totals and invoices, in one transaction. Can be repeated: an order that is
 * known as it is, or newer, stays; its entries are replaced where they differ.
 *
 * New orders, which is all that a first sync has, are copied straight in; the others are staged and merged.
 */
export const writeOrders = async (
  pool: pg.Pool,
  shop: OrdersOfShop,
  posted: readonly PostedOrder[],
): Promise<WrittenOrders> => {
  // Before the transaction: customers' rows are shared between batches, which would wait for each other's whole writing.
  const owned = await ownersOf(pool, shop.shopId, posted);
  const write = (canCopy: boolean): Promise<WrittenOrders> =>
    inTransaction(pool, async (client) => {
      if (canCopy && (await areAllNew(client, shop.shopId, owned))) {
        await copyOrders(client, shop, owned, "");
        return { written: owned.length, customerIds: [...new Set(owned.map(({ customerId }) => customerId))] };
      }
      await prepareStage(client);
      await copyOrders(client, shop, owned, "stage_");
      return mergeStagedOrders(client, shop.shopId);
    });
  try {
    return await write(true);
  } catch (error) {
    // Somebody else wrote one of the orders at the same moment: a webhook during the first sync.
    if (isUniqueViolation(error)) return write(false);
    throw error;
  }
};
