import { MS_PER_DAY, type Instant } from "../time/shop-day.ts";
import type { TierPolicy } from "./policy.ts";
import { byRank, type Ranked } from "./rank.ts";

export type Tier = "A" | "B" | "C";

/** Marks beside the tier, in the order in which they are printed. */
export const FLAGS = ["key", "grow", "prune", "loss", "new", "cost-unknown"] as const;
export type Flag = (typeof FLAGS)[number];

/** What a run reads of a customer: sums over the window, minor units. */
export interface TierInput extends Ranked {
  readonly orders: number;
  /** Sales of goods, and those whose unit cost is known. */
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
  readonly hasUnknownCost: boolean;
  /** The most that one day of refunds on one order took away; zero or negative. */
  readonly largestRefund: bigint;
}

export interface Standing<T extends TierInput> {
  readonly customer: T;
  /** 1 is the best. */
  readonly rank: number;
  readonly tier: Tier;
  readonly flags: readonly Flag[];
  /** The sum of the values of all customers ranked before this one: with the run's borders, the reason for the tier. */
  readonly cumulativeBefore: bigint;
  /** Why a loss-maker is not proposed for pruning; null when it is, or makes no loss. */
  readonly keptBecause: KeptReason | null;
}

export type KeptReason = "few-orders" | "short-history" | "one-refund" | "unknown-costs";

export interface TierRunResult<T extends TierInput> {
  readonly standings: readonly Standing<T>[];
  readonly positiveTotal: bigint;
  readonly counts: Readonly<Record<Tier, number>>;
  /** Value of the last customer of A and of B: what it takes to be above each border. Null where a tier is empty. */
  readonly borders: { readonly a: bigint | null; readonly b: bigint | null };
}

/** Whether the customers before have not yet reached the share: this one is still inside (the one who crosses is in). */
const isBelowShare = (cumulativeBefore: bigint, percent: number, positiveTotal: bigint): boolean =>
  cumulativeBefore * 100n < BigInt(percent) * positiveTotal;

const tierOf = (value: bigint, cumulativeBefore: bigint, positiveTotal: bigint, policy: TierPolicy): Tier => {
  if (value <= 0n) return "C";
  if (isBelowShare(cumulativeBefore, policy.shares.a, positiveTotal)) return "A";
  return isBelowShare(cumulativeBefore, policy.shares.b, positiveTotal) ? "B" : "C";
};

const whyKept = (customer: TierInput, policy: TierPolicy, now: Instant): KeptReason | null => {
  if (customer.orders < policy.prune.minOrders) return "few-orders";
  if (now - customer.firstOrderAt < policy.prune.minDays * MS_PER_DAY) return "short-history";
  if (customer.value - customer.largestRefund >= 0n) return "one-refund";
  return customer.hasUnknownCost ? "unknown-costs" : null;
};

/**
 * Ranks customers by value and puts them into tiers by method `share`: A from the top until the cumulative value first
 * reaches 80 % of the sum of positive values, B until 95 %, C the rest; zero and negative values are always C.
 *
 * Key accounts are the first ceil(20 % of A), customers to grow the first ceil(20 % of B).
 */
export const assignTiers = <T extends TierInput>(
  customers: readonly T[],
  policy: TierPolicy,
  now: Instant,
): TierRunResult<T> => {
  const ranked = [...customers].sort(byRank);
  let positiveTotal = 0n;
  for (const { value } of ranked) if (value > 0n) positiveTotal += value;

  const counts = { A: 0, B: 0, C: 0 };
  const borders: { a: bigint | null; b: bigint | null } = { a: null, b: null };
  let cumulative = 0n;
  const placed = ranked.map((customer, index) => {
    const cumulativeBefore = cumulative;
    const tier = tierOf(customer.value, cumulativeBefore, positiveTotal, policy);
    cumulative += customer.value;
    counts[tier] += 1;
    if (tier === "A") borders.a = customer.value;
    if (tier === "B") borders.b = customer.value;
    return { customer, rank: index + 1, tier, cumulativeBefore };
  });

  const top = (count: number): number => Math.ceil((count * policy.topPercent) / 100);
  const lastKey = top(counts.A);
  const lastGrow = counts.A + top(counts.B);
  const standings = placed.map((place): Standing<T> => {
    const { customer, tier, rank } = place;
    const isLoss = customer.value < 0n;
    const keptBecause = isLoss ? whyKept(customer, policy, now) : null;
    const has: Record<Flag, boolean> = {
      key: tier === "A" && rank <= lastKey,
      grow: tier === "B" && rank <= lastGrow,
      prune: isLoss && keptBecause === null,
      loss: isLoss,
      new: now - customer.firstOrderAt < policy.newDays * MS_PER_DAY,
      "cost-unknown": customer.hasUnknownCost,
    };
    return { ...place, flags: FLAGS.filter((flag) => has[flag]), keptBecause };
  });
  return { standings, positiveTotal, counts, borders };
};
