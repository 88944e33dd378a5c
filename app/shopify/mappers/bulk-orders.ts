import type { Order } from "#app/core/orders/order.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { toOrder } from "./order.ts";
import { parseRow } from "./parse-row.ts";
import { lineItemRow, orderRow, type LineItemRow, type OrderRow } from "./rows.ts";

const parentOf = (raw: unknown): string | null =>
  typeof raw === "object" && raw !== null && "__parentId" in raw && typeof raw.__parentId === "string"
    ? raw.__parentId
    : null;

/**
 * Orders from bulk rows: each order's row is followed by the rows of its lines. One order is in memory at a time.
 *
 * @throws ShopifyError `bulk-broken` for a row that cannot be read or a line that does not follow its order
 */
export async function* toOrders(rows: AsyncIterable<unknown>): AsyncGenerator<Order> {
  let order: OrderRow | null = null;
  let lines: LineItemRow[] = [];
  for await (const raw of rows) {
    const parent = parentOf(raw);
    if (parent === null) {
      if (order) yield toOrder(order, lines, null);
      order = parseRow(orderRow, raw);
      lines = [];
      continue;
    }
    const line = parseRow(lineItemRow, raw);
    if (parent !== order?.id) throw new ShopifyError("bulk-broken", `${line.id} does not follow its order ${parent}`);
    lines.push(line);
  }
  if (order) yield toOrder(order, lines, null);
}
