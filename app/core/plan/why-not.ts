import type { CompiledPart, CompiledPlan, CompiledStanding } from "./compiled-plan.ts";

/** Why a part gives a line nothing. */
export type WhyNot =
  | { readonly code: "not-covered" }
  | { readonly code: "left-out"; readonly what: "gift-card" | "subscription" | "sale-priced" | "excluded" }
  | { readonly code: "not-enough"; readonly has: bigint; readonly needs: bigint; readonly of: "units" | "amount" }
  | { readonly code: "not-reached"; readonly needs: bigint }
  | { readonly code: "catalog-breaks" }
  | { readonly code: "not-asked" }
  | { readonly code: "no-terms" }
  | { readonly code: "guest" }
  | { readonly code: "not-entitled" };

interface Line {
  readonly variantId: bigint;
  readonly productId: bigint;
  readonly quantity: number;
  readonly unitPrice: bigint;
  readonly compareAtPrice: bigint | null;
  readonly giftCard: boolean;
  readonly isSubscription: boolean;
  readonly groups: readonly number[] | null;
}

interface Buyer {
  readonly kind: "guest" | "customer" | "company";
  readonly standing: CompiledStanding | null;
}

const isIn = (line: Line, groups: readonly number[] | undefined): boolean =>
  groups === undefined || groups.some((group) => line.groups?.includes(group));

const leftOut = (line: Line, plan: CompiledPlan): WhyNot | null => {
  const { also = {}, skip = [] } = plan;
  const out = (what: Extract<WhyNot, { code: "left-out" }>["what"]): WhyNot => ({ code: "left-out", what });
  if (skip.some((group) => line.groups?.includes(group))) return out("excluded");
  if (line.giftCard && !also.gift) return out("gift-card");
  if (line.isSubscription && !also.subscription) return out("subscription");
  const isOnSale = line.compareAtPrice !== null && line.compareAtPrice > line.unitPrice;
  return isOnSale && !also.sale ? out("sale-priced") : null;
};

const countedWith = (line: Line, other: Line, part: QuantityPart): boolean => {
  if (part.by === "variant") return other.variantId === line.variantId;
  return part.by === "product" ? other.productId === line.productId : true;
};

interface AskedCart {
  /** All lines of the cart, in the shop's currency. */
  readonly lines: readonly Line[];
  readonly buyer: Buyer;
  readonly asksToPayNow: boolean;
  readonly plan: CompiledPlan;
}

type QuantityPart = Extract<CompiledPart, { kind: "quantity" }>;

const noBreak = (part: QuantityPart, line: Line, { lines, plan, buyer }: AskedCart): WhyNot => {
  if (buyer.kind === "company" && buyer.standing?.breaks && !plan.also?.catalog) return { code: "catalog-breaks" };
  const counted = lines.filter(
    (other) => countedWith(line, other, part) && isIn(other, part.groups) && leftOut(other, plan) === null,
  );
  const has = counted.reduce(
    (sum, { quantity, unitPrice }) => sum + (part.of === "units" ? 1n : unitPrice) * BigInt(quantity),
    0n,
  );
  return { code: "not-enough", has, needs: BigInt(part.steps[0]?.[0] ?? 0), of: part.of };
};

/**
 * Why a part gives a line nothing, in the order in which the Function asks: of facts alone, to be told to a merchant. Whether
 * and how much it gives is the Function's to say.
 */
export const whyNot = (part: CompiledPart, line: Line, cart: AskedCart): WhyNot => {
  const { buyer, plan } = cart;
  const out = leftOut(line, plan);
  if (out) return out;
  if (part.kind === "payNow") return { code: cart.asksToPayNow ? "no-terms" : "not-asked" };
  if ("groups" in part && !isIn(line, part.groups)) return { code: "not-covered" };
  if (part.kind === "quantity") return noBreak(part, line, cart);
  if (buyer.kind === "guest") return { code: "guest" };
  if (part.kind === "cumulative") return { code: "not-reached", needs: BigInt(part.steps[0]?.[0] ?? 0) };
  return { code: "not-entitled" };
};
