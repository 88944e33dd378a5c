import type pg from "pg";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import { shownEarlyPart } from "#app/db/rebates/early-terms.server.ts";
import { confirmGiven, dismissRebate, intendAgain } from "#app/db/rebates/rebate-steps.server.ts";
import { listRebates, rebatesOfCustomer, rebateTotals } from "./rebates.server.ts";
import {
  exportOpenInvoices,
  latePayers,
  openInvoices,
  openTotals,
  type OpenView,
  type TermsAt,
} from "./terms.server.ts";

/** What the pages about payment terms read and decide. */
export const createTermsPages = (pool: pg.Pool) => ({
  earlyPart: (shopId: number) => shownEarlyPart(pool, shopId),
  openTotals: (shopId: number, today: ShopDay) => openTotals(pool, shopId, today),
  openInvoices: (shopId: number, view: OpenView, at: TermsAt & { readonly page: number }) =>
    openInvoices(pool, shopId, view, at),
  exportOpenInvoices: (shopId: number, at: TermsAt) => exportOpenInvoices(pool, shopId, at),
  latePayers: (shopId: number, today: ShopDay, page: number) => latePayers(pool, shopId, today, page),
  rebates: (shopId: number, page: number) => listRebates(pool, shopId, page),
  rebateTotals: (shopId: number) => rebateTotals(pool, shopId),
  rebatesOfCustomer: (shopId: number, id: bigint) => rebatesOfCustomer(pool, shopId, id),
  confirmRebate: (shopId: number, orderId: bigint, now: Date) => confirmGiven(pool, { shopId, orderId }, now),
  giveRebate: (shopId: number, orderId: bigint) => intendAgain(pool, { shopId, orderId }, ["held", "refused"]),
  dismissRebate: (shopId: number, orderId: bigint) => dismissRebate(pool, { shopId, orderId }),
});
