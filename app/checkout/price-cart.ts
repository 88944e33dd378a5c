import { z } from "zod";
import { divideHalfUp, parseAmount } from "#app/core/money/money.ts";
import type { CompiledPart, CompiledPlan } from "#app/core/plan/compiled-plan.ts";
import { functionInput, lineId, type Cart, type CartLine } from "./function-input.ts";
import type { LoadedFunction } from "./load-function.ts";

const target = z.object({ cartLine: z.object({ id: z.string() }) });
const value = z.union([
  z.object({ percentage: z.object({ value: z.coerce.string() }) }),
  z.object({ fixedAmount: z.object({ amount: z.coerce.string(), appliesToEachItem: z.literal(true) }) }),
]);
const candidate = z.object({ message: z.string().nullish(), targets: z.array(target), value });
const output = z.object({
  operations: z.array(z.object({ productDiscountsAdd: z.object({ candidates: z.array(candidate) }) })),
});

type Candidate = z.infer<typeof candidate>;

/** What a line gets: minor units of the cart's currency for the whole line, and the words that the buyer reads. */
export interface LineDiscount {
  readonly amount: bigint;
  readonly message: string | null;
}

const NONE: LineDiscount = { amount: 0n, message: null };

/** "12.5" percent as millionths of the whole. */
const millionths = (percent: string): bigint => parseAmount(Number(percent).toFixed(3), "KWD") * 10n;

/** As Shopify works it out: a percentage of the line, half up; an amount off each item, down to nothing. */
const amountOff = ({ value: given }: Candidate, line: CartLine, currency: string): bigint => {
  const whole = line.unitPrice * BigInt(line.quantity);
  if ("percentage" in given) return divideHalfUp(whole * millionths(given.percentage.value), 1_000_000n);
  const off = parseAmount(given.fixedAmount.amount, currency) * BigInt(line.quantity);
  return off < whole ? off : whole;
};

/** What the Function gives each line of a cart under a plan, line by line. */
export const priceCart = (discount: LoadedFunction, cart: Cart, plan: CompiledPlan): LineDiscount[] => {
  const { operations } = output.parse(discount.run(functionInput(cart, plan)).output);
  const byLine = new Map<string, Candidate>();
  for (const { productDiscountsAdd } of operations) {
    for (const one of productDiscountsAdd.candidates)
      for (const { cartLine } of one.targets) byLine.set(cartLine.id, one);
  }
  return cart.lines.map((line, index) => {
    const given = byLine.get(lineId(index));
    return given ? { amount: amountOff(given, line, cart.currency), message: given.message ?? null } : NONE;
  });
};

/** What one part of the plan would give a line by itself, without cap and floor. */
export interface PartAlone {
  /** Its place among the compiled plan's parts. */
  readonly part: number;
  readonly amount: bigint;
}

/** How a line comes to its discount. */
export interface LineExplained extends LineDiscount {
  readonly parts: readonly PartAlone[];
  /** What the cap took, and then the floor. */
  readonly cappedBy: bigint;
  readonly heldBy: bigint;
  /** A margin is set and the line has no floor: its cost is unknown, so it gets nothing. */
  readonly isWithoutFloor: boolean;
}

const withOnly = (plan: CompiledPlan, parts: readonly CompiledPart[]): CompiledPlan => {
  const { cap: _cap, floor: _floor, ...rest } = plan;
  return { ...rest, parts };
};

const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/**
 * Explains a cart by running the very Function on it again and again: with each part alone, without limits, with the cap
 * alone, and as it is. Nothing is worked out beside it.
 */
export const explainCart = (discount: LoadedFunction, cart: Cart, plan: CompiledPlan): LineExplained[] => {
  const given = priceCart(discount, cart, plan);
  const unlimited = priceCart(discount, cart, withOnly(plan, plan.parts));
  const { floor: _, ...capped } = plan;
  const underCap = priceCart(discount, cart, capped);
  const alone = plan.parts.map((part) => priceCart(discount, cart, withOnly(plan, [part])));
  return given.map((line, index) => {
    const before = unlimited[index] ?? NONE;
    const afterCap = underCap[index] ?? NONE;
    return {
      ...line,
      parts: alone.map((lines, part) => ({ part, amount: lines[index]?.amount ?? 0n })),
      cappedBy: positive(before.amount - afterCap.amount),
      heldBy: positive(afterCap.amount - line.amount),
      isWithoutFloor: plan.floor === true && cart.lines[index]?.floor === null,
    };
  });
};
