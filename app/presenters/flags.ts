import type { Flag, KeptReason } from "#app/core/tiers/tier.ts";

type Tone = "success" | "info" | "attention" | "critical" | "warning";

/** What each flag is called and what it means. */
export const FLAG_LABELS: Readonly<Record<Flag, { label: string; tone: Tone; meaning: string }>> = {
  key: { label: "Key account", tone: "success", meaning: "among the best fifth of tier A" },
  grow: { label: "Grow", tone: "info", meaning: "among the best fifth of tier B: the nearest to becoming A" },
  prune: { label: "Prune", tone: "critical", meaning: "loses money over several orders: stop subsidising" },
  loss: { label: "Loss", tone: "warning", meaning: "cost more than it brought in" },
  new: { label: "New", tone: "info", meaning: "first order less than 30 days ago" },
  pinned: { label: "Pinned", tone: "attention", meaning: "its tier was set by hand" },
  "cost-unknown": { label: "Cost unknown", tone: "attention", meaning: "something it bought has no unit cost" },
};

export const KEPT_REASONS: Readonly<Record<KeptReason, string>> = {
  "few-orders": "It has fewer than two orders in the window, so it is not proposed for pruning.",
  "short-history": "Its first order is less than 90 days old, so it is not proposed for pruning.",
  "one-refund": "The loss comes from a single refund, so it is not proposed for pruning.",
  "unknown-costs": "Some of its unit costs are unknown, so it is not proposed for pruning.",
  pinned: "Its tier was set by hand, so it is not proposed for pruning.",
};
