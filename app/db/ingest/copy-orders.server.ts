import type pg from "pg";
import type { Instant, ShopDay } from "#app/core/time/shop-day.ts";
import { copyRows } from "#app/db/copy.server.ts";
import type { LedgerAt } from "#app/db/ledger-version.server.ts";
import { COLUMNS, dayRows, entryRows, invoiceRows, orderRows, type Owned } from "./order-rows.ts";

type DayOf = (instant: Instant) => ShopDay;

/** What ledgers were worked out by, and the shop's days by that. */
export interface LedgerWrite {
  readonly at: LedgerAt;
  readonly dayOf: DayOf;
}

/** Copies what was worked out of orders into the real tables, or, by their prefix, into the staged ones. */
export const copyLedger = async (
  client: pg.PoolClient,
  { shopId, dayOf }: { readonly shopId: number; readonly dayOf: DayOf },
  owned: readonly Owned[],
  prefix: "" | "stage_",
): Promise<void> => {
  await copyRows(client, `${prefix}ledger_entry (${COLUMNS.ledger_entry})`, entryRows(shopId, owned));
  await copyRows(client, `${prefix}order_day (${COLUMNS.order_day})`, dayRows(shopId, owned));
  await copyRows(client, `${prefix}invoice (${COLUMNS.invoice})`, invoiceRows(shopId, owned, dayOf));
};

/** Copies orders with their ledgers. @param readAt when Shopify was asked for them */
export const copyOrders = async (
  client: pg.PoolClient,
  { at: { shopId }, dayOf, readAt }: LedgerWrite & { readonly readAt: Date },
  owned: readonly Owned[],
  prefix: "" | "stage_",
): Promise<void> => {
  await copyRows(client, `"${prefix}order" (${COLUMNS.order})`, orderRows(shopId, owned, readAt));
  await copyLedger(client, { shopId, dayOf }, owned, prefix);
};
