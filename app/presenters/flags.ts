import type { TierPolicy } from "#app/core/tiers/policy.ts";
import type { Flag, KeptReason } from "#app/core/tiers/tier.ts";
import { plural } from "./format.ts";

type Tone = "success" | "info" | "attention" | "critical" | "warning";

/** What each flag is called and what it means, whatever the figures of the policy. */
export const FLAG_LABELS: Readonly<Record<Flag, { label: string; tone: Tone; meaning: string }>> = {
  key: { label: "Key account", tone: "success", meaning: "among the best of tier A" },
  grow: { label: "Grow", tone: "info", meaning: "among the best of tier B: the nearest to becoming A" },
  prune: { label: "Prune", tone: "critical", meaning: "loses money over several orders: stop subsidising" },
  loss: { label: "Loss", tone: "warning", meaning: "cost more than it brought in" },
  new: { label: "New", tone: "info", meaning: "bought for the first time not long ago" },
  pinned: { label: "Pinned", tone: "attention", meaning: "its tier was set by hand" },
  "cost-unknown": { label: "Cost unknown", tone: "attention", meaning: "something it bought has no unit cost" },
};

/** Why a customer who loses money is not proposed for pruning, by the policy of the run. */
export const keptReason = (reason: KeptReason, { prune }: Pick<TierPolicy, "prune">): string => {
  const because: Readonly<Record<KeptReason, string>> = {
    "few-orders": `It has fewer than ${plural(prune.minOrders, "order")} in the window`,
    "short-history": `Its first order is less than ${plural(prune.minDays, "day")} old`,
    "one-refund": "The loss comes from a single refund",
    "unknown-costs": "Some of its unit costs are unknown",
    pinned: "Its tier was set by hand",
  };
  return `${because[reason]}, so it is not proposed for pruning.`;
};
