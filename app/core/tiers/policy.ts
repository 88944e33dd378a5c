/** How customers are put into tiers. Shares are whole percents. */
export interface TierPolicy {
  readonly method: "share";
  readonly window: TierWindow;
  /** A reaches this share of the positive value, from the top; B reaches the next. */
  readonly shares: { readonly a: number; readonly b: number };
  /** Key accounts are this share of A, and customers to grow this share of B, from the top. */
  readonly topPercent: number;
  /** A loss-maker is proposed for pruning only with this much history. */
  readonly prune: { readonly minOrders: number; readonly minDays: number };
  /** A customer is new for this many days after the first order. */
  readonly newDays: number;
}

export type TierWindow = { readonly kind: "all" } | { readonly kind: "days"; readonly days: number };

export const DEFAULT_TIER_POLICY: TierPolicy = {
  method: "share",
  window: { kind: "days", days: 365 },
  shares: { a: 80, b: 95 },
  topPercent: 20,
  prune: { minOrders: 2, minDays: 90 },
  newDays: 30,
};
