import { gidOf } from "#app/core/ids/gid.ts";
import type { Order } from "#app/core/orders/order.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { Ask } from "./gateway.server.ts";
import { toOrder } from "./mappers/order.ts";
import { peopleOfOrder, type Person } from "./mappers/people.ts";
import { lineItemRow, orderRow, type LineItemRow, type RefundRow } from "./mappers/rows.ts";
import { ORDER_DETAILS, ORDER_LINES, REFUND_LINES } from "./operations/orders.ts";

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

/** All nodes of a connection whose first page is here already. */
const allNodes = async <Node>(
  first: Page<Node>,
  next: (after: string) => Promise<Page<Node> | null | undefined>,
): Promise<Node[]> => {
  const nodes = [...first.nodes];
  let page: Page<Node> = first;
  while (page.pageInfo.hasNextPage && page.pageInfo.endCursor) {
    const following = await next(page.pageInfo.endCursor);
    // Gone between two pages: half an order must not pass for a whole one.
    if (!following) throw new ShopifyError("unavailable", "The order went away while it was read");
    nodes.push(...following.nodes);
    page = following;
  }
  return nodes;
};

/** No refund has this many shipping lines or adjustments; should one have, nothing of it is left out silently. */
const refuseFurtherPages = (...pages: readonly { readonly pageInfo: { readonly hasNextPage: boolean } }[]): void => {
  if (pages.some(({ pageInfo }) => pageInfo.hasNextPage)) {
    throw new ShopifyError("refused", "A refund has more shipping lines or adjustments than are read");
  }
};

/** Orders, and what is known of those who placed them. */
export interface ReadOrders {
  readonly orders: readonly Order[];
  readonly people: readonly Person[];
}

/**
 * Orders as they are now, whole, refunds and their lines included.
 *
 * @returns the orders that the app may see, in the order of `ids`; one that is gone or out of sight is left out
 * @throws ShopifyError
 */
export const readOrders = async (ask: Ask, ids: readonly bigint[]): Promise<ReadOrders> => {
  const { nodes } = await ask(ORDER_DETAILS, { ids: ids.map((id) => gidOf("Order", id)) });
  const orders: Order[] = [];
  const people: Person[] = [];
  for (const node of nodes) {
    if (node?.__typename !== "Order") continue;
    const { id } = node;
    const lines: LineItemRow[] = await allNodes(node.lineItems, async (after) => {
      const { order } = await ask(ORDER_LINES, { id, after });
      return order?.lineItems;
    });
    const refunds: RefundRow[] = [];
    for (const refund of node.refunds) {
      refuseFurtherPages(refund.refundShippingLines, refund.orderAdjustments);
      const refunded = await allNodes(refund.refundLineItems, async (after) => {
        const more = await ask(REFUND_LINES, { id: refund.id, after });
        return more.refund?.refundLineItems;
      });
      refunds.push({ ...refund, refundLineItems: { nodes: refunded } });
    }
    const row = orderRow.parse(node);
    orders.push(
      toOrder(
        row,
        lines.map((line) => lineItemRow.parse(line)),
        refunds,
      ),
    );
    people.push(...peopleOfOrder(node));
  }
  return { orders, people };
};
