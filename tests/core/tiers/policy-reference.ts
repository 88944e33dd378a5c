import type { TierInput } from "#app/core/tiers/assign-tiers.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { aFifthOrSo, fromBestToWorst } from "./tiers-reference.ts";

/**
 * Any policy worked out as plainly as the definitions tell it: by counting, fractions and one question after the other,
 * slowly and with none of the app's code.
 */

type Letter = "A" | "B" | "C";

/** An exact number: numerator over denominator. */
export class Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
  constructor(top: bigint | number, bottom: bigint | number = 1n) {
    this.top = BigInt(top);
    this.bottom = BigInt(bottom);
  }
  plus(other: Fraction): Fraction {
    return new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom);
  }
  times(other: Fraction): Fraction {
    return new Fraction(this.top * other.top, this.bottom * other.bottom);
  }
  /** -1, 0 or 1. */
  compare(other: Fraction): number {
    const difference = this.top * other.bottom - other.top * this.bottom;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
}

const ZERO = new Fraction(0);
const share = (part: bigint, whole: bigint): Fraction => {
  if (whole <= 0n || part < 0n) return ZERO;
  return part > whole ? new Fraction(1) : new Fraction(part, whole);
};

const meanDaysBeyond = ({ receivables }: TierInput): Fraction | null =>
  receivables === null ? null : new Fraction(receivables.lateAmountDays, receivables.amount);

const badShare = ({ cooperation: { sold, returned, cancelled, disputed } }: TierInput): Fraction =>
  share(returned, sold).plus(share(cancelled, sold)).plus(share(disputed, sold)).times(new Fraction(1, 3));

/** 100 (L + E / 2) / N, counted one by one. */
const percentile = (own: Fraction, all: readonly Fraction[]): Fraction => {
  let below = 0;
  let equal = 0;
  for (const other of all) {
    if (other.compare(own) < 0) below += 1;
    if (other.compare(own) === 0) equal += 1;
  }
  return new Fraction(100n * BigInt(2 * below + equal), 2 * all.length);
};

const minus = (fraction: Fraction): Fraction => new Fraction(-fraction.top, fraction.bottom);

/** The three factors of a customer, in points. */
export const referenceFactors = (customer: TierInput, all: readonly TierInput[]): [Fraction, Fraction, Fraction] => {
  const days = meanDaysBeyond(customer);
  const everybodysDays = all.map(meanDaysBeyond).filter((one) => one !== null);
  return [
    percentile(
      new Fraction(customer.value),
      all.map(({ value }) => new Fraction(value)),
    ),
    days === null ? new Fraction(50) : percentile(minus(days), everybodysDays.map(minus)),
    percentile(
      minus(badShare(customer)),
      all.map((one) => minus(badShare(one))),
    ),
  ];
};

export const referenceScore = (customer: TierInput, all: readonly TierInput[], policy: TierPolicy): Fraction => {
  const [profit, receivables, cooperation] = referenceFactors(customer, all);
  const { weights } = policy.score;
  return profit
    .times(new Fraction(weights.profit, 100))
    .plus(receivables.times(new Fraction(weights.receivables, 100)))
    .plus(cooperation.times(new Fraction(weights.cooperation, 100)));
};

interface Row {
  readonly customer: TierInput;
  readonly measure: Fraction;
  raw: Letter;
  tier: Letter;
  runs: { a: number; b: number };
}

const cutByShare = (rows: readonly Row[], { shares }: TierPolicy): void => {
  let whole = ZERO;
  for (const { measure } of rows) if (measure.compare(ZERO) > 0) whole = whole.plus(measure);
  let reached = ZERO;
  for (const row of rows) {
    const isShort = (percent: number): boolean => reached.compare(whole.times(new Fraction(percent, 100))) < 0;
    if (row.customer.value > 0n) row.raw = isShort(shares.a) ? "A" : isShort(shares.b) ? "B" : "C";
    reached = reached.plus(row.measure);
  }
};

const cutByRank = (rows: readonly Row[], { rank }: TierPolicy): void => {
  const inA = aFifthOrSo(rows.length, rank.a);
  const inB = aFifthOrSo(rows.length, rank.b);
  rows.slice(0, inA).forEach((row) => (row.raw = "A"));
  rows.slice(inA, inA + inB).forEach((row) => (row.raw = "B"));
  for (const row of rows) if (row.customer.value < 0n) row.raw = "C";
};

/** One border: who was above it and who is, and the value of the last one who is above. */
const crossBorder = (
  row: Row,
  above: readonly Letter[],
  rows: readonly Row[],
  policy: TierPolicy,
): [boolean, number] => {
  const { previous } = row.customer;
  const isAbove = above.includes(row.raw);
  const wasAbove = previous !== null && above.includes(previous.tier);
  const last = rows.filter(({ raw }) => above.includes(raw)).at(-1);
  if (previous === null || policy.hysteresis === null || isAbove === wasAbove || !last) return [isAbove, 0];
  const { fallBelow, riseAbove, runs } = policy.hysteresis;
  const percents = wasAbove ? fallBelow : riseAbove;
  const limit = last.measure.times(new Fraction(percents, 100));
  const isFar = wasAbove ? row.measure.compare(limit) < 0 : row.measure.compare(limit) > 0;
  const before = above.length === 1 ? previous.runsOnOtherSide.a : previous.runsOnOtherSide.b;
  return isFar || before + 1 >= runs ? [isAbove, 0] : [wasAbove, before + 1];
};

export interface ReferenceStanding {
  readonly customer: TierInput;
  readonly raw: Letter;
  readonly tier: Letter;
  readonly runs: { readonly a: number; readonly b: number };
  readonly marks: readonly string[];
}

/** Tiers of any policy, best customer first, with the marks that depend on the tier. */
export const referenceStandings = (customers: readonly TierInput[], policy: TierPolicy): ReferenceStanding[] => {
  const isScore = policy.method === "score";
  const measures = new Map(
    customers.map((one) => [one, isScore ? referenceScore(one, customers, policy) : new Fraction(one.value)]),
  );
  const measureOf = (customer: TierInput): Fraction => measures.get(customer) ?? ZERO;
  const rows = fromBestToWorst(customers, (a, b) => measureOf(a).compare(measureOf(b))).map((customer): Row => ({
    customer,
    measure: measureOf(customer),
    raw: "C",
    tier: "C",
    runs: { a: 0, b: 0 },
  }));
  ((isScore ? policy.score.cut : policy.method) === "share" ? cutByShare : cutByRank)(rows, policy);
  for (const row of rows) {
    row.tier = row.raw;
    if (row.customer.pinnedTo !== null) row.tier = row.customer.pinnedTo;
    else if (row.customer.value > 0n) {
      const [aboveA, runsA] = crossBorder(row, ["A"], rows, policy);
      const [aboveB, runsB] = crossBorder(row, ["A", "B"], rows, policy);
      row.tier = aboveA ? "A" : aboveB ? "B" : "C";
      row.runs = { a: runsA, b: runsB };
    }
  }
  const top = (letter: Letter): readonly Row[] => {
    const members = rows.filter(({ tier }) => tier === letter);
    return members.slice(0, aFifthOrSo(members.length, policy.topPercent));
  };
  const [key, grow] = [top("A"), top("B")];
  return rows.map((row) => ({
    customer: row.customer,
    raw: row.raw,
    tier: row.tier,
    runs: row.runs,
    marks: [
      ...(key.includes(row) ? ["key"] : []),
      ...(grow.includes(row) ? ["grow"] : []),
      ...(row.customer.pinnedTo === null ? [] : ["pinned"]),
    ],
  }));
};
