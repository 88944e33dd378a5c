import { allocateOrderDiscount } from "#tests/local-shopify/world/order-figures.ts";
import type { Discount, DiscountClass, NativeDiscount } from "../discounts/discount.ts";
import { amountOf, least, percentOf, sumOf } from "./arithmetic.ts";
import type { PricedCart, PricedLine } from "./cart.ts";
import type { Offer, Offers, OrderCandidate, ProductCandidate } from "./discount-output.ts";

/** What a discount takes off, and the words for it. */
export interface Reduction {
  readonly discount: Discount;
  readonly message: string | null;
  /** Minor units of the presentment currency. */
  readonly amount: bigint;
}

/** What one discount would do to a cart by itself. */
export interface Proposal {
  readonly discount: Discount;
  /** The classes in which it does something. */
  readonly classes: ReadonlySet<DiscountClass>;
  /** By the index of the line. */
  readonly onLines: ReadonlyMap<number, Reduction>;
  /** Off the subtotal that product discounts leave, by line. */
  onOrder(left: readonly bigint[]): OrderReduction | null;
}

export interface OrderReduction extends Reduction {
  /** The indexes of the lines that it is spread over. */
  readonly lines: readonly number[];
}

/** @throws RangeError on an offer for a line that is not in the cart */
export function proposalOf(discount: Discount, offers: Offers, cart: PricedCart): Proposal {
  const known = new Set(cart.lines.map(({ id }) => id));
  for (const { candidates } of offers.products) {
    for (const { lineId } of candidates.flatMap(({ targets }) => targets)) {
      if (!known.has(lineId)) throw new RangeError(`there is no cart line ${lineId}`);
    }
  }
  // What a Function does in a class that its discount has not is passed over.
  const products = discount.classes.includes("PRODUCT") ? offers.products : [];
  const orders = discount.classes.includes("ORDER") ? offers.orders : [];
  const onLines = new Map<number, Reduction>();
  for (const offer of products) {
    for (const reductions of chosen(offer, discount, cart)) keepLargest(onLines, reductions);
  }
  const onOrder = (left: readonly bigint[]) => bestOrderReduction(orders, { discount, cart, left });
  const whole = cart.lines.map(({ total }) => total);
  const classes = new Set<DiscountClass>();
  if (onLines.size > 0) classes.add("PRODUCT");
  if (onOrder(whole)) classes.add("ORDER");
  return { discount, classes, onLines, onOrder };
}

/** What a native discount offers: a percentage off one-time purchases of its products, but not off gift cards. */
export function nativeOffers({ percent, collection, classes }: NativeDiscount, cart: PricedCart): Offers {
  const isCovered = ({ product, sellingPlan }: PricedLine) =>
    !product.giftCard && sellingPlan === null && (collection === null || product.collections.includes(collection));
  const value = { kind: "percentage" as const, percent };
  const covered = cart.lines.filter(isCovered);
  if (covered.length === 0) return { products: [], orders: [] };
  if (classes.includes("ORDER")) {
    const excludedLineIds = cart.lines.filter((line) => !isCovered(line)).map(({ id }) => id);
    return { products: [], orders: [{ strategy: "FIRST", candidates: [{ message: null, excludedLineIds, value }] }] };
  }
  const targets = covered.map(({ id }) => ({ lineId: id, quantity: null }));
  return { products: [{ strategy: "FIRST", candidates: [{ message: null, targets, value }] }], orders: [] };
}

/** The reductions of the candidates that an offer's strategy takes, a map each. */
function chosen(offer: Offer<ProductCandidate>, discount: Discount, cart: PricedCart): Map<number, Reduction>[] {
  const all = offer.candidates
    .map((candidate) => reductionsOf(candidate, discount, cart))
    .filter(({ size }) => size > 0);
  if (offer.strategy === "ALL") return all;
  if (offer.strategy === "FIRST") return all.slice(0, 1);
  const total = (reductions: Map<number, Reduction>) => sumOf([...reductions.values()].map(({ amount }) => amount));
  const [first, ...rest] = all;
  if (!first) return [];
  return [rest.reduce((best, next) => (total(next) > total(best) ? next : best), first)];
}

function reductionsOf(candidate: ProductCandidate, discount: Discount, cart: PricedCart): Map<number, Reduction> {
  const targets = candidate.targets.flatMap(({ lineId, quantity }) => {
    const index = cart.lines.findIndex(({ id }) => id === lineId);
    const line = cart.lines[index];
    if (!line || !appliesTo(discount, line)) return [];
    const units = Math.min(quantity ?? line.quantity, line.quantity);
    return [{ index, units: BigInt(units), base: line.unitPrice * BigInt(units) }];
  });
  const bases = targets.map(({ base }) => base);
  const { value } = candidate;
  let amounts: bigint[];
  if (value.kind === "percentage") amounts = bases.map((base) => percentOf(base, value.percent));
  else {
    const amount = amountOf(value.amount, cart.exchange.to);
    amounts = value.each
      ? targets.map(({ units }) => amount * units)
      : allocateOrderDiscount(least(amount, sumOf(bases)), bases);
  }
  const reductions = new Map<number, Reduction>();
  targets.forEach(({ index, base }, at) => {
    const amount = least(amounts[at] ?? 0n, base);
    if (amount > 0n) reductions.set(index, { discount, message: candidate.message, amount });
  });
  return reductions;
}

function appliesTo(discount: Discount, { sellingPlan }: PricedLine): boolean {
  if (discount.kind === "native") return true;
  return sellingPlan === null ? discount.appliesOnOneTimePurchase : discount.appliesOnSubscription;
}

function keepLargest(all: Map<number, Reduction>, more: ReadonlyMap<number, Reduction>): void {
  for (const [index, reduction] of more) {
    const known = all.get(index);
    if (!known || reduction.amount > known.amount) all.set(index, reduction);
  }
}

interface OrderCase {
  readonly discount: Discount;
  readonly cart: PricedCart;
  readonly left: readonly bigint[];
}

function bestOrderReduction(offers: readonly Offer<OrderCandidate>[], on: OrderCase): OrderReduction | null {
  let best: OrderReduction | null = null;
  for (const { strategy, candidates } of offers) {
    const found = candidates.map((one) => orderReduction(one, on)).filter(({ amount }) => amount > 0n);
    for (const reduction of strategy === "FIRST" ? found.slice(0, 1) : found) {
      if (!best || reduction.amount > best.amount) best = reduction;
    }
  }
  return best;
}

/** Gift cards get no part of an order discount. */
function orderReduction(candidate: OrderCandidate, { discount, cart, left }: OrderCase): OrderReduction {
  const lines = cart.lines.flatMap((line, index) => {
    const isIn = !line.product.giftCard && appliesTo(discount, line) && !candidate.excludedLineIds.includes(line.id);
    return isIn ? [index] : [];
  });
  const base = sumOf(lines.map((index) => left[index] ?? 0n));
  const { value } = candidate;
  const wanted =
    value.kind === "percentage" ? percentOf(base, value.percent) : amountOf(value.amount, cart.exchange.to);
  return { discount, message: candidate.message, amount: least(wanted, base), lines };
}
