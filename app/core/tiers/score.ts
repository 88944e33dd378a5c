import { divideHalfUp } from "../money/money.ts";
import { FACTORS, type Factor, type ScorePolicy } from "./policy.ts";

/** What of a customer's invoices a score reads: those issued in the window that name a due day. Minor units, and times days. */
export interface Receivables {
  readonly amount: bigint;
  /** Each invoice's amount times its days beyond terms, summed: divided by `amount`, the mean days beyond terms. */
  readonly lateAmountDays: bigint;
}

/** What was sold in the window, and of that what came back, what was cancelled and what was disputed. Minor units. */
export interface Cooperation {
  readonly sold: bigint;
  readonly returned: bigint;
  readonly cancelled: bigint;
  readonly disputed: bigint;
}

/** What a score is made from. */
export interface Scored {
  readonly value: bigint;
  /** Null for a customer without invoices. */
  readonly receivables: Receivables | null;
  readonly cooperation: Cooperation;
}

/** Points in hundredths, from 0 to 10000: a customer's score, and its place by each factor. */
export interface Score {
  readonly points: number;
  readonly factors: Readonly<Record<Factor, number>>;
}

/** A fraction with a positive denominator. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const compareFractions = (a: Fraction, b: Fraction): number => {
  const isAlike = a.under === b.under;
  const left = isAlike ? a.over : a.over * b.under;
  const right = isAlike ? b.over : b.over * a.under;
  return left < right ? -1 : left > right ? 1 : 0;
};

const clamp = (part: bigint, whole: bigint): bigint => (part < 0n ? 0n : part > whole ? whole : part);

/**
 * How a customer cooperates: minus the sum of the returned, the cancelled and the disputed share of its sales, each from 0
 * to 1; 0 where nothing was sold. The mean, a third of it, sorts the same.
 *
 * @example cooperationOf({ sold: 100n, returned: 30n, cancelled: 10n, disputed: 0n }) // -40 / 100
 */
const cooperationOf = ({ sold, returned, cancelled, disputed }: Cooperation): Fraction =>
  sold <= 0n
    ? { over: 0n, under: 1n }
    : { over: -(clamp(returned, sold) + clamp(cancelled, sold) + clamp(disputed, sold)), under: sold };

/** How a customer pays: minus its mean days beyond terms, weighted by amount. Null without an invoice. */
const receivablesOf = (receivables: Receivables | null): Fraction | null =>
  receivables === null || receivables.amount <= 0n
    ? null
    : { over: -receivables.lateAmountDays, under: receivables.amount };

/** A place among N, as `2 L + E` of `2 N`: L are below, and E are equal, oneself among them. */
export interface MidRank {
  readonly twice: number;
  readonly among: number;
}

/**
 * The mid-rank of each fraction: as a percentile it is 100 (L + E / 2) / N.
 *
 * @example midRanks([1, 3, 3].map(...)) // 1 of 6, 4 of 6, 4 of 6: percentiles 16.67, 66.67, 66.67
 */
const midRanks = (fractions: readonly Fraction[]): MidRank[] => {
  const among = fractions.length;
  const sorted = fractions
    .map((fraction, index) => ({ fraction, index }))
    .sort((a, b) => compareFractions(a.fraction, b.fraction));
  const ranks = fractions.map((): MidRank => ({ twice: among, among }));
  for (let start = 0; start < among;) {
    const first = sorted[start];
    let end = start + 1;
    for (
      let next = sorted[end];
      first && next && compareFractions(first.fraction, next.fraction) === 0;
      next = sorted[end]
    )
      end += 1;
    for (const { index } of sorted.slice(start, end)) ranks[index] = { twice: start + end, among };
    start = end;
  }
  return ranks;
};

/** A customer's place by each factor; null where there is nothing to place, which counts as the middle. */
export type Places = Readonly<Record<Factor, MidRank | null>>;

const MIDDLE: MidRank = { twice: 1, among: 1 };

/**
 * An exact score: points are `measure / unit`, so that scores are ranked, added and compared with borders as integers.
 */
export interface ExactScore {
  readonly measure: bigint;
  readonly unit: bigint;
  readonly score: Score;
}

/** 100 (2 L + E) / (2 N) in hundredths, half up; far below where a double loses whole numbers. */
const percentile = ({ twice, among }: MidRank): number => Math.floor((10_000 * twice + among) / (2 * among));

/**
 * The weighted score of one customer. A place of `2 L + E` of `2 N` is 100 (2 L + E) / (2 N) points of its factor, and
 * weights are whole percents: over one denominator, the score is a whole number of 1 / (2 N N') points, where N is how many
 * customers are placed in all and N' how many have invoices. Rounded, half up, to hundredths of a point for display alone.
 *
 * @param sizes how many customers are placed, and how many of them by receivables; 1 at least, each
 */
