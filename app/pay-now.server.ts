import { z } from "zod";
import type { AuditAction } from "#app/core/audit/audit-event.ts";
import { record } from "#app/audit.server.ts";
import {
  closeUnpaid,
  saveCharged,
  unpaidOrder,
  unpaidOrders,
  type UnpaidOrder,
} from "#app/db/plan/pay-now-unpaid.server.ts";
import { payNowShare } from "#app/pipeline/pay-now-share.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { addCustomItem, itemOnOrder } from "#app/shopify/order-writer.server.ts";
import type { SignedIn } from "#app/sign-in.server.ts";

/** What the item is called by which the discount is charged back: on the order, and where it is looked for. */
const ITEM = "Pay-now discount charged back";

export interface UnpaidPage {
  readonly orders: readonly (UnpaidOrder & {
    /** What the percentage came to, in minor units of the shop's currency; null where it cannot be told. */
    readonly share: bigint | null;
  })[];
  /** The app may edit orders. */
  readonly mayCharge: boolean;
}

/** Orders that got the pay-now discount and were not paid, with what it came to. */
export const readUnpaid = async ({ app, shop }: SignedIn): Promise<UnpaidPage> => {
  const orders = await unpaidOrders(app.pool, shop.id);
  const open = orders.filter(({ status }) => status === "open").map(({ orderId }) => orderId);
  const shares = await payNowShare({ pool: app.pool, shop, now: app.now() }, app.discountFunction(), open);
  return {
    orders: orders.map((order) => ({ ...order, share: shares.get(order.orderId) ?? null })),
    mayCharge: shop.scopes.includes("write_order_edits"),
  };
};

export type UnpaidAnswer =
  | { readonly kind: "done" }
  /** Somebody else was faster, the order was paid meanwhile, or there is nothing to charge. */
  | { readonly kind: "nothing-to-do" }
  | { readonly kind: "refused"; readonly reason: string }
  /** Shopify did not answer: whether it was done is not known until it is looked for. */
  | { readonly kind: "unclear" };

const DONE: UnpaidAnswer = { kind: "done" };
const NOTHING: UnpaidAnswer = { kind: "nothing-to-do" };

const recorded = async (signedIn: SignedIn, action: AuditAction): Promise<UnpaidAnswer> => {
  await record(signedIn, action);
  return DONE;
};

/**
 * Charges the discount back: the order gets an item of its amount, which the buyer then owes. It is marked before Shopify is
 * asked, so that nobody charges it twice; where the answer is lost it stays marked until `lookAgain` has looked for the item.
 */
const chargeBack = async (signedIn: SignedIn, orderId: bigint): Promise<UnpaidAnswer> => {
  const { app, shop, ask } = signedIn;
  const { pool } = app;
  const shares = await payNowShare({ pool, shop, now: app.now() }, app.discountFunction(), [orderId]);
  const price = shares.get(orderId) ?? 0n;
  if (price <= 0n || !(await closeUnpaid(pool, shop.id, orderId, { as: "charging", now: app.now() }))) return NOTHING;
  try {
    await addCustomItem(ask, orderId, { title: ITEM, price, currency: shop.currency });
  } catch (error) {
    if (!(error instanceof ShopifyError)) throw error;
    if (error.code !== "refused" && error.code !== "access-denied") return { kind: "unclear" };
    await saveCharged(pool, shop.id, orderId, { charged: null, errorCode: error.code });
    return { kind: "refused", reason: error.message };
  }
  await saveCharged(pool, shop.id, orderId, { charged: price, errorCode: null });
  return recorded(signedIn, { kind: "pay-now-charged", order: orderId.toString() });
};

/** Looks at the order whether the discount was charged back when no answer came. */
const lookAgain = async (signedIn: SignedIn, orderId: bigint): Promise<UnpaidAnswer> => {
  const { app, shop, ask } = signedIn;
  const asked = await unpaidOrder(app.pool, shop.id, orderId);
  if (asked?.status !== "charging") return NOTHING;
  const charged = await itemOnOrder(ask, orderId, ITEM);
  await saveCharged(app.pool, shop.id, orderId, { charged, errorCode: null });
  return charged === null ? DONE : recorded(signedIn, { kind: "pay-now-charged", order: orderId.toString() });
};

const dismiss = async (signedIn: SignedIn, orderId: bigint): Promise<UnpaidAnswer> => {
  const { app, shop } = signedIn;
  if (!(await closeUnpaid(app.pool, shop.id, orderId, { as: "dismissed", now: app.now() }))) return NOTHING;
  return recorded(signedIn, { kind: "pay-now-dismissed", order: orderId.toString() });
};

const DO = { charge: chargeBack, look: lookAgain, dismiss } as const;

const form = z.object({
  intent: z.enum(["charge", "look", "dismiss"]),
  order: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
});

/** Does what a button of the page asks for. */
export const doUnpaidAction = async (signedIn: SignedIn, data: FormData): Promise<UnpaidAnswer> => {
  const asked = form.safeParse(Object.fromEntries(data));
  return asked.success ? DO[asked.data.intent](signedIn, asked.data.order) : NOTHING;
};
