import { gidOf } from "#app/core/ids/gid.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { Ask } from "./gateway.server.ts";
import { toOrder } from "./mappers/order.ts";
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
    if (!following) break;
    nodes.push(...following.nodes);
    page = following;
  }
  return nodes;
};

/**
 * Orders as they are now, whole, refunds and their lines included.
 *
 * @returns the orders that the app may see, in the order of `ids`; one that is gone or out of sight is left out
 * @throws ShopifyError
 */
export const readOrders = async (ask: Ask, ids: readonly bigint[]): Promise<Order[]> => {
  const { nodes } = await ask(ORDER_DETAILS, { ids: ids.map((id) => gidOf("Order", id)) });
  const orders: Order[] = [];
  for (const node of nodes) {
    if (node?.__typename !== "Order") continue;
    const { id } = node;
    const lines: LineItemRow[] = await allNodes(node.lineItems, async (after) => {
      const { order } = await ask(ORDER_LINES, { id, after });
      return order?.lineItems;
    });
    const refunds: RefundRow[] = [];
    for (const refund of node.refunds) {
      const refunded = await allNodes(refund.refundLineItems, async (after) => {
        const more = await ask(REFUND_LINES, { id: refund.id, after });
        return more.refund?.refundLineItems;
      });
      refunds.push({ ...refund, refundLineItems: { nodes: refunded } });
    }
    orders.push(
      toOrder(
        orderRow.parse(node),
        lines.map((line) => lineItemRow.parse(line)),
        refunds,
      ),
    );
  }
  return orders;
};
