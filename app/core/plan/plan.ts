import type { ShopDay } from "../time/shop-day.ts";

/** A discount plan as the merchant means it. Amounts in minor units of the shop's currency, percentages in basis points. */

/** What a step gives: a percentage, an amount off each unit, or a price for each unit. */
export type StepValue =
  | { readonly kind: "percent"; readonly basisPoints: number }
  | { readonly kind: "amount-off"; readonly amount: bigint }
  | { readonly kind: "fixed-price"; readonly price: bigint };

/** From how many units, orders or how much money on what is given. Steps are kept in rising order. */
export interface Step {
  readonly from: bigint;
  readonly value: StepValue;
}

/** Collections by their handles; null: every product. */
export type Covered = readonly string[] | null;

/** More in one cart, more discount. `scope` says what is counted together. */
export interface QuantityBreak {
  readonly kind: "quantity-break";
  readonly scope: "variant" | "product" | "collection" | "cart";
  readonly measure: "units" | "amount";
  readonly collections: Covered;
  readonly steps: readonly Step[];
}

/** Over which time it is counted: the last days, the calendar period that today is in, or all time. */
export type CountedOver =
  | { readonly kind: "days"; readonly days: number }
  | { readonly kind: "calendar"; readonly period: "month" | "quarter" | "year" }
  | { readonly kind: "lifetime" };

/** More bought over a time, more discount. All purchases count; what is given, on which products, the part says. */
export interface CumulativeBreak {
  readonly kind: "cumulative";
  readonly window: CountedOver;
  readonly measure: "net-sales" | "units" | "orders";
  readonly collections: Covered;
  readonly steps: readonly Step[];
}

export type PricedTier = "A" | "B" | "C" | "key";
export const PRICED_TIERS: readonly PricedTier[] = ["A", "B", "C", "key"];

/** A percentage by tier. Key accounts have their own, or that of A; a company may have one for itself. */
export interface TierPrice {
  readonly kind: "tier-price";
  readonly tiers: Readonly<Partial<Record<PricedTier, number>>>;
  /** By the company's number at Shopify. */
  readonly companies: ReadonlyMap<bigint, number>;
  readonly collections: Covered;
}

/** Parts that price lines by what is bought and by whom. */
export type PricePart = QuantityBreak | CumulativeBreak | TierPrice;

/** A percentage for a buyer who commits at checkout to pay at once, although the shop would let them pay later. */
export interface PayNow {
  readonly kind: "pay-now";
  readonly basisPoints: number;
  /** Names of the payment methods that count as paying now, in lower case, as buyers read them. */
  readonly methods: readonly string[];
}

/** Payment methods whose names in English are taken for paying now, unless the merchant says otherwise. */
export const PAY_NOW_METHODS: readonly string[] = [
  "credit card",
  "shop pay",
  "shopify payments",
  "paypal",
  "paypal express checkout",
  "apple pay",
  "google pay",
  "amazon pay",
];

/**
 * Early payment after the order, as "2/10 net 30": who has paid an invoice within so many days gets a percentage of its
 * merchandise back.
 */
export interface EarlyPaymentAfter {
  readonly kind: "early-payment-after";
  /** By tier; `other` holds for whoever's tier or key account has none of its own. */
  readonly percents: Readonly<Partial<Record<PricedTier | "other", number>>>;
  readonly discountDays: number;
  readonly netDays: number;
  readonly paidAs: "store-credit" | "refund";
  /** How long the store credit can be spent; null: for ever. */
  readonly creditDays: number | null;
}

/** Parts that reward paying early. A plan has at most one of each kind. */
export type PaymentPart = PayNow | EarlyPaymentAfter;

export type PlanPart = PricePart | PaymentPart;

/** What the discount of a line may never pass. Null: no such limit. */
export interface PlanLimits {
  /** Of the price net of tax, in basis points: what has to be left over the unit cost. */
  readonly minMargin: number | null;
  /** Minor units over the unit cost. */
  readonly minOverCost: bigint | null;
  readonly maxPercent: number | null;
  /** Where prices include tax: the highest rate at which any product is taxed, in basis points. */
  readonly highestTax: number;
}

/** What is left out unless it is taken in. */
export interface Included {
  readonly giftCards: boolean;
  readonly subscriptions: boolean;
  readonly pointOfSale: boolean;
  readonly salePriced: boolean;
  /** Quantity breaks for companies whose catalog has quantity breaks of its own. */
  readonly catalogBreaks: boolean;
}

/** With which discounts of others the plan's may be combined. */
export interface CombinesWith {
  readonly orderDiscounts: boolean;
  readonly productDiscounts: boolean;
  readonly shippingDiscounts: boolean;
}

export interface Plan {
  readonly title: string;
  readonly parts: readonly PlanPart[];
  /** How parts meet on a line: the largest wins, or all are added up. */
  readonly meet: "best" | "add";
  readonly limits: PlanLimits;
  /** The first and the last day on which it holds. */
  readonly from: ShopDay | null;
  readonly to: ShopDay | null;
  /** Collections whose products get nothing and count for nothing. */
  readonly excluded: readonly string[];
  readonly included: Included;
  readonly combinesWith: CombinesWith;
}

/** A plan that gives nothing. */
export const EMPTY_PLAN: Plan = {
  title: "Volume and customer prices",
  parts: [],
  meet: "best",
  limits: { minMargin: null, minOverCost: null, maxPercent: null, highestTax: 0 },
  from: null,
  to: null,
  excluded: [],
  included: { giftCards: false, subscriptions: false, pointOfSale: false, salePriced: false, catalogBreaks: false },
  combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
};

/** Whether a line has to keep a margin: then one whose cost nobody knows gets no discount. */
export const hasFloor = ({ limits }: Plan): boolean => limits.minMargin !== null || limits.minOverCost !== null;

export const isPricePart = (part: PlanPart): part is PricePart =>
  part.kind !== "pay-now" && part.kind !== "early-payment-after";

export const payNowOf = ({ parts }: Plan): PayNow | null => parts.find((part) => part.kind === "pay-now") ?? null;

export const earlyPaymentOf = ({ parts }: Plan): EarlyPaymentAfter | null =>
  parts.find((part) => part.kind === "early-payment-after") ?? null;

/** The collections that a plan names. */
export const collectionsOf = ({ parts, excluded }: Plan): string[] => [
  ...new Set([...parts.filter(isPricePart).flatMap(({ collections }) => collections ?? []), ...excluded]),
];

/** Whether a part counts each of the shop's collections by itself, whichever there are. */
export const countsEveryCollection = ({ parts }: Plan): boolean =>
  parts.some((part) => part.kind === "quantity-break" && part.scope === "collection" && part.collections === null);
