import type { Cart, Line, Part, Plan, Step } from "../carts/model.ts";
import { down, fromDecimal, powerOfTen, rational, times, up, type Rational } from "./rational.ts";

/** What a plan says of one line or one buyer, whatever else is in the cart. */

const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, USD: 2, EUR: 2, KWD: 3 };
export const HUNDRED_PERCENT = 10_000n;

export interface Money {
  readonly decimals: number;
  /** Minor units of the buyer's currency for one minor unit of the shop's. */
  readonly rate: Rational;
}

const decimalsOf = (currency: string): number => {
  const decimals = DECIMALS[currency];
  if (decimals === undefined) throw new Error(`The reference does not know ${currency}`);
  return decimals;
};

export const moneyOf = (cart: Cart): Money => {
  const decimals = decimalsOf(cart.currency);
  return { decimals, rate: times(fromDecimal(cart.rate), powerOfTen(decimals - decimalsOf(cart.shopCurrency))) };
};

export const minorOf = (decimal: string, money: Money): bigint =>
  down(times(fromDecimal(decimal), powerOfTen(money.decimals)));

export const isKnown = ({ buyer }: Cart): boolean => buyer.is === "customer" || buyer.is === "company";

export const tierPercent = (part: Part, cart: Cart): bigint => {
  const { standing } = cart.buyer;
  if (part.kind !== "tier" || !isKnown(cart) || !standing || standing.prune) return 0n;
  const named = part.companies.find(([company]) => company === standing.company);
  if (named) return named[1];
  if (standing.key && part.percents.key !== undefined) return part.percents.key;
  return standing.tier === null ? 0n : (part.percents[standing.tier] ?? 0n);
};

export const payNowPercent = ({ plan, buyer }: Cart): bigint => {
  if (!buyer.asksToPayNow || (buyer.is === "company" && buyer.standing?.pay !== true)) return 0n;
  const percents = plan.parts.flatMap((part) => (part.kind === "payNow" ? [part.percent] : []));
  return percents.reduce((largest, one) => (one > largest ? one : largest), 0n);
};

/** What a step in money takes off a unit: an amount off rounds down, a fixed price up, and neither goes below nothing. */
export const offOf = (step: Step, price: bigint, money: Money): bigint => {
  const value = times(rational(step.value), money.rate);
  const off = step.kind === "off" ? down(value) : price - up(value);
  return off < 0n ? 0n : off > price ? price : off;
};

/** Basis points of a price, rounded down. */
export const inPercent = (off: bigint, price: bigint): bigint => down(rational(off * HUNDRED_PERCENT, price));

/** The floor of a unit in the buyer's money, rounded up; null where there has to be one and none is known. */
export const floorOf = (line: Line, plan: Plan, money: Money): bigint | null => {
  if (!plan.needsFloor) return 0n;
  return line.floor === null ? null : up(times(rational(line.floor), money.rate));
};
