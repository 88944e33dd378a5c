import { NO_CHANGES, type Order } from "#app/core/orders/order.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { readerOf } from "./amounts.ts";
import { toOrder } from "./order.ts";
import { parseRow } from "./parse-row.ts";
import {
  bulkOrderRow,
  lineItemRow,
  paymentScheduleRow,
  type BulkOrderRow,
  type LineItemRow,
  type PaymentScheduleRow,
} from "./rows.ts";

const textOf = (raw: unknown, key: "id" | "__parentId"): string | null => {
  const value: unknown = typeof raw === "object" && raw !== null && key in raw ? Reflect.get(raw, key) : null;
  return typeof value === "string" ? value : null;
};

interface Gathered {
  readonly row: BulkOrderRow;
  readonly lines: LineItemRow[];
  schedule: PaymentScheduleRow | undefined;
}

/**
 * Whether a bulk row tells all of an order: nothing happened to it since it was placed, it has one shipping line, and no
 * tip, which would be one of its lines.
 */
const isWhole = (row: BulkOrderRow): boolean => {
  const read = readerOf(row.totalPriceSet.shopMoney.currencyCode);
  const shipping = row.shippingLine ? read.amount(row.shippingLine.originalPriceSet) : 0n;
  return (
    row.refunds.length === 0 &&
    !row.edited &&
    row.returnStatus === "NO_RETURN" &&
    read.amount(row.totalTipReceivedSet) === 0n &&
    read.amount(row.totalShippingPriceSet) === shipping
  );
};

const finished = ({ row, lines, schedule }: Gathered): Order =>
  toOrder({
    row,
    lines,
    shipping: row.shippingLine ? [row.shippingLine] : [],
    schedule,
    changes: isWhole(row) ? NO_CHANGES : null,
  });

/**
 * Orders from bulk rows: each order's row is followed by the rows of its lines and payment schedules.
 *
 * @throws ShopifyError `bulk-broken` for a row that cannot be read or a line that does not follow its order
 */
export function* toOrders(rows: Iterable<unknown>): Generator<Order> {
  let current: Gathered | null = null;
  for (const raw of rows) {
    const parent = textOf(raw, "__parentId");
    if (parent === null) {
      if (current) yield finished(current);
      current = { row: parseRow(bulkOrderRow, raw), lines: [], schedule: undefined };
      continue;
    }
    if (parent !== current?.row.id) {
      throw new ShopifyError("bulk-broken", `${textOf(raw, "id") ?? "A row"} does not follow its order ${parent}`);
    }
    if (textOf(raw, "id")?.startsWith("gid://shopify/PaymentSchedule/")) {
      current.schedule ??= parseRow(paymentScheduleRow, raw);
    } else {
      current.lines.push(parseRow(lineItemRow, raw));
    }
  }
  if (current) yield finished(current);
}
