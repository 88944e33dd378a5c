import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import { customerName } from "./customer-name.ts";
import { dateTime, money } from "./format.ts";

export interface UnpaidView {
  readonly orderId: string;
  readonly name: string;
  readonly customer: string;
  readonly customerUrl: string;
  readonly found: string;
  readonly tag: string;
  readonly share: string;
  readonly state: string;
  /** What can be done about it. */
  readonly can: readonly ("charge" | "look" | "dismiss")[];
}

export interface UnpaidPageView {
  readonly open: readonly UnpaidView[];
  readonly closed: readonly UnpaidView[];
  /** Why nothing can be charged back here; null where it can. */
  readonly hint: string | null;
}

interface Unpaid {
  readonly orderId: bigint;
  readonly name: string;
  readonly customerId: bigint;
  readonly kind: CustomerKind;
  readonly key: string;
  readonly customer: string | null;
  readonly email: string | null;
  readonly status: "open" | "paid" | "dismissed" | "charging" | "charged";
  readonly foundAt: Date;
  readonly taggedAt: Date | null;
  readonly errorCode: string | null;
  readonly charged: bigint | null;
  readonly share: bigint | null;
}

const STATES: Readonly<Record<Unpaid["status"], string>> = {
  open: "Not paid",
  paid: "Paid since",
  dismissed: "Dismissed",
  charging: "Shopify did not say whether it was charged",
  charged: "Charged back",
};

const tagOf = ({ taggedAt, errorCode }: Unpaid): string => {
  if (taggedAt !== null) return "Tagged pay-now-unpaid";
  return errorCode === "no-scope" ? "Not tagged: the app may not change orders" : "Not tagged";
};

const canOf = ({ status, share }: Unpaid, mayCharge: boolean): UnpaidView["can"] => {
  if (status === "charging") return ["look"];
  if (status !== "open") return [];
  return mayCharge && share !== null && share > 0n ? ["charge", "dismiss"] : ["dismiss"];
};

/** Orders that got the pay-now discount unpaid, for people. */
export const presentUnpaid = (
  { orders, mayCharge }: { readonly orders: readonly Unpaid[]; readonly mayCharge: boolean },
  shop: { readonly currency: string; readonly timeZone: string },
): UnpaidPageView => {
  const views = orders.map((order) => {
    const amount = order.charged ?? order.share;
    const view: UnpaidView = {
      orderId: order.orderId.toString(),
      name: order.name,
      customer: customerName({ ...order, name: order.customer }),
      customerUrl: `/app/customers/${order.customerId}`,
      found: dateTime(order.foundAt, shop.timeZone),
      tag: tagOf(order),
      share: amount === null ? "Not known" : money(amount, shop.currency),
      state: STATES[order.status],
      can: canOf(order, mayCharge),
    };
    return { view, isOpen: order.status === "open" || order.status === "charging" };
  });
  const listed = (isOpen: boolean): UnpaidView[] =>
    views.filter((one) => one.isOpen === isOpen).map(({ view }) => view);
  return {
    open: listed(true),
    closed: listed(false),
    hint: mayCharge
      ? null
      : "To charge a discount back here, the app needs access to order edits; without it, edit the order at Shopify.",
  };
};
