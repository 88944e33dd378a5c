import type { Cart, Line, Step } from "../carts/model.ts";
import { floorOf, inPercent, minorOf, offOf, payNowPercent, tierPercent, type Money } from "./facts.ts";

/** A line with what it gets. */
export interface Priced {
  readonly line: Line;
  readonly percent: bigint;
  readonly off: bigint;
}

const BYTES = { output: 19_000, furtherLine: 95, around: 100, discount: 120, target: 23 };

/** How many different discounts fit the output if every line gets one. */
const room = (cart: Cart, lines: readonly Line[]): number => {
  const targets = lines.reduce((sum, { id }) => sum + BYTES.target + Buffer.byteLength(id), 0);
  const bytes = BYTES.output + BYTES.furtherLine * Math.max(0, cart.lines.length - 200);
  return Math.min(60, Math.floor((bytes - BYTES.around - targets) / BYTES.discount));
};

/** Variants, and for each further line those that are not at their variant's lowest price. */
const differentLines = (lines: readonly Line[], money: Money): number => {
  const lowest = new Map<number, bigint>();
  for (const { variant, price } of lines) {
    const known = lowest.get(variant);
    const minor = minorOf(price, money);
    if (known === undefined || minor < known) lowest.set(variant, minor);
  }
  return lowest.size + lines.filter((one) => minorOf(one.price, money) > (lowest.get(one.variant) ?? 0n)).length;
};

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));

const largestOf = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => (b > a ? b : a), 0n);

interface Source {
  readonly steps: readonly Step[];
  readonly percents: readonly bigint[];
}

/** All that each part could give to this buyer at any quantities. */
const sourcesOf = (cart: Cart): Source[] => {
  const { buyer, plan } = cart;
  const isKnown = buyer.is === "customer" || buyer.is === "company";
  const hasOwnBreaks = buyer.is === "company" && buyer.standing?.breaks === true && !plan.also.includes("catalog");
  return plan.parts.flatMap((part): Source[] => {
    if (part.kind === "tier") return [{ steps: [], percents: [tierPercent(part, cart)] }];
    if (part.kind === "quantity") return hasOwnBreaks ? [] : [{ steps: part.steps, percents: [] }];
    if (part.kind !== "cumulative" || !isKnown) return [];
    const sums = (buyer.standing?.sums ?? []).filter((sum) => sum.part === part.id && sum.through >= cart.today);
    const step = part.steps.findLast(({ from }) => sums.some((sum) => sum.reached >= from));
    return step ? [{ steps: [step], percents: [] }] : [];
  });
};

/** Percentages that lines could come to before cap and floor, and the largest of them. */
const possible = (cart: Cart, prices: readonly bigint[], money: Money): { values: Set<bigint>; largest: bigint } => {
  const payNow = payNowPercent(cart);
  const sources = sourcesOf(cart);
  if (cart.plan.meet === "best") {
    const each = sources.flatMap(({ steps, percents }) => [
      ...percents,
      ...steps.flatMap((step) =>
        step.kind === "percent" ? [step.value] : prices.map((price) => inPercent(offOf(step, price, money), price)),
      ),
    ]);
    const values = new Set([0n, ...each].map((one) => one + payNow));
    return { values, largest: largestOf(values) };
  }
  const all = sources.map(({ steps, percents }) => [
    ...percents,
    ...steps.map((step) => (step.kind === "percent" ? step.value : 10_000n)),
  ]);
  const isMoney = sources.some(({ steps }) => steps.some(({ kind }) => kind !== "percent"));
  const common = [payNow, ...all.flat(), ...(isMoney ? [1n] : [])].reduce(divisor, 0n);
  const largest = all.reduce((sum, percents) => sum + largestOf(percents), payNow);
  const values = new Set<bigint>();
  if (common > 0n) for (let sum = common; sum <= largest && sum <= 10_000n; sum += common) values.add(sum);
  return { values, largest };
};

/**
 * Lines with no more different discounts than there is room for. In a cart of few different lines nothing changes; else every
 * discount becomes a percentage and falls to the lowest possible one in its range of 1, 2, 4, ... basis points.
 */
export const fewerPercents = (
  cart: Cart,
  lines: readonly Line[],
  money: Money,
  price: (percentOnly: boolean) => Priced[],
): Priced[] => {
  const most = room(cart, lines);
  if (most < 1) return [];
  if (differentLines(lines, money) <= most) return price(false);
  const limits = new Map<bigint, bigint>();
  const prices: bigint[] = [];
  for (const line of lines) {
    const minor = minorOf(line.price, money);
    const floor = floorOf(line, cart.plan, money);
    if (floor === null || floor >= minor) continue;
    const byFloor = inPercent(minor - floor, minor);
    const cap = cart.plan.cap ?? 10_000n;
    const limit = byFloor < cap ? byFloor : cap;
    limits.set(limit, limit);
    prices.push(minor);
  }
  const largestLimit = largestOf(limits.keys());
  const { values, largest } = possible(cart, prices, money);
  const reachable = [...values, ...[...limits.keys()].filter((limit) => limit <= largest)];
  const marks = [...new Set(reachable)].filter((one) => one > 0n && one <= largestLimit).sort((a, b) => Number(a - b));
  let width = 1n;
  while (new Set(marks.map((one) => one / width)).size > most) width *= 2n;
  return price(true).map((one) => ({
    ...one,
    percent: marks.find((mark) => mark / width === one.percent / width && mark <= one.percent) ?? one.percent,
  }));
};
