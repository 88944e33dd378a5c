import { halfUp, rational } from "../reference/rational.ts";

/** The Function's output, as Shopify's schema has it. */
export interface DiscountOutput {
  readonly operations: readonly {
    readonly productDiscountsAdd: {
      readonly selectionStrategy: string;
      readonly candidates: readonly {
        readonly message: string;
        readonly targets: readonly { readonly cartLine: { readonly id: string } }[];
        readonly value:
          | { readonly percentage: { readonly value: string } }
          | { readonly fixedAmount: { readonly amount: string; readonly appliesToEachItem: boolean } };
      }[];
    };
  }[];
}

export interface AppliedDiscount {
  readonly message: string;
  /** Basis points or minor units off each unit, as written. */
  readonly value: { readonly percent: bigint } | { readonly off: bigint };
}

const digits = (decimal: string, decimals: number): bigint => {
  const [whole = "", fraction = ""] = decimal.split(".");
  if (fraction.length > decimals) throw new Error(`${decimal} has more than ${decimals} decimals`);
  return BigInt(whole + fraction.padEnd(decimals, "0"));
};

/**
 * What each line gets by its id.
 *
 * @throws Error if a line gets two discounts, or one of nothing
 */
export const discountsByLine = (output: DiscountOutput, decimals: number): Map<string, AppliedDiscount> => {
  const discounts = new Map<string, AppliedDiscount>();
  for (const { productDiscountsAdd } of output.operations) {
    if (productDiscountsAdd.selectionStrategy !== "ALL") throw new Error("Only with ALL does every candidate apply");
    for (const { message, targets, value } of productDiscountsAdd.candidates) {
      const read =
        "percentage" in value
          ? { percent: digits(value.percentage.value, 2) }
          : { off: digits(value.fixedAmount.amount, decimals) };
      if (targets.length === 0 || Object.values(read)[0] === 0n) throw new Error("A candidate gives nothing");
      if ("fixedAmount" in value && !value.fixedAmount.appliesToEachItem) throw new Error("Amounts are for each unit");
      for (const { cartLine } of targets) {
        if (discounts.has(cartLine.id)) throw new Error(`${cartLine.id} gets two discounts`);
        discounts.set(cartLine.id, { message, value: read });
      }
    }
  }
  return discounts;
};

/** What Shopify takes off a line: of a percentage of its total rounded half up, of an amount so much for each unit. */
export const minorOff = (applied: AppliedDiscount | undefined, price: bigint, quantity: number): bigint => {
  if (!applied) return 0n;
  const { value } = applied;
  if ("off" in value) return value.off * BigInt(quantity);
  return halfUp(rational(price * BigInt(quantity) * value.percent, 10_000n));
};
