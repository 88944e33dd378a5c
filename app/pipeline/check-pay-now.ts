import { owesPayNow } from "#app/core/receivables/pay-now.ts";
import {
  closeUnpaid,
  listUnpaid,
  ordersAskingToPayNow,
  saveTagged,
  type AskedOrder,
} from "#app/db/plan/pay-now-unpaid.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { tagOrder, untagOrder } from "#app/shopify/order-writer.server.ts";
import type { PipelineContext } from "./context.ts";

/** The tag by which the shop's staff finds orders that got the pay-now discount unpaid. */
const UNPAID_TAG = "pay-now-unpaid";

const tag = async ({ pool, shop, ask, now }: PipelineContext, id: bigint): Promise<void> => {
  const isAllowed = shop.scopes.includes("write_orders");
  try {
    if (isAllowed) await tagOrder(ask, id, UNPAID_TAG);
    await saveTagged(pool, shop.id, id, {
      taggedAt: isAllowed ? now() : null,
      errorCode: isAllowed ? null : "no-scope",
    });
  } catch (error) {
    // The order is on the list all the same; what would help another time is tried again.
    if (!(error instanceof ShopifyError) || error.code !== "refused") throw error;
    await saveTagged(pool, shop.id, id, { taggedAt: null, errorCode: "refused" });
  }
};

/** Brings the list up to date with an order that is on it or should be. @returns whether it is to be tagged */
const list = async ({ pool, shop, now }: PipelineContext, { order, status }: AskedOrder): Promise<boolean> => {
  if (status !== null && status !== "open") return false;
  const owes = owesPayNow(order);
  if (owes && status === null) await listUnpaid(pool, shop.id, [order.id], now());
  if (!owes && status === "open") await closeUnpaid(pool, shop.id, order.id, { as: "paid", now: now() });
  return owes;
};

/**
 * The last line of defence of pay-now: no Function can see whether money comes in. Orders that got the discount and are
 * neither paid nor authorised are tagged at Shopify and put on a list; those that have been paid since leave it. Nothing is
 * charged or changed without the merchant.
 *
 * @param ids which orders to look at; null: all of the last months
 */
export const checkPayNow = async (context: PipelineContext, ids: readonly bigint[] | null): Promise<void> => {
  const { pool, shop, ask, now } = context;
  for (const asked of await ordersAskingToPayNow(pool, shop.id, { ids, now: now() })) {
    const isToBeTagged = await list(context, asked);
    const { order, taggedAt } = asked;
    if (isToBeTagged && taggedAt === null) await tag(context, order.id);
    if (isToBeTagged || taggedAt === null) continue;
    await untagOrder(ask, order.id, UNPAID_TAG);
    await saveTagged(pool, shop.id, order.id, { taggedAt: null, errorCode: null });
  }
};
