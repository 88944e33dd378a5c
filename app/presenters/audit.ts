import { APP_ACTOR, type AuditAction, type AuditEvent } from "#app/core/audit/audit-event.ts";
import { dateTime, plural } from "./format.ts";

export interface AuditEventView {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  /** Where what was changed can be seen; null where there is no page of its own. */
  readonly url: string | null;
}

const METHODS: Readonly<Record<string, string>> = {
  share: "by share of profit",
  rank: "by rank",
  score: "by score",
};

const whatOf = (action: AuditAction): string => {
  switch (action.kind) {
    case "policy-saved":
      return `Saved the tier policy, ${METHODS[action.method] ?? action.method}`;
    case "cost-rules-saved":
      return `Saved the cost rules, version ${action.version}`;
    case "costs-imported":
      return `Imported ${plural(action.costs, "unit cost")}`;
    case "pin-set":
      return `Pinned a customer to tier ${action.tier}`;
    case "pin-removed":
      return "Took a customer's pin away";
    case "plan-saved":
      return `Saved the discount plan, version ${action.version}`;
    case "plan-published":
      return `Published the discount plan, version ${action.version}`;
    case "plan-withdrawn":
      return "Took the discount plan away from Shopify";
    case "pay-now-charged":
      return `Charged the pay-now discount back on order ${action.order}`;
    case "pay-now-dismissed":
      return `Dismissed the unpaid pay-now order ${action.order}`;
    case "backtest-requested":
      return `Had version ${action.version} of the discount plan tried on past orders`;
    case "backtest-deleted":
      return `Deleted back-test ${action.backtest}`;
    case "rebate-confirmed":
      return `Said that the discount for early payment of order ${action.order} was given`;
    case "rebate-given":
      return `Had the discount for early payment of order ${action.order} given`;
    case "rebate-dismissed":
      return `Dismissed the discount for early payment of order ${action.order}`;
    case "sync-requested":
      return "Had the shop read";
    case "catch-up-requested":
      return "Had Shopify asked for missed changes";
    case "webhooks-retried":
      return `Had ${plural(action.events, "webhook")} tried again`;
    case "job-retried":
      return `Had the job ${action.job} tried again`;
    case "reconcile-requested":
      return "Had the ledger compared with Shopify";
    case "recompute-requested":
      return "Had profit worked out again";
    case "data-request-downloaded":
      return `Downloaded data request ${action.request}`;
  }
};

const urlOf = (action: AuditAction): string | null => {
  if (action.kind === "pin-set" || action.kind === "pin-removed") return `/app/customers/${action.customer}`;
  if (action.kind.startsWith("pay-now-")) return "/app/discounts/unpaid";
  if (action.kind.startsWith("rebate-")) return "/app/terms?view=rebates";
  if (action.kind.startsWith("plan-")) return "/app/discounts";
  if (action.kind.startsWith("backtest-")) return "/app/discounts/backtest";
  return action.kind === "data-request-downloaded" ? "/app/privacy" : null;
};

export const presentAuditEvent = (event: AuditEvent & { readonly id: number }, timeZone: string): AuditEventView => ({
  id: event.id,
  at: dateTime(event.at, timeZone),
  who: event.actor === APP_ACTOR ? "Pareto" : `Staff member ${event.actor}`,
  what: whatOf(event.action),
  url: urlOf(event.action),
});
