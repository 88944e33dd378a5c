import { formatAmount } from "#app/core/money/money.ts";
import { PAY_NOW_ATTRIBUTE, type CompiledPlan, type CompiledStanding } from "#app/core/plan/compiled-plan.ts";

/** A line of a cart that is priced. */
export interface CartLine {
  readonly variantId: bigint;
  readonly productId: bigint;
  readonly quantity: number;
  /** Minor units of the cart's currency, tax as in the shop's prices. */
  readonly unitPrice: bigint;
  readonly compareAtPrice: bigint | null;
  readonly giftCard: boolean;
  readonly isSubscription: boolean;
  /** What its metafields hold; null: nothing. */
  readonly floor: bigint | null;
  readonly groups: readonly number[] | null;
}

/** Who buys: a guest, a customer who is signed in, or somebody for a company location. */
export interface CartBuyer {
  readonly kind: "guest" | "customer" | "company";
  readonly standing: CompiledStanding | null;
}

export interface Cart {
  readonly currency: string;
  /** How much of the cart's currency one unit of the shop's is, as a decimal: "1" in the shop's own. */
  readonly rate: string;
  /** The shop's day, "2026-10-31". */
  readonly day: string;
  readonly language: string;
  readonly buyer: CartBuyer;
  readonly asksToPayNow: boolean;
  readonly lines: readonly CartLine[];
}

const jsonValue = (value: unknown): { jsonValue: unknown } | null => (value === null ? null : { jsonValue: value });

/** A line's id in the input, by its place in the cart. */
export const lineId = (index: number): string => `gid://shopify/CartLine/${index + 1}`;

const lineInput = (line: CartLine, index: number, currency: string) => ({
  id: lineId(index),
  quantity: line.quantity,
  cost: {
    amountPerQuantity: { amount: formatAmount(line.unitPrice, currency) },
    compareAtAmountPerQuantity:
      line.compareAtPrice === null ? null : { amount: formatAmount(line.compareAtPrice, currency) },
  },
  sellingPlanAllocation: line.isSubscription ? { __typename: "SellingPlanAllocation" } : null,
  merchandise: {
    __typename: "ProductVariant",
    id: `gid://shopify/ProductVariant/${line.variantId}`,
    floor: jsonValue(line.floor === null ? null : Number(line.floor)),
    product: {
      id: `gid://shopify/Product/${line.productId}`,
      isGiftCard: line.giftCard,
      groups: jsonValue(line.groups),
    },
  },
});

/** What Shopify would hand to the Function for a cart: the answer to the Function's own input query. */
export const functionInput = (cart: Cart, plan: CompiledPlan): unknown => {
  const { buyer, currency, rate, day, language } = cart;
  const standing = jsonValue(buyer.standing);
  const total = cart.lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * BigInt(quantity), 0n);
  return {
    presentmentCurrencyRate: rate,
    shop: { localTime: { date: day } },
    localization: { language: { isoCode: language } },
    discount: { plan: { jsonValue: plan } },
    cart: {
      cost: { totalAmount: { amount: formatAmount(total, currency), currencyCode: currency } },
      payNow: cart.asksToPayNow ? { value: PAY_NOW_ATTRIBUTE.value } : null,
      retailLocation: null,
      buyerIdentity: {
        isAuthenticated: buyer.kind !== "guest",
        customer: buyer.kind === "customer" ? { standing } : null,
        purchasingCompany: buyer.kind === "company" ? { location: { standing } } : null,
      },
      lines: cart.lines.map((line, index) => lineInput(line, index, currency)),
    },
  };
};
