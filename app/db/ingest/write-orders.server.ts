import type pg from "pg";
import { customerKeyOf, formatCustomerKey } from "#app/core/customers/customer-key.ts";
import type { LedgerEntry } from "#app/core/ledger/entry.ts";
import { isCounted, type Order } from "#app/core/orders/order.ts";
import type { DayTotals } from "#app/core/profit/contribution.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { copyRows, type CopyRow } from "#app/db/copy.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { resolveCustomers } from "./resolve-customers.server.ts";
import { mergeStagedOrders, prepareStage } from "./staged-orders.server.ts";

/** An order with the ledger that was worked out from it. */
export interface PostedOrder {
  readonly order: Order;
  readonly entries: readonly LedgerEntry[];
  readonly days: ReadonlyMap<ShopDay, DayTotals>;
}

export interface WrittenOrders {
  /** Orders written; the others were known already, as they are or newer. */
  readonly written: number;
}

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const orderRow = (shopId: number, customerId: bigint, order: Order): CopyRow => [
  shopId,
  order.id,
  order.name,
  customerId,
  order.companyLocationId,
  instant(order.processedAt),
  instant(order.updatedAt),
  instant(order.cancelledAt),
  order.test,
  isCounted(order),
  order.total,
  order.presentment.currency,
  order.presentment.total,
  order.refunds === null,
];

function* lineRows(shopId: number, posted: readonly PostedOrder[]): Generator<CopyRow> {
  for (const { order } of posted) {
    for (const line of order.lines) {
      yield [shopId, order.id, line.id, line.variantId, line.title, line.sku, line.quantity, line.giftCard];
    }
  }
}

type Owned = PostedOrder & { readonly customerId: bigint };

function* entryRows(shopId: number, posted: readonly Owned[]): Generator<CopyRow> {
  // Most entries of an order have the same instant: it is printed once.
  let printed = { at: NaN, text: "" };
  for (const { order, entries, customerId } of posted) {
    for (const entry of entries) {
      if (printed.at !== entry.occurredAt) {
        printed = { at: entry.occurredAt, text: new Date(entry.occurredAt).toISOString() };
      }
      yield [
        shopId,
        order.id,
        entry.lineId ?? 0n,
        entry.kind,
        entry.event.type,
        entry.event.id,
        customerId,
        printed.text,
        formatDay(entry.day),
        entry.amount,
        order.currency,
        entry.provenance,
        entry.ruleVersion,
      ];
    }
  }
}

function* dayRows(shopId: number, posted: readonly Owned[]): Generator<CopyRow> {
  for (const { order, days, customerId } of posted) {
    if (!isCounted(order)) continue;
    for (const [day, totals] of days) {
      yield [
        shopId,
        order.id,
        formatDay(day),
        customerId,
        totals.orders,
        totals.netSales,
        totals.cm1,
        totals.cm2,
        totals.cm3,
        totals.cm4,
        totals.goods,
        totals.goodsWithKnownCost,
        totals.hasUnknownCost,
        totals.refunds,
      ];
    }
  }
}

const copyOrders = async (
  client: pg.PoolClient,
  shopId: number,
  owned: readonly Owned[],
  prefix: string,
): Promise<void> => {
  const orders = owned.map(({ order, customerId }) => orderRow(shopId, customerId, order));
  await copyRows(client, `"${prefix}order"`, orders);
  await copyRows(client, `${prefix}order_line`, lineRows(shopId, owned));
  await copyRows(client, `${prefix}ledger_entry`, entryRows(shopId, owned));
  await copyRows(client, `${prefix}order_day`, dayRows(shopId, owned));
};

const ownersOf = async (pool: pg.Pool, shopId: number, posted: readonly PostedOrder[]): Promise<Owned[]> => {
  const keyed = posted.map((one) => ({ ...one, key: customerKeyOf(one.order) }));
  const ids = await resolveCustomers(
    pool,
    shopId,
    keyed.map(({ key, order }) => ({ key, orderedAt: isCounted(order) ? order.processedAt : null })),
  );
  return keyed.map((one) => {
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
 * Writes orders with their lines, ledger entries and day totals, in one transaction. Can be repeated: an order that is
 * known as it is, or newer, stays; its entries are replaced where they differ.
 *
 * New orders, which is all that a first sync has, are copied straight in; the others are staged and merged.
 */
export const writeOrders = async (
  pool: pg.Pool,
  shopId: number,
  posted: readonly PostedOrder[],
): Promise<WrittenOrders> => {
  // Before the transaction: customers' rows are shared between batches, which would wait for each other's whole writing.
  const owned = await ownersOf(pool, shopId, posted);
  const write = (canCopy: boolean): Promise<WrittenOrders> =>
    inTransaction(pool, async (client) => {
      if (canCopy && (await areAllNew(client, shopId, owned))) {
        await copyOrders(client, shopId, owned, "");
        return { written: owned.length };
      }
      await prepareStage(client);
      await copyOrders(client, shopId, owned, "stage_");
      return { written: await mergeStagedOrders(client, shopId) };
    });
  try {
    return await write(true);
  } catch (error) {
    // Somebody else wrote one of the orders at the same moment: a webhook during the first sync.
    if (isUniqueViolation(error)) return write(false);
    throw error;
  }
};
