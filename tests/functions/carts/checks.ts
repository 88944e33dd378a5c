import type { FunctionResult, LoadedFunction } from "#app/checkout/load-function.ts";
import { discountsByLine, minorOff, type AppliedDiscount, type DiscountOutput } from "./apply-output.ts";
import { inputOf } from "./input.ts";
import type { Cart, Line, Plan } from "./model.ts";
import { priceCart } from "../reference/price-cart.ts";
import { fromDecimal, isAbove, powerOfTen, rational, times, up, type Rational } from "../reference/rational.ts";

const DECIMALS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };
const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

export interface Outcome {
  readonly result: FunctionResult;
  readonly byLine: ReadonlyMap<string, AppliedDiscount>;
}

export const runCart = (discount: LoadedFunction, cart: Cart): Outcome => {
  const result = discount.run(inputOf(cart));
  return { result, byLine: discountsByLine(result.output as DiscountOutput, decimalsOf(cart.currency)) };
};

const priceOf = (line: Line, cart: Cart): bigint =>
  times(fromDecimal(line.price), powerOfTen(decimalsOf(cart.currency))).n /
  times(fromDecimal(line.price), powerOfTen(decimalsOf(cart.currency))).d;

/** What is taken off a unit, as a fraction of a minor unit. */
const worthOf = (applied: AppliedDiscount | undefined, price: bigint): Rational => {
  if (!applied) return rational(0n);
  return "off" in applied.value ? rational(applied.value.off) : rational(applied.value.percent * price, 10_000n);
};

const fail = (what: string, line: Line): never => {
  throw new Error(`${what}: line ${line.id} of ${line.quantity} at ${line.price}`);
};

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one)) ?? "nothing";

/** Every line gets what the reference says, to the minor unit. */
export const equalsReference = (cart: Cart, { byLine }: Outcome): void => {
  for (const { line, value, discount } of priceCart(cart)) {
    const applied = byLine.get(line.id);
    const off = minorOff(applied, priceOf(line, cart), line.quantity);
    if (off !== discount || text(applied?.value ?? null) !== text(value)) {
      fail(`${text(applied?.value)} (${off}) instead of ${text(value)} (${discount})`, line);
    }
  }
};

/** With a margin limit, no line costs less than its floor times its units, in the buyer's currency; without a floor, nothing. */
export const keepsFloors = (cart: Cart, { byLine }: Outcome): void => {
  if (!cart.plan.needsFloor) return;
  const rate = times(fromDecimal(cart.rate), powerOfTen(decimalsOf(cart.currency) - decimalsOf(cart.shopCurrency)));
  for (const line of cart.lines) {
    const applied = byLine.get(line.id);
    if (!applied) continue;
    if (line.floor === null) fail("There is a discount without a floor", line);
    const floor = up(times(rational(line.floor ?? 0n), rate));
    const total = priceOf(line, cart) * BigInt(line.quantity);
    if (total - minorOff(applied, priceOf(line, cart), line.quantity) < floor * BigInt(line.quantity)) {
      fail(`The floor ${floor} is broken`, line);
    }
  }
};

/** A guest, or somebody who typed an address, gets nothing of a plan that has nothing for everybody. */
export const givesGuestsNothing = (cart: Cart, { byLine }: Outcome): void => {
  const isGuest = cart.buyer.is === "guest" || cart.buyer.is === "typed";
  const isForAll = cart.plan.parts.some(({ kind }) => kind === "quantity" || kind === "payNow");
  if (isGuest && !isForAll && byLine.size > 0) throw new Error("A guest gets a discount that is for customers");
};

/** Whether the merchant's own steps never fall: of one kind, percentages and amounts rising, prices falling. */
export const stepsRise = (plan: Plan): boolean =>
  plan.parts.every((part) => {
    if (part.kind !== "quantity") return true;
    return part.steps.every((step, index) => {
      const before = part.steps[index - 1];
      if (!before) return true;
      if (before.kind !== step.kind) return false;
      return step.kind === "price" ? step.value <= before.value : step.value >= before.value;
    });
  });

/** More units of a line never give any line less for each unit. */
export const moreUnitsGiveNoLess = (discount: LoadedFunction, cart: Cart, { byLine }: Outcome, pick: number): void => {
  if (!stepsRise(cart.plan)) return;
  const at = pick % cart.lines.length;
  const lines = cart.lines.map((line, index) =>
    index === at ? { ...line, quantity: line.quantity + 1 + (pick % 37) } : line,
  );
  const after = runCart(discount, { ...cart, lines });
  for (const line of cart.lines) {
    const price = priceOf(line, cart);
    if (isAbove(worthOf(byLine.get(line.id), price), worthOf(after.byLine.get(line.id), price))) {
      fail("More units give less", line);
    }
  }
};

/** The same cart with its lines, and the plan's parts, the other way round. */
export const reversed = (cart: Cart): Cart => ({
  ...cart,
  plan: { ...cart.plan, parts: cart.plan.parts.toReversed() },
  lines: cart.lines.toReversed(),
});

/** The order of lines and of the plan's parts changes nothing. */
export const orderIsIrrelevant = (discount: LoadedFunction, cart: Cart, { byLine }: Outcome): void => {
  const after = runCart(discount, reversed(cart));
  for (const line of cart.lines) {
    if (text(byLine.get(line.id)) !== text(after.byLine.get(line.id))) fail("The order matters", line);
  }
};

/** A line that is split in two gets the same for each unit, and so does every other line. */
export const splittingChangesNothing = (
  discount: LoadedFunction,
  cart: Cart,
  { byLine }: Outcome,
  pick: number,
): void => {
  const line = cart.lines[pick % cart.lines.length];
  if (!line) return;
  const rest = { ...line, id: `${line.id}0`, quantity: line.quantity - 1 };
  const split = line.quantity > 1 ? [{ ...line, quantity: 1 }, rest] : [line];
  const after = runCart(discount, { ...cart, lines: cart.lines.flatMap((one) => (one === line ? split : [one])) });
  for (const one of [...cart.lines, ...split]) {
    const whole = one === rest ? line : one;
    if (text(after.byLine.get(one.id)) !== text(byLine.get(whole.id))) fail("The split matters", one);
  }
};
