import type pg from "pg";
import type { CustomerFilter } from "#app/core/customers/customer-filter.ts";
import { SYNC_STAGES } from "#app/core/sync/stages.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { latestSync, requestSync } from "#app/db/sync-progress.server.ts";
import { latestRun } from "#app/db/tiers/latest-run.server.ts";
import { readTierPolicy, saveTierPolicy } from "#app/db/tiers/policy.server.ts";
import type { DayRange } from "#app/db/tiers/read-tier-inputs.server.ts";
import { customerByKind, customerOrders, findCustomer } from "./customer-detail.server.ts";
import { exportCustomers, listCustomers } from "./customers-list.server.ts";
import { exportLedger } from "./ledger-export.server.ts";

/** What the pages read and save. Every question names the shop first. */
export const createPages = (pool: pg.Pool) => ({
  latestSync: (shopId: number) => latestSync(pool, shopId),
  requestSync: (shopId: number, now: Date) => requestSync(pool, shopId, SYNC_STAGES, now),
  latestRun: (shopId: number) => latestRun(pool, shopId),
  tierPolicy: (shopId: number) => readTierPolicy(pool, shopId),
  saveTierPolicy: (shopId: number, policy: TierPolicy) => saveTierPolicy(pool, shopId, policy),
  customers: (shopId: number, filter: CustomerFilter, page: number) => listCustomers(pool, shopId, filter, page),
  exportCustomers: (shopId: number, filter: CustomerFilter) => exportCustomers(pool, shopId, filter),
  exportLedger: (shopId: number) => exportLedger(pool, shopId),
  customer: (shopId: number, id: bigint) => findCustomer(pool, shopId, id),
  customerByKind: (shopId: number, id: bigint, days: DayRange) => customerByKind(pool, shopId, id, days),
  customerOrders: (shopId: number, id: bigint, page: number) => customerOrders(pool, shopId, id, page),
});

export type Pages = ReturnType<typeof createPages>;
