import { isGranted } from "#app/core/access/is-granted.ts";
import { gidOf } from "#app/core/ids/gid.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { AdminOperations } from "@shopify/admin-api-client";
import { allAgreements, allNodes, allPages, refuseFurtherPages } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { toChanges, tipLines, type AgreementRow, type ReturnFeeRow } from "./mappers/order-changes.ts";
import { toOrder } from "./mappers/order.ts";
import { peopleOfOrder, type Person } from "./mappers/people.ts";
import { lineItemRow, orderRow, type RefundRow } from "./mappers/rows.ts";
import { ORDER_AGREEMENTS, RETURN_FEES } from "./operations/order-changes.ts";
import { ORDER_LINES, ORDER_SHIPPING_LINES, REFUND_LINES } from "./operations/order-pages.ts";
import { ORDER_DETAILS } from "./operations/orders.ts";

/** Orders, and what is known of those who placed them. */
export interface ReadOrders {
  readonly orders: readonly Order[];
  readonly people: readonly Person[];
}

/** Reads orders one way or the other by the access scopes that are granted. */
export interface OrderAccess {
  readonly ask: Ask;
  readonly scopes: readonly string[];
}

type Details = AdminOperations[typeof ORDER_DETAILS]["return"]["nodes"][number];
type OrderNode = Extract<NonNullable<Details>, { __typename: "Order" }>;

const readRefunds = async ({ ask }: OrderAccess, node: OrderNode): Promise<RefundRow[]> => {
  const refunds: RefundRow[] = [];
  for (const refund of node.refunds) {
    refuseFurtherPages(
      "shipping lines or adjustments of a refund",
      refund.refundShippingLines,
      refund.orderAdjustments,
    );
    const refunded = await allNodes(refund.refundLineItems, async (after) => {
      const more = await ask(REFUND_LINES, { id: refund.id, after });
      return more.refund?.refundLineItems;
    });
    refunds.push({ ...refund, refundLineItems: { nodes: refunded } });
  }
  return refunds;
};

const readAgreements = (access: OrderAccess, id: string): Promise<AgreementRow[]> => {
  const withReturns = isGranted(access, "returns");
  return allAgreements(
    async (place) => (await access.ask(ORDER_AGREEMENTS, { id, withReturns, ...place })).order?.agreements,
  );
};

const readReturnFees = async (access: OrderAccess, id: string): Promise<ReturnFeeRow[]> => {
  if (!isGranted(access, "returns")) return [];
  const returns = await allPages(async (after) => (await access.ask(RETURN_FEES, { id, after })).order?.returns);
  const agreed = returns.filter(({ status }) => status === "OPEN" || status === "CLOSED");
  return agreed.flatMap(({ id: returnId, createdAt, returnShippingFees, returnLineItems }) => {
    refuseFurtherPages("lines of a return", returnLineItems);
    const restocking = returnLineItems.nodes.flatMap((line) =>
      "restockingFee" in line && line.restockingFee ? [line.restockingFee] : [],
    );
    return [...returnShippingFees, ...restocking].map((fee) => ({ ...fee, returnId, createdAt }));
  });
};

/** Whether more happened to an order than its lines and refunds tell. */
const isChanged = ({ edited, returnStatus, totalTipReceivedSet }: OrderNode): boolean =>
  edited || returnStatus !== "NO_RETURN" || /[1-9]/.test(totalTipReceivedSet.shopMoney.amount);

const readOrder = async (access: OrderAccess, node: OrderNode): Promise<Order> => {
  const { id } = node;
  const lines = await allNodes(
    node.lineItems,
    async (after) => (await access.ask(ORDER_LINES, { id, after })).order?.lineItems,
  );
  const shipping = await allNodes(
    node.shippingLines,
    async (after) => (await access.ask(ORDER_SHIPPING_LINES, { id, after })).order?.shippingLines,
  );
  const refunds = await readRefunds(access, node);
  const agreements = isChanged(node) ? await readAgreements(access, id) : [];
  const returnFees = node.returnStatus === "NO_RETURN" ? [] : await readReturnFees(access, id);
  const row = orderRow.parse(node);
  const tips = tipLines(agreements);
  return toOrder({
    row,
    lines: lines.filter((line) => !tips.has(line.id)).map((line) => lineItemRow.parse(line)),
    shipping,
    schedule: row.paymentTerms?.paymentSchedules.nodes[0],
    changes: toChanges({ refunds, agreements, returnFees }, row.totalPriceSet.shopMoney.currencyCode),
  });
};

/**
 * Orders as they are now, whole: with their refunds, edits and returns.
 *
 * @returns the orders that the app may see, in the order of `ids`; one that is gone or out of sight is left out
 * @throws ShopifyError
 */
export const readOrders = async (access: OrderAccess, ids: readonly bigint[]): Promise<ReadOrders> => {
  const gids = ids.map((id) => gidOf("Order", id));
  const { nodes } = await access.ask(ORDER_DETAILS, {
    ids: gids,
    withTerms: isGranted(access, "payment_terms"),
  });
  const orders: Order[] = [];
  const people: Person[] = [];
  for (const node of nodes) {
    if (node?.__typename !== "Order") continue;
    orders.push(await readOrder(access, node));
    people.push(...peopleOfOrder(node));
  }
  return { orders, people };
};
