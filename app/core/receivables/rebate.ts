import type { Order } from "../orders/order.ts";
import type { Instant } from "../time/shop-day.ts";

/** The discount for early payment as it is given: once an order, written down before Shopify is asked. */

/** `held` needs a person or a scope; `refused` is what Shopify refused; a dismissed one is given never. */
export type RebateStatus = "intended" | "calling" | "given" | "held" | "refused" | "dismissed";

/** Why a rebate is held. */
export type HeldBecause =
  /** Store credit belongs to somebody: the order names neither a company location nor a customer. */
  | "no-owner"
  | "no-scope"
  /** The payment is contested; held until that is decided. */
  | "disputed"
  /** Shopify did not answer, and what it did cannot be found out. */
  | "unclear"
  /** A refund in another currency than the shop's. */
  | "other-currency"
  /** The order has no payment that can be refunded. */
  | "no-payment";

/** Why what is to be taken back is not. */
export type OwedBecause = "spent" | "paid-as-refund" | "no-transaction" | "no-scope" | "refused" | "unclear";

export type PaidAs = "store-credit" | "refund";

/** Whose store credit: by Shopify's number. */
export interface CreditOwner {
  readonly kind: "location" | "customer";
  readonly id: bigint;
}

/** The order's company location, else its customer; null for a guest and whoever was erased. */
export const creditOwnerOf = ({
  companyLocationId,
  customerId,
}: Pick<Order, "companyLocationId" | "customerId">): CreditOwner | null => {
  if (companyLocationId !== null) return { kind: "location", id: companyLocationId };
  return customerId === null ? null : { kind: "customer", id: customerId };
};

/** A credit or debit of a store credit account, as Shopify lists it. Minor units, positive. */
export interface AccountMove {
  readonly id: bigint;
  readonly amount: bigint;
  readonly currency: string;
  readonly at: Instant;
}

export interface WantedMove {
  readonly amount: bigint;
  readonly currency: string;
  /** When Shopify was asked. It counts whole seconds: one of the same second may be it. */
  readonly since: Instant;
  /** Moves that are known to be others. */
  readonly claimed: ReadonlySet<bigint>;
}

/** The moves that may be the one that was asked for without hearing the answer. */
export const movesThatMatch = <Move extends AccountMove>(
  moves: readonly Move[],
  { amount, currency, since, claimed }: WantedMove,
): Move[] => {
  const from = Math.floor(since / 1000) * 1000;
  return moves.filter(
    (move) => move.amount === amount && move.currency === currency && move.at >= from && !claimed.has(move.id),
  );
};

/**
 * How a refund of an amount is spread over an order's payments, latest first; null where they do not suffice.
 *
 * @example payments of 60.00 and then 40.00, 50.00 to give: 40.00 of the second, 10.00 of the first
 */
export const refundOver = (
  order: Pick<Order, "transactions">,
  amount: bigint,
): { readonly id: bigint; readonly gateway: string; readonly amount: bigint }[] | null => {
  const paid = order.transactions
    .filter(({ kind, status }) => (kind === "SALE" || kind === "CAPTURE") && status === "SUCCESS")
    .toSorted((a, b) => b.processedAt - a.processedAt);
  const parts: { id: bigint; gateway: string; amount: bigint }[] = [];
  let left = amount;
  for (const { id, gateway, amount: most } of paid) {
    if (left === 0n || gateway === null) continue;
    const part = left < most ? left : most;
    if (part <= 0n) continue;
    parts.push({ id, gateway, amount: part });
    left -= part;
  }
  return left === 0n && parts.length > 0 ? parts : null;
};
