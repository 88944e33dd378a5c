import type { CombinesWith, DiscountClass } from "../discounts/discount.ts";
import { least, sumOf } from "./arithmetic.ts";
import type { PricedCart } from "./cart.ts";
import type { OrderReduction, Proposal, Reduction } from "./proposals.ts";

/** What is taken off a cart. */
export interface Combination {
  /** One a line at most, by the line's index. */
  readonly onLines: ReadonlyMap<number, Reduction>;
  readonly onOrder: readonly OrderReduction[];
  readonly total: bigint;
}

const FLAG = {
  PRODUCT: "productDiscounts",
  ORDER: "orderDiscounts",
  SHIPPING: "shippingDiscounts",
} as const satisfies Record<DiscountClass, keyof CombinesWith>;

/**
 * Of all sets of discounts that go together, the one that takes off most; of several, the one with the oldest discounts. Two
 * go together when each allows the other's class. In a set a line gets its best product discount and no other; then order
 * discounts come off what product discounts left, each off the same.
 */
export function bestCombination(proposals: readonly Proposal[], cart: PricedCart): Combination {
  const useful = proposals.filter(({ classes }) => classes.size > 0);
  let best: Combination = { onLines: new Map(), onOrder: [], total: 0n };
  for (const set of largestSets(useful)) {
    const combination = combined(set, cart);
    if (combination.total > best.total) best = combination;
  }
  return best;
}

/** The discounts that take something off, by number. */
export function discountIdsOf({ onLines, onOrder }: Combination): number[] {
  return [...new Set([...onLines.values(), ...onOrder].map(({ discount }) => discount.id))].sort((a, b) => a - b);
}

function combined(set: readonly Proposal[], cart: PricedCart): Combination {
  const onLines = new Map<number, Reduction>();
  for (const { onLines: own } of set) {
    for (const [index, reduction] of own) {
      const known = onLines.get(index);
      if (!known || reduction.amount > known.amount) onLines.set(index, reduction);
    }
  }
  const left = cart.lines.map(({ total }, index) => total - (onLines.get(index)?.amount ?? 0n));
  let rest = sumOf(left);
  const onOrder: OrderReduction[] = [];
  for (const proposal of set) {
    const reduction = proposal.onOrder(left);
    const amount = least(reduction?.amount ?? 0n, rest);
    if (!reduction || amount === 0n) continue;
    onOrder.push({ ...reduction, amount });
    rest -= amount;
  }
  const total = sumOf([...onLines.values(), ...onOrder].map(({ amount }) => amount));
  return { onLines, onOrder, total };
}

function goTogether(a: Proposal, b: Proposal): boolean {
  const allows = (one: Proposal, other: Proposal) =>
    [...other.classes].every((kind) => one.discount.combinesWith[FLAG[kind]]);
  return allows(a, b) && allows(b, a);
}

/** All sets of which every two go together and that nothing can be added to (Bron and Kerbosch's way). */
function largestSets(all: readonly Proposal[]): Proposal[][] {
  const found: Proposal[][] = [];
  const grow = (set: readonly Proposal[], open: readonly Proposal[], done: readonly Proposal[]): void => {
    if (open.length === 0 && done.length === 0) found.push([...set]);
    let [rest, past] = [open, done];
    for (const next of open) {
      const fits = (one: Proposal) => goTogether(one, next);
      grow(
        [...set, next],
        rest.filter((one) => one !== next && fits(one)),
        past.filter(fits),
      );
      rest = rest.filter((one) => one !== next);
      past = [...past, next];
    }
  };
  grow([], all, []);
  return found;
}
