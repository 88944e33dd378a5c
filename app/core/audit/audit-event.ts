/** What is recorded when somebody changes something or has something done, with what there is to say of it. */
export type AuditAction =
  | { readonly kind: "policy-saved"; readonly method: string }
  | { readonly kind: "cost-rules-saved"; readonly version: number }
  | { readonly kind: "costs-imported"; readonly costs: number }
  /** The customer by the number of its row, which says nothing of who it is. */
  | { readonly kind: "pin-set"; readonly customer: string; readonly tier: string }
  | { readonly kind: "pin-removed"; readonly customer: string }
  | { readonly kind: "plan-saved"; readonly version: number }
  | { readonly kind: "plan-published"; readonly version: number }
  | { readonly kind: "plan-withdrawn" }
  /** The order by Shopify's number. */
  | { readonly kind: "pay-now-charged"; readonly order: string }
  | { readonly kind: "pay-now-dismissed"; readonly order: string }
  | { readonly kind: "backtest-requested"; readonly version: number }
  | { readonly kind: "backtest-deleted"; readonly backtest: number }
  /** Discounts for early payment, by the order's number at Shopify. */
  | { readonly kind: "rebate-confirmed"; readonly order: string }
  | { readonly kind: "rebate-given"; readonly order: string }
  | { readonly kind: "rebate-dismissed"; readonly order: string }
  | { readonly kind: "sync-requested" }
  | { readonly kind: "catch-up-requested" }
  | { readonly kind: "webhooks-retried"; readonly events: number }
  | { readonly kind: "job-retried"; readonly job: string }
  | { readonly kind: "reconcile-requested" }
  | { readonly kind: "recompute-requested" }
  | { readonly kind: "data-request-downloaded"; readonly request: number };

/** The actor of what the app does by itself. */
export const APP_ACTOR = "app";

export interface AuditEvent {
  readonly at: Date;
  /** The number of the person of the shop's staff, or `app`. */
  readonly actor: string;
  readonly action: AuditAction;
}
