import type pg from "pg";
import type { AuditEvent } from "#app/core/audit/audit-event.ts";
import type { CostLine } from "#app/core/costs/cost-lines.ts";
import type { CostChange } from "#app/core/costs/import-plan.ts";
import type { CustomerFilter } from "#app/core/customers/customer-filter.ts";
import type { TierPin } from "#app/core/tiers/pin.ts";
import type { DayRange, TierPolicy } from "#app/core/tiers/policy.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import { auditEvents, recordAudit } from "#app/db/audit/audit-events.server.ts";
import { parseCostRules } from "#app/db/costs/cost-rules-schema.ts";
import { readCostRules, saveCostRules, type RulesToSave } from "#app/db/costs/cost-rules.server.ts";
import { exportCosts } from "#app/db/costs/export-costs.server.ts";
import { importUnitCosts, planCostImport } from "#app/db/costs/import-costs.server.ts";
import { uncostedVariants } from "#app/db/costs/uncosted-variants.server.ts";
import type { EventKey } from "#app/db/inbox/waiting-events.server.ts";
import { dataRequestFile, dataRequests } from "#app/db/privacy/data-requests.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import { latestWork, requestWork } from "#app/db/sync-progress.server.ts";
import { latestRun } from "#app/db/tiers/latest-run.server.ts";
import { findPin, removePin, savePin } from "#app/db/tiers/pins.server.ts";
import { readTierPolicy, saveTierPolicy } from "#app/db/tiers/policy.server.ts";
import { customerByKind, customerOrders, findCustomer } from "./customer-detail.server.ts";
import { exportCustomers, listCustomers } from "./customers-list.server.ts";
import { allDifferences, latestReconciliation, pageOfDifferences } from "#app/db/reconcile/reconciliation.server.ts";
import { exportLedger } from "./ledger-export.server.ts";
import { exportInvoices, invoicedOrders, type ExportAt } from "./receivables.server.ts";
import { failedJobs, inboxHealth, retryEvents, retryJob, setAsideEvents } from "./status.server.ts";
import { previewTiers } from "./tier-preview.server.ts";
import { createTermsPages } from "./terms-pages.server.ts";
import { findRun, listRuns, movesOfCustomer, movesOfRun } from "./tier-runs.server.ts";

/** What the pages read and save. Every question names the shop first. */
export const createPages = (pool: pg.Pool) => ({
  ...createTermsPages(pool),
  latestSync: (shopId: number) => latestWork(pool, shopId, "sync"),
  requestSync: (shopId: number, now: Date) => requestWork(pool, shopId, "sync", now),
  latestCatchUp: (shopId: number) => latestWork(pool, shopId, "catch_up"),
  requestCatchUp: (shopId: number, now: Date) => requestWork(pool, shopId, "catch_up", now),
  inboxHealth: (shopId: number, now: Date) => inboxHealth(pool, shopId, now),
  setAsideEvents: (shopId: number, limit: number) => setAsideEvents(pool, shopId, limit),
  retryEvents: (shopId: number, only: EventKey | null) => retryEvents(pool, shopId, only),
  failedJobs: (shopId: number) => failedJobs(pool, shopId),
  retryJob: (shopId: number, id: string) => retryJob(pool, shopId, id),
  latestRecompute: (shopId: number) => latestWork(pool, shopId, "recompute"),
  requestRecompute: (shopId: number, now: Date) => requestWork(pool, shopId, "recompute", now),
  latestReconcile: (shopId: number) => latestWork(pool, shopId, "reconcile"),
  latestReconciliation: (shopId: number) => latestReconciliation(pool, shopId),
  allDifferences: (shopId: number, runId: number) => allDifferences(pool, shopId, runId),
  differences: (shopId: number, runId: number, page: number) => pageOfDifferences(pool, shopId, runId, page),
  exportInvoices: (shopId: number, at: ExportAt) => exportInvoices(pool, shopId, at),
  invoicedOrders: (shopId: number, id: bigint) => invoicedOrders(pool, shopId, id),
  requestReconcile: (shopId: number, now: Date) => requestWork(pool, shopId, "reconcile", now),
  latestRun: (shopId: number) => latestRun(pool, shopId),
  tierPolicy: (shopId: number) => readTierPolicy(pool, shopId),
  saveTierPolicy: (shopId: number, policy: TierPolicy) => saveTierPolicy(pool, shopId, policy),
  costRules: (shopId: number) => readCostRules(pool, shopId),
  saveCostRules: (shopId: number, rules: RulesToSave) => saveCostRules(pool, shopId, rules),
  parseCostRules,
  uncostedVariants: (shopId: number, day: ShopDay) => uncostedVariants(pool, shopId, day),
  exportCosts: (shopId: number) => exportCosts(pool, shopId),
  planCostImport: (shopId: number, lines: readonly CostLine[], today: ShopDay) =>
    planCostImport(pool, shopId, lines, today),
  importUnitCosts: (shopId: number, changes: readonly CostChange[], now: Date) =>
    importUnitCosts(pool, shopId, changes, now),
  previewTiers: (shop: Pick<Shop, "id" | "timeZone">, policy: TierPolicy, now: Date) =>
    previewTiers(pool, shop, policy, now),
  tierRuns: (shopId: number, page: number) => listRuns(pool, shopId, page),
  tierRun: (shopId: number, id: number) => findRun(pool, shopId, id),
  movesOfRun: (shopId: number, runId: number, page: number) => movesOfRun(pool, shopId, runId, page),
  movesOfCustomer: (shopId: number, id: bigint) => movesOfCustomer(pool, shopId, id),
  tierPin: (shopId: number, id: bigint) => findPin(pool, shopId, id),
  savePin: (shopId: number, customerId: bigint, pin: TierPin, now: Date) =>
    savePin(pool, { shopId, customerId }, pin, now),
  removePin: (shopId: number, customerId: bigint) => removePin(pool, shopId, customerId),
  customers: (shopId: number, filter: CustomerFilter, page: number) => listCustomers(pool, shopId, filter, page),
  exportCustomers: (shopId: number, filter: CustomerFilter) => exportCustomers(pool, shopId, filter),
  exportLedger: (shopId: number) => exportLedger(pool, shopId),
  customer: (shopId: number, id: bigint) => findCustomer(pool, shopId, id),
  customerByKind: (shopId: number, id: bigint, days: DayRange) => customerByKind(pool, shopId, id, days),
  customerOrders: (shopId: number, id: bigint, page: number) => customerOrders(pool, shopId, id, page),
  auditEvents: (shopId: number, page: number) => auditEvents(pool, shopId, page),
  recordAudit: (shopId: number, event: AuditEvent) => recordAudit(pool, shopId, event),
  dataRequests: (shopId: number, now: Date) => dataRequests(pool, shopId, now),
  dataRequestFile: (shopId: number, id: number, now: Date) => dataRequestFile(pool, shopId, id, now),
});

export type Pages = ReturnType<typeof createPages>;
