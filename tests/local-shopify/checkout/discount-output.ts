import { z } from "zod";
import { NotInLocalShopify } from "../admin-api/errors.ts";

const decimal = z.union([z.string(), z.number()]).transform(String);
const percentage = z.strictObject({ value: decimal });
const strategy = z.enum(["ALL", "FIRST", "MAXIMUM"]);

const productCandidateSchema = z.object({
  message: z.string().nullish(),
  targets: z.array(z.object({ cartLine: z.object({ id: z.string(), quantity: z.int().nullish() }).nullish() })),
  value: z.object({
    percentage: percentage.nullish(),
    fixedAmount: z.object({ amount: decimal, appliesToEachItem: z.boolean().nullish() }).nullish(),
  }),
  prerequisites: z.array(z.unknown()).nullish(),
  associatedDiscountCode: z.unknown().optional(),
});

const orderCandidateSchema = z.object({
  message: z.string().nullish(),
  targets: z.array(z.object({ orderSubtotal: z.object({ excludedCartLineIds: z.array(z.string()) }).nullish() })),
  value: z.object({ percentage: percentage.nullish(), fixedAmount: z.object({ amount: decimal }).nullish() }),
  conditions: z.array(z.unknown()).nullish(),
  associatedDiscountCode: z.unknown().optional(),
});

const outputSchema = z.object({
  operations: z.array(
    z.object({
      productDiscountsAdd: z
        .object({ candidates: z.array(productCandidateSchema), selectionStrategy: strategy })
        .nullish(),
      orderDiscountsAdd: z.object({ candidates: z.array(orderCandidateSchema), selectionStrategy: strategy }).nullish(),
      enteredDiscountCodesAccept: z.unknown().optional(),
      enteredDiscountCodesReject: z.unknown().optional(),
    }),
  ),
});

export type Strategy = z.output<typeof strategy>;

/** How much: a percentage, or an amount in the buyer's currency, of each item or of all targets together. */
export type Value =
  | { readonly kind: "percentage"; readonly percent: string }
  | { readonly kind: "amount"; readonly amount: string; readonly each: boolean };

export interface ProductCandidate {
  readonly message: string | null;
  /** Quantity null: all units. */
  readonly targets: readonly { readonly lineId: string; readonly quantity: number | null }[];
  readonly value: Value;
}

export interface OrderCandidate {
  readonly message: string | null;
  readonly excludedLineIds: readonly string[];
  readonly value: Value;
}

export interface Offer<C> {
  readonly strategy: Strategy;
  readonly candidates: readonly C[];
}

/** What a discount would do to a cart. */
export interface Offers {
  readonly products: readonly Offer<ProductCandidate>[];
  readonly orders: readonly Offer<OrderCandidate>[];
}

/**
 * Reads a valid output of a Function.
 *
 * @throws NotInLocalShopify on discount codes, conditions and prerequisites
 * @throws RangeError on what the schema allows and Shopify refuses
 */
export function readOffers(output: unknown): Offers {
  const { operations } = outputSchema.parse(output);
  const products: Offer<ProductCandidate>[] = [];
  const orders: Offer<OrderCandidate>[] = [];
  for (const operation of operations) {
    const { productDiscountsAdd, orderDiscountsAdd } = operation;
    if (operation.enteredDiscountCodesAccept || operation.enteredDiscountCodesReject) {
      throw new NotInLocalShopify("discount codes of a Function");
    }
    if (productDiscountsAdd) {
      const candidates = productDiscountsAdd.candidates.map(productCandidate);
      products.push({ strategy: productDiscountsAdd.selectionStrategy, candidates });
    }
    if (orderDiscountsAdd) {
      if (orderDiscountsAdd.selectionStrategy === "ALL") throw new RangeError("order discounts know no strategy ALL");
      const candidates = orderDiscountsAdd.candidates.map(orderCandidate);
      orders.push({ strategy: orderDiscountsAdd.selectionStrategy, candidates });
    }
  }
  return { products, orders };
}

function productCandidate(candidate: z.output<typeof productCandidateSchema>): ProductCandidate {
  if (candidate.prerequisites?.length) throw new NotInLocalShopify("prerequisites of a discount");
  refuseCode(candidate.associatedDiscountCode);
  const targets = candidate.targets.map(({ cartLine }) => {
    if (!cartLine) throw new RangeError("a target names no cart line");
    const quantity = cartLine.quantity ?? null;
    if (quantity !== null && quantity < 1) throw new RangeError("a target has no quantity");
    return { lineId: cartLine.id, quantity };
  });
  const ids = targets.map(({ lineId }) => lineId);
  if (ids.length === 0) throw new RangeError("a candidate has no targets");
  if (new Set(ids).size < ids.length) throw new RangeError("a candidate names a cart line twice");
  const { percentage: percent, fixedAmount } = candidate.value;
  return {
    message: candidate.message ?? null,
    targets,
    value: valueOf(percent, fixedAmount, fixedAmount?.appliesToEachItem === true),
  };
}

function orderCandidate(candidate: z.output<typeof orderCandidateSchema>): OrderCandidate {
  if (candidate.conditions?.length) throw new NotInLocalShopify("conditions of a discount");
  refuseCode(candidate.associatedDiscountCode);
  const [target, ...more] = candidate.targets;
  if (!target?.orderSubtotal || more.length > 0) throw new RangeError("an order discount has one target, the subtotal");
  const { percentage: percent, fixedAmount } = candidate.value;
  return {
    message: candidate.message ?? null,
    excludedLineIds: target.orderSubtotal.excludedCartLineIds,
    value: valueOf(percent, fixedAmount, false),
  };
}

function refuseCode(code: unknown): void {
  if (code) throw new NotInLocalShopify("discount codes of a Function");
}

function valueOf(
  percent: { value: string } | null | undefined,
  fixed: { amount: string } | null | undefined,
  each: boolean,
): Value {
  if (percent && fixed) throw new RangeError("a value is a percentage or an amount");
  if (percent) {
    if (Number(percent.value) < 0 || Number(percent.value) > 100) throw new RangeError("a percentage is 0 to 100");
    return { kind: "percentage", percent: percent.value };
  }
  if (!fixed) throw new RangeError("a value is a percentage or an amount");
  if (Number(fixed.amount) < 0) throw new RangeError("an amount is not below 0");
  return { kind: "amount", amount: fixed.amount, each };
}
