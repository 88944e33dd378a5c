import { MS_PER_DAY, type Instant } from "../time/shop-day.ts";
import type { TierPolicy } from "./policy.ts";
import { FLAGS, type Flag, type KeptReason, type Tier } from "./tier.ts";

/** What of a customer decides its flags. Sums over the window, minor units. */
export interface Flagged {
  readonly value: bigint;
  readonly orders: number;
  readonly firstOrderAt: Instant;
  readonly hasUnknownCost: boolean;
  /** The most that one day of refunds on one order took away; zero or negative. */
  readonly largestRefund: bigint;
}

/** Where a customer stands, as far as flags read it. */
export interface Place {
  readonly tier: Tier;
  readonly isPinned: boolean;
  /** Among the first ceil(20 %) of its tier. */
  readonly isTop: boolean;
}

const whyKept = (customer: Flagged, { tier }: Place, policy: TierPolicy, now: Instant): KeptReason | null => {
  if (tier !== "C") return "pinned";
  if (customer.orders < policy.prune.minOrders) return "few-orders";
  if (now - customer.firstOrderAt < policy.prune.minDays * MS_PER_DAY) return "short-history";
  if (customer.value - customer.largestRefund >= 0n) return "one-refund";
  return customer.hasUnknownCost ? "unknown-costs" : null;
};

export interface Marks {
  readonly flags: readonly Flag[];
  /** Why a loss-maker is not proposed for pruning; null when it is, or makes no loss. */
  readonly keptBecause: KeptReason | null;
}

/** A customer's flags, in their order, and why a loss-maker is not to be pruned. */
export const marksOf = (customer: Flagged, place: Place, policy: TierPolicy, now: Instant): Marks => {
  const isLoss = customer.value < 0n;
  const keptBecause = isLoss ? whyKept(customer, place, policy, now) : null;
  const has: Record<Flag, boolean> = {
    key: place.tier === "A" && place.isTop,
    grow: place.tier === "B" && place.isTop,
    prune: isLoss && keptBecause === null,
    loss: isLoss,
    new: now - customer.firstOrderAt < policy.newDays * MS_PER_DAY,
    pinned: place.isPinned,
    "cost-unknown": customer.hasUnknownCost,
  };
  return { flags: FLAGS.filter((flag) => has[flag]), keptBecause };
};
