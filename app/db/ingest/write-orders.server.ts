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
  readonly customerIds: readonly bigint[];
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
  for (const { order, entries, customerId } of posted) {
    for (const entry of entries) {
      yield [
        shopId,
        order.id,
        entry.lineId ?? 0n,
        entry.kind,
        entry.event.type,
        entry.event.id,
        customerId,
        instant(entry.occurredAt),
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

/**
 * Writes orders with their lines, ledger entries and day totals, in one transaction. Can be repeated: an order that is
 * known as it is, or newer, stays; facts are never written twice; derived entries and day totals are replaced.
 */
export const writeOrders = (pool: pg.Pool, shopId: number, posted: readonly PostedOrder[]): Promise<WrittenOrders> =>
  inTransaction(pool, async (client) => {
    const keys = posted.map(({ order }) => customerKeyOf(order));
    const ids = await resolveCustomers(
      client,
      shopId,
      posted.map(({ order }, index) => ({
        key: keys[index] ?? customerKeyOf(order),
        orderedAt: isCounted(order) ? order.processedAt : null,
      })),
    );
    const owned = posted.map((one): Owned => {
      const customerId = ids.get(formatCustomerKey(customerKeyOf(one.order)));
      if (customerId === undefined) throw new Error(`No customer row for order ${one.order.id}`);
      return { ...one, customerId };
    });
    await prepareStage(client);
    await copyRows(
      client,
      "stage_order",
      owned.map(({ order, customerId }) => orderRow(shopId, customerId, order)),
    );
    await copyRows(client, "stage_order_line", lineRows(shopId, owned));
    await copyRows(client, "stage_ledger_entry", entryRows(shopId, owned));
    await copyRows(client, "stage_order_day", dayRows(shopId, owned));
    const written = await mergeStagedOrders(client, shopId);
    return { written, customerIds: [...new Set(owned.map(({ customerId }) => customerId))] };
  });
