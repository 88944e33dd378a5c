import { invoiceOf } from "#app/core/receivables/invoice.ts";
import type { LedgerEntry } from "#app/core/ledger/entry.ts";
import { isCounted, type Order } from "#app/core/orders/order.ts";
import type { DayTotals } from "#app/core/profit/contribution.ts";
import { formatDay, type Instant, type ShopDay } from "#app/core/time/shop-day.ts";
import { copyField, CopyText, type CopyRow } from "#app/db/copy.server.ts";
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

const orderRow = (shopId: number, { order, customerId }: Owned, readAt: string): CopyRow => [
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
  readAt,
  printOrderFacts(order),
];

/**
 * Of these there are more than of all others together: put together as text at once, what an order's entries have in common
 * once for all of them.
 */
const entryLines = (shopId: number, { order, entries, customerId }: Owned): string => {
  const of = `${shopId}\t${order.id}\t`;
  const owner = `\t${customerId}\t`;
  const currency = `\t${copyField(order.currency)}\t`;
  let printed = { at: NaN, text: "" };
  let lines = "";
  for (const { lineId, kind, event, occurredAt, day, amount, provenance, ruleVersion } of entries) {
    if (printed.at !== occurredAt)
      printed = { at: occurredAt, text: `${owner}${new Date(occurredAt).toISOString()}\t${formatDay(day)}\t` };
    lines += `${of}${lineId ?? 0n}\t${kind}\t${event.type}\t${event.id}${printed.text}`;
    lines += `${amount}${currency}${provenance}\t${copyField(ruleVersion)}\n`;
  }
  return lines;
};

function* dayRows(shopId: number, { order, days, customerId }: Owned): Generator<CopyRow> {
  if (!isCounted(order)) return;
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

/** Of a counted order that is an invoice. */
const invoiceRow = (shopId: number, { order, customerId }: Owned, dayOf: DayOf): CopyRow | null => {
  const invoice = order.terms !== null && isCounted(order) ? invoiceOf(order, dayOf) : null;
  if (!invoice) return null;
  return [
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
};

/** Ledgers as they are copied into each table. */
export class PrintedLedgers {
  readonly ledger_entry = new CopyText();
  readonly order_day = new CopyText();
  readonly invoice = new CopyText();

  constructor(
    protected readonly shopId: number,
    private readonly dayOf: DayOf,
  ) {}

  add(owned: Owned): void {
    this.ledger_entry.addLines(entryLines(this.shopId, owned));
    for (const row of dayRows(this.shopId, owned)) this.order_day.add(row);
    const invoice = invoiceRow(this.shopId, owned, this.dayOf);
    if (invoice) this.invoice.add(invoice);
  }
}

/** Orders and their ledgers as they are copied into each table. */
export class PrintedOrders extends PrintedLedgers {
  readonly order = new CopyText();
  private readonly readAt: string;

  /** @param readAt when Shopify was asked for the orders */
  constructor(shopId: number, dayOf: DayOf, readAt: Date) {
    super(shopId, dayOf);
    this.readAt = readAt.toISOString();
  }

  override add(owned: Owned): void {
    this.order.add(orderRow(this.shopId, owned, this.readAt));
    super.add(owned);
  }
}
