import type pg from "pg";
import { customerKeyOf, formatCustomerKey } from "#app/core/customers/customer-key.ts";
import { anonymousOrder } from "#app/core/orders/anonymous-order.ts";
import { isCounted, type Order } from "#app/core/orders/order.ts";
import type { Instant, ShopDay } from "#app/core/time/shop-day.ts";
import { isAmong } from "#app/db/among.ts";
import { writeAsOf, type LedgerAt } from "#app/db/ledger-version.server.ts";
import { redactedOwners } from "#app/db/privacy/redact-customer.server.ts";
import { copyOrders } from "./copy-orders.server.ts";
import { PrintedOrders, type PostedOrder } from "./order-rows.ts";
import { resolveCustomers } from "./resolve-customers.server.ts";
import { mergeStagedOrders, prepareStage } from "./staged-orders.server.ts";

export interface WrittenOrders {
  /** Orders written; the others were known already, as they are or newer. */
  readonly written: number;
  /** Whose orders were given, and whose they were before. */
  readonly customerIds: readonly bigint[];
}

interface OwnedOrder {
  readonly order: Order;
  readonly customerId: bigint;
}

const ownersOf = async (client: pg.PoolClient, shopId: number, orders: readonly Order[]): Promise<OwnedOrder[]> => {
  const erased = await redactedOwners(
    client,
    shopId,
    orders.map(({ id }) => id),
  );
  const keyed = orders.map((order) => ({ order, key: customerKeyOf(order) }));
  const ids = await resolveCustomers(
    client,
    shopId,
    keyed
      .filter(({ order }) => !erased.has(order.id))
      .map(({ key, order }) => ({ key, orderedAt: isCounted(order) ? order.processedAt : null })),
  );
  return keyed.map(({ order, key }) => {
    const standIn = erased.get(order.id);
    if (standIn !== undefined) return { order: anonymousOrder(order), customerId: standIn };
    const customerId = ids.get(formatCustomerKey(key));
    if (customerId === undefined) throw new Error(`No customer row for order ${order.id}`);
    return { order, customerId };
  });
};

const areAllNew = async (client: pg.PoolClient, shopId: number, owned: readonly OwnedOrder[]): Promise<boolean> => {
  const ids = owned.map(({ order }) => order.id);
  const { rowCount } = await client.query(
    `SELECT 1 FROM "order" WHERE shop_id = $1 AND ${isAmong("id", "$2::bigint[]")} LIMIT 1`,
    [shopId, ids],
  );
  return rowCount === 0 && new Set(ids).size === ids.length;
};

const UNIQUE_VIOLATION = "23505";
const DEADLOCK = "40P01";

/** Somebody else wrote one of the orders at the same moment: a webhook during the first sync. */
const isCollision = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === UNIQUE_VIOLATION || error.code === DEADLOCK);

export interface OrdersWrite {
  /** What ledgers are worked out by, and the shop's days by that. */
  readonly at: LedgerAt;
  readonly dayOf: (instant: Instant) => ShopDay;
  /** When Shopify was asked for the orders. */
  readonly readAt: Date;
  readonly post: (order: Order) => PostedOrder;
}

/**
 * Writes orders with their ledger entries, day totals and invoices, in one transaction. Can be repeated: an order that is
 * known as it is, or newer, stays; its entries are replaced where they differ.
 *
 * New orders, which is all that a first sync has, are copied straight in; the others are staged and merged.
 *
 * @throws when the ledger's version has moved on
 */
export const writeOrders = async (
  pool: pg.Pool,
  { at, dayOf, readAt, post }: OrdersWrite,
  orders: readonly Order[],
): Promise<WrittenOrders> => {
  // A transaction of its own: customers' rows are shared between batches, which would wait for each other's whole writing.
  const owned = await writeAsOf(pool, at, (client) => ownersOf(client, at.shopId, orders));
  // Order by order, so that what was worked out of one is gone with the next.
  const printed = new PrintedOrders(at.shopId, dayOf, readAt);
  for (const { order, customerId } of owned) printed.add({ ...post(order), customerId });
  const write = (canCopy: boolean): Promise<WrittenOrders> =>
    writeAsOf(pool, at, async (client) => {
      if (canCopy && (await areAllNew(client, at.shopId, owned))) {
        await copyOrders(client, printed, "");
        return { written: owned.length, customerIds: [...new Set(owned.map(({ customerId }) => customerId))] };
      }
      await prepareStage(client);
      await copyOrders(client, printed, "stage_");
      return mergeStagedOrders(client, at.shopId);
    });
  try {
    return await write(true);
  } catch (error) {
    if (isCollision(error)) return write(false);
    throw error;
  }
};
