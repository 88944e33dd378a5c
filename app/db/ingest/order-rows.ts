import { invoiceOf } from "#app/core/receivables/invoice.ts";
import type { LedgerEntry } from "#app/core/ledger/entry.ts";
import { isCounted, type Order } from "#app/core/orders/order.ts";
import type { DayTotals } from "#app/core/profit/contribution.ts";
import { formatDay, type Instant, type ShopDay } from "#app/core/time/shop-day.ts";
import type { CopyRow } from "#app/db/copy.server.ts";
import { printOrderFacts } from "./order-facts.ts";

/** An order with the ledger that was worked out from it. */
export interface PostedOrder {
  readonly order: Order;
  readonly entries: readonly LedgerEntry[];
  readonly days: ReadonlyMap<ShopDay, DayTotals>;
}

export type Owned = PostedOrder & { readonly customerId: bigint };

/** The columns of each table that an order is written to, in the order of the rows below. */
export const COLUMNS = {
  order: `shop_id, id, name, customer_id, company_location_id, processed_at, updated_at, cancelled_at, test, counted, total,
    presentment_currency, presentment_total, partial, asks_pay_now, read_at, facts`,
  ledger_entry: `shop_id, order_id, line_id, kind, event_type, event_id, customer_id, occurred_at, day, amount, currency,
    provenance, rule_version`,
  order_day: `shop_id, order_id, day, customer_id, orders, net_sales, cm1, cm2, cm3, cm4, goods, goods_with_known_cost,
    has_unknown_cost, refunds, sold, returned, cancelled, disputed, units`,
  invoice: "shop_id, order_id, customer_id, issued_day, due_day, paid_day, amount, open, eligible",
} as const;

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

type DayOf = (instant: Instant) => ShopDay;

/** @param readAt when Shopify was asked for the orders */
export function* orderRows(shopId: number, posted: readonly Owned[], readAt: Date): Generator<CopyRow> {
  const readAtText = readAt.toISOString();
  for (const { order, customerId } of posted) {
    yield [
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
      order.changes === null,
      order.origin.asksToPayNow,
      readAtText,
      printOrderFacts(order),
    ];
  }
}

export function* entryRows(shopId: number, posted: readonly Owned[]): Generator<CopyRow> {
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

export function* dayRows(shopId: number, posted: readonly Owned[]): Generator<CopyRow> {
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
        totals.sold,
        totals.returned,
        totals.cancelled,
        totals.disputed,
        totals.units,
      ];
    }
  }
}

/** One row for each counted order that is an invoice. */
export function* invoiceRows(shopId: number, posted: readonly Owned[], dayOf: DayOf): Generator<CopyRow> {
  for (const { order, customerId } of posted) {
    const invoice = order.terms !== null && isCounted(order) ? invoiceOf(order, dayOf) : null;
    if (!invoice) continue;
    yield [
      shopId,
      order.id,
      customerId,
      formatDay(invoice.issuedDay),
      invoice.dueDay === null ? null : formatDay(invoice.dueDay),
      invoice.paidDay === null ? null : formatDay(invoice.paidDay),
      invoice.amount,
      invoice.open,
      invoice.eligible,
    ];
  }
}
