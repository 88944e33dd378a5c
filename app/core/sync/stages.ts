/** The stages of a sync, in order: what there is to read, what there is no more, then what is worked out of it. */
export const SYNC_STAGES = [
  "products",
  "collections",
  "customers",
  "companies",
  "catalogs",
  "disputes",
  "orders",
  "changes",
  "gone-orders",
  "gone-customers",
  "tiers",
] as const;

/**
 * Long works on a shop and their stages: reading it, reading what was changed since (which webhooks may have missed), working
 * out anew what follows from rules, comparing with Shopify, bringing the discount plan there and taking it away.
 */
export const WORK_STAGES = {
  sync: SYNC_STAGES,
  catch_up: SYNC_STAGES,
  recompute: ["ledger", "ranking"],
  reconcile: ["totals", "sales"],
  publish: ["plan-floors", "plan-groups", "plan-standings", "plan-payments", "plan-discount"],
  withdraw: ["withdraw-discount", "withdraw-payments", "withdraw-values"],
  backtest: ["backtest"],
} as const;

export type WorkKind = keyof typeof WORK_STAGES;
export type StageName = (typeof WORK_STAGES)[WorkKind][number];

/** What a sync could not see; the pages say so and what to do about it. */
export type SyncLimit =
  /** Only orders of the last 60 days: read_all_orders is not granted. */
  | "orders-60-days"
  /** The stage's access scope is not granted. */
  | "no-scope"
  /** Shopify gives no names of customers: access to protected customer data is not approved. */
  | "no-names"
  /** Shopify gives no e-mail addresses: guests cannot be told apart. */
  | "no-emails";
