import type { OrderLine } from "../orders/order.ts";

/** Why the plan that was in force does not give a line what Shopify allocated, as far as that can be known. */
export const DIFFERENCE_REASONS = [
  /** The buyer used a discount code. */
  "code-used",
  /** The buyer was erased on request, and with it what it was entitled to. */
  "buyer-erased",
  /** The line's product is deleted, or never was one of the catalog. */
  "no-variant",
  /** The buyer paid in another currency: Shopify rounded there. */
  "other-currency",
  /** The plan had been published less than an hour before: the buyer's checkout may have been priced before that. */
  "just-published",
  /** It is what a buyer gets who is not signed in. */
  "not-signed-in",
  /** What the plan reads of the product or the buyer was never published, or not yet recorded. */
  "values-unknown",
  /** The product has a compare-at price today; which one it had then is not known. */
  "sale-price",
  /** More was given: by somebody else's discount. */
  "other-discount",
  /** Less was given, and nothing says why. */
  "less-given",
] as const;

export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

/** A line whose allocated discount is not what the plan of then gives. Minor units of the shop's currency. */
export interface LineDifference {
  readonly orderId: bigint;
  readonly lineId: bigint;
  readonly given: bigint;
  readonly replayed: bigint;
  readonly reason: DifferenceReason;
}

/** What is known of a line that differs. */
export interface DifferenceFacts {
  readonly line: Pick<OrderLine, "variantId" | "discount">;
  readonly replayed: bigint;
  readonly usedCodes: boolean;
  readonly isErased: boolean;
  readonly isOtherCurrency: boolean;
  readonly sincePublishedMs: number;
  /** What the replay gives when the buyer is not signed in; null: the buyer is a guest anyway. */
  readonly asGuest: bigint | null;
  readonly isWithoutValues: boolean;
  readonly hasCompareAt: boolean;
}

const JUST_MS = 3_600_000;

const HOLDS: Readonly<Record<DifferenceReason, (facts: DifferenceFacts) => boolean>> = {
  "code-used": ({ usedCodes }) => usedCodes,
  "buyer-erased": ({ isErased }) => isErased,
  "no-variant": ({ line }) => line.variantId === null,
  "other-currency": ({ isOtherCurrency }) => isOtherCurrency,
  "just-published": ({ sincePublishedMs }) => sincePublishedMs < JUST_MS,
  "not-signed-in": ({ asGuest, line }) => asGuest === line.discount,
  "values-unknown": ({ isWithoutValues, line, replayed }) => isWithoutValues && line.discount > replayed,
  "sale-price": ({ hasCompareAt }) => hasCompareAt,
  "other-discount": ({ line, replayed }) => line.discount > replayed,
  "less-given": () => true,
};

/** The first reason that holds. */
export const differenceReason = (facts: DifferenceFacts): DifferenceReason =>
  DIFFERENCE_REASONS.find((reason) => HOLDS[reason](facts)) ?? "less-given";