const scoreOf = (places: Places, weights: ScorePolicy["weights"], sizes: readonly [number, number]): ExactScore => {
  const common = 2n * BigInt(sizes[0]) * BigInt(sizes[1]);
  let measure = 0n;
  const factors: Record<Factor, number> = { profit: 0, receivables: 0, cooperation: 0 };
  for (const factor of FACTORS) {
    const { twice, among } = places[factor] ?? MIDDLE;
    measure += (BigInt(weights[factor]) * BigInt(twice) * common) / (2n * BigInt(among));
    factors[factor] = percentile({ twice, among });
  }
  return { measure, unit: common, score: { points: Number(divideHalfUp(100n * measure, common)), factors } };
};

/**
 * The scores of customers, each placed among all of them by profit and by cooperation, and by receivables among those who
 * have invoices; those who have none get the middle, 50.
 */
export const scoresOf = (customers: readonly Scored[], weights: ScorePolicy["weights"]): ExactScore[] => {
  const profit = midRanks(customers.map(({ value }) => ({ over: value, under: 1n })));
  const cooperation = midRanks(customers.map((customer) => cooperationOf(customer.cooperation)));
  const paying = customers.map(({ receivables }) => receivablesOf(receivables));
  const receivables = midRanks(paying.filter((fraction) => fraction !== null));
  const sizes = [Math.max(1, customers.length), Math.max(1, receivables.length)] as const;
  let placed = 0;
  return customers.map((_, index) => {
    const paid = paying[index] ? receivables[placed++] : null;
    const places = {
      profit: profit[index] ?? null,
      receivables: paid ?? null,
      cooperation: cooperation[index] ?? null,
    };
    return scoreOf(places, weights, sizes);
  });
};

/**
 * The place of each of some fractions among all: theirs and others'. Goes through the others once, however many there are.
 *
 * @example of 1 and 3 with others of 2 and 3: 1 of 8, 6 of 8
 */
const placesAmong = (some: readonly Fraction[], others: readonly Fraction[]): MidRank[] => {
  const sorted = [...some].sort(compareFractions);
  const steps = sorted.filter((one, index) => index === 0 || compareFractions(sorted[index - 1] ?? one, one) < 0);
  const between = new Float64Array(steps.length + 1);
  const level = new Float64Array(steps.length);
  const count = (one: Fraction): void => {
    const { at, isLevel } = stepOf(steps, one);
    const counts = isLevel ? level : between;
    counts[at] = (counts[at] ?? 0) + 1;
  };
  some.forEach(count);
  others.forEach(count);
  let below = 0;
  const twice = steps.map((_, at) => {
    below += between[at] ?? 0;
    const equal = level[at] ?? 0;
    const place = 2 * below + equal;
    below += equal;
    return place;
  });
  return some.map((one) => ({ twice: twice[stepOf(steps, one).at] ?? 0, among: some.length + others.length }));
};

/** The first of rising steps that is not below a fraction, and whether it is level with it. */
const stepOf = (steps: readonly Fraction[], one: Fraction): { readonly at: number; readonly isLevel: boolean } => {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = steps[middle];
    const side = step ? compareFractions(step, one) : 1;
    if (side === 0) return { at: middle, isLevel: true };
    if (side < 0) low = middle + 1;
    else high = middle;
  }
  return { at: low, isLevel: false };
};

/** The scores that `scoresOf` gives some customers among all, without placing the others. */
export const scoresAmong = (
  some: readonly Scored[],
  others: readonly Scored[],
  weights: ScorePolicy["weights"],
): ExactScore[] => {
  const valueOf = ({ value }: Scored): Fraction => ({ over: value, under: 1n });
  const cooperates = (one: Scored): Fraction => cooperationOf(one.cooperation);
  const paidBy = (all: readonly Scored[]): Fraction[] =>
    all.map((one) => receivablesOf(one.receivables)).filter((fraction) => fraction !== null);
  const profit = placesAmong(some.map(valueOf), others.map(valueOf));
  const cooperation = placesAmong(some.map(cooperates), others.map(cooperates));
  const [paid, paidByOthers] = [paidBy(some), paidBy(others)];
  const receivables = placesAmong(paid, paidByOthers);
  const sizes = [some.length + others.length, Math.max(1, paid.length + paidByOthers.length)] as const;
  let placed = 0;
  return some.map((one, index) => {
    const places = {
      profit: profit[index] ?? null,
      receivables: receivablesOf(one.receivables) ? (receivables[placed++] ?? null) : null,
      cooperation: cooperation[index] ?? null,
    };
    return scoreOf(places, weights, sizes);
  });
};
