import { type Random, seededRandom } from "./random.ts";

const WEEK = 7 * 24 * 3600;

/** When who orders: seconds from the start, rising, and the buyers' indexes in step. */
export interface Visits {
  at: Float64Array;
  buyer: Uint32Array;
}

interface Habits {
  /** Orders a week are gamma(r, alpha). */
  r: number;
  alpha: number;
  /** The chance to stop after an order is beta(a, b). */
  a: number;
  b: number;
}

// Fader, Hardie and Lee, Marketing Science 24(2), 2005: the BG/NBD fit to the CDNOW buyers.
const CONSUMERS: Habits = { r: 0.24, alpha: 4.4, a: 0.79, b: 2.4 };
// Companies order steadily, every few weeks, and few stop.
const COMPANIES: Habits = { r: 2.5, alpha: 18, a: 0.5, b: 14 };

/**
 * Repeat buying: every buyer arrives once within the time, then comes back at a rate of their own until they stop.
 * With `orders`, rates are scaled until about that many come out, and the rest is taken away or added at random.
 */
export function planVisits(options: {
  seed: string | number;
  buyers: number;
  companies: number;
  seconds: number;
  orders: number | undefined;
}): Visits {
  const { orders } = options;
  const times: number[] = [];
  const buyers: number[] = [];
  const keep = (buyer: number, at: number) => {
    times.push(at);
    buyers.push(buyer);
  };
  const pace = orders === undefined ? 1 : paceFor(orders, options);
  for (let buyer = 0; buyer < options.buyers; buyer += 1) {
    visitsOf(buyer, pace, options, (at) => keep(buyer, at));
  }
  const random = seededRandom(options.seed, "visits");
  if (orders !== undefined) {
    while (times.length < orders) {
      // Whoever came often comes again: a visit picked at random belongs to a frequent buyer.
      const like = times.length === 0 ? 0 : random.int(0, times.length - 1);
      const from = times[like] ?? 0;
      keep(buyers[like] ?? 0, from + (options.seconds - from) * random.next());
    }
  }
  return sorted(times, buyers, orders === undefined ? [] : dropped(random, times.length, orders));
}

function visitsOf(
  buyer: number,
  pace: number,
  options: { seed: string | number; companies: number; seconds: number },
  visit: (at: number) => void,
): void {
  const random = seededRandom(options.seed, "visit", buyer);
  // Some have an account and never bought.
  if (buyer >= options.companies && random.chance(0.03)) return;
  const habits = buyer < options.companies ? COMPANIES : CONSUMERS;
  const perSecond = (pace * random.gamma(habits.r)) / habits.alpha / WEEK;
  const stops = random.beta(habits.a, habits.b);
  let at = random.next() ** 0.85 * options.seconds * (buyer < options.companies ? 0.7 : 1);
  do {
    visit(at);
    at += random.exponential(perSecond);
  } while (at < options.seconds && !random.chance(stops));
}

function paceFor(
  orders: number,
  options: { seed: string | number; buyers: number; companies: number; seconds: number },
): number {
  // A sample of every k-th buyer says how the count grows with the pace.
  const step = Math.max(1, Math.floor(options.buyers / 5000));
  const countAt = (pace: number) => {
    let count = 0;
    for (let buyer = 0; buyer < options.buyers && count * step < orders * 2; buyer += step) {
      visitsOf(buyer, pace, options, () => (count += 1));
    }
    return count * step;
  };
  let low = Math.log(0.02);
  let high = Math.log(50);
  for (let round = 0; round < 16; round += 1) {
    const middle = (low + high) / 2;
    if (countAt(Math.exp(middle)) < orders) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}

function dropped(random: Random, from: number, keep: number): number[] {
  const gone = new Set<number>();
  while (from - gone.size > keep) gone.add(random.int(0, from - 1));
  return [...gone];
}

function sorted(times: number[], buyers: number[], without: number[]): Visits {
  const gone = new Set(without);
  const order = Uint32Array.from(times.keys()).filter((index) => !gone.has(index));
  order.sort((x, y) => (times[x] ?? 0) - (times[y] ?? 0));
  return {
    at: Float64Array.from(order, (index) => times[index] ?? 0),
    buyer: Uint32Array.from(order, (index) => buyers[index] ?? 0),
  };
}
