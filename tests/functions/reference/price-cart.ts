import type { Cart, Line, Part, Plan, QuantityPart, Step } from "../carts/model.ts";
import {
  floorOf,
  HUNDRED_PERCENT,
  inPercent,
  isKnown,
  minorOf,
  moneyOf,
  offOf,
  payNowPercent,
  tierPercent,
  type Money,
} from "./facts.ts";
import { halfUp, isAbove, plus, rational, times, type Rational } from "./rational.ts";
import { fewerPercents, type Priced } from "./fewer-percents.ts";

/**
 * What a plan gives on a cart, as plainly as it can be said. It is slow, works in exact fractions and shares nothing with the
 * Function: what the Function does is held against it.
 */

/** A discount in the buyer's money. Prices, floors and amounts off are minor units of one unit of the line. */
export interface LineDiscount {
  readonly line: Line;
  readonly value: { readonly percent: bigint } | { readonly off: bigint } | null;
  /** What the line's total goes down by: a percentage of it, rounded half up, or an amount for each unit. */
  readonly discount: bigint;
}

const mayBeDiscounted = (line: Line, plan: Plan, money: Money): boolean => {
  if (line.kind === "custom") return false;
  if (line.kind === "gift" && !plan.also.includes("gift")) return false;
  if (line.kind === "subscription" && !plan.also.includes("subscription")) return false;
  if (line.groups.some((group) => plan.skip.includes(group))) return false;
  const isOnSale = line.compareAt !== null && minorOf(line.compareAt, money) > minorOf(line.price, money);
  return !isOnSale || plan.also.includes("sale");
};

const isCovered = (line: Line, { groups }: { readonly groups: readonly number[] | null }): boolean =>
  groups === null || line.groups.some((group) => groups.includes(group));

const highest = (steps: readonly Step[], isReached: (step: Step) => boolean): Step | null =>
  steps.findLast(isReached) ?? null;

/** A cart with the lines of it that count, and how its money is reckoned. */
interface Counted {
  readonly cart: Cart;
  readonly lines: readonly Line[];
  readonly money: Money;
}

/** What the whole cart holds of what is counted together with a line. */
const measured = (line: Line, part: QuantityPart, { lines, money }: Counted): Rational => {
  const together = lines.filter((other) => {
    if (part.by === "variant") return other.variant === line.variant;
    if (part.by === "product") return other.product === line.product;
    return isCovered(other, part);
  });
  const of = (one: Line): bigint => BigInt(one.quantity) * (part.of === "units" ? 1n : minorOf(one.price, money));
  return rational(together.reduce((sum, one) => sum + of(one), 0n));
};

const stepOf = (line: Line, part: Part, counted: Counted): Step | null => {
  const { cart, money } = counted;
  const { buyer, plan } = cart;
  if (part.kind === "quantity") {
    const hasOwnBreaks = buyer.is === "company" && buyer.standing?.breaks === true;
    if (hasOwnBreaks && !plan.also.includes("catalog")) return null;
    const measure = measured(line, part, counted);
    const inBuyersMoney = (from: bigint): Rational =>
      part.of === "units" ? rational(from) : times(rational(from), money.rate);
    return highest(part.steps, (step) => !isAbove(inBuyersMoney(step.from), measure));
  }
  if (part.kind !== "cumulative" || !isKnown(cart)) return null;
  const sums = (buyer.standing?.sums ?? []).filter((sum) => sum.part === part.id && sum.through >= cart.today);
  return highest(part.steps, (step) => sums.some((sum) => sum.reached >= step.from));
};

interface Given {
  readonly percent: bigint;
  readonly off: bigint;
}

const meet = (given: readonly Given[], price: bigint, how: Plan["meet"]): Given => {
  if (how === "best") {
    const worth = ({ percent, off }: Given): Rational =>
      plus(rational(off), rational(percent * price, HUNDRED_PERCENT));
    return given.reduce((best, one) => (isAbove(worth(one), worth(best)) ? one : best), { percent: 0n, off: 0n });
  }
  const percent = given.reduce((sum, one) => sum + one.percent, 0n);
  const sum = given.reduce((total, one) => total + one.off, 0n);
  const off = sum > price ? price : sum;
  return percent > 0n && off > 0n ? { percent: percent + inPercent(off, price), off: 0n } : { percent, off };
};

const smallest = (...values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));

const priceLine = (line: Line, counted: Counted, percentOnly: boolean): Given => {
  const { cart, money } = counted;
  const nothing = { percent: 0n, off: 0n };
  const price = minorOf(line.price, money);
  const floor = floorOf(line, cart.plan, money);
  if (floor === null || floor >= price) return nothing;
  const given = cart.plan.parts
    .filter((part) => part.kind !== "payNow" && isCovered(line, part))
    .map((part): Given => {
      const step = stepOf(line, part, counted);
      if (!step) return { percent: tierPercent(part, cart), off: 0n };
      if (step.kind === "percent") return { percent: step.value, off: 0n };
      const off = offOf(step, price, money);
      return percentOnly ? { percent: inPercent(off, price), off: 0n } : { percent: 0n, off };
    });
  const met = meet(given, price, cart.plan.meet);
  const payNow = payNowPercent(cart);
  const all = payNow > 0n ? { percent: met.percent + inPercent(met.off, price) + payNow, off: 0n } : met;
  const limit = smallest(cart.plan.cap ?? HUNDRED_PERCENT, inPercent(price - floor, price));
  // An amount off stays one below the limit only.
  if (all.off > 0n) return inPercent(all.off, price) < limit ? all : { percent: limit, off: 0n };
  return { percent: smallest(all.percent, limit), off: 0n };
};

const isInForce = ({ plan, today, isPointOfSale }: Cart): boolean =>
  (plan.from === null || plan.from <= today) &&
  (plan.to === null || today <= plan.to) &&
  (!isPointOfSale || plan.also.includes("pos"));

const discountOf = ({ percent, off }: Given, line: Line, money: Money): bigint =>
  off > 0n
    ? off * BigInt(line.quantity)
    : halfUp(rational(minorOf(line.price, money) * BigInt(line.quantity) * percent, HUNDRED_PERCENT));

/** The discount of each line, in the order of the cart. */
export const priceCart = (cart: Cart): LineDiscount[] => {
  const money = moneyOf(cart);
  const lines = isInForce(cart) ? cart.lines.filter((line) => mayBeDiscounted(line, cart.plan, money)) : [];
  const price = (percentOnly: boolean): Priced[] =>
    lines.map((line) => ({ line, ...priceLine(line, { cart, lines, money }, percentOnly) }));
  const given = new Map(fewerPercents(cart, lines, money, price).map((one) => [one.line, one]));
  return cart.lines.map((line) => {
    const { percent, off } = given.get(line) ?? { percent: 0n, off: 0n };
    const value = off > 0n ? { off } : percent > 0n ? { percent } : null;
    return { line, value, discount: discountOf({ percent, off }, line, money) };
  });
};
