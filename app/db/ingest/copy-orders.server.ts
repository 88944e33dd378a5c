import type pg from "pg";
import { copyText } from "#app/db/copy.server.ts";
import { COLUMNS, type PrintedLedgers, type PrintedOrders } from "./order-rows.ts";

/** Copies ledgers into the real tables, or, by their prefix, into the staged ones. */
export const copyLedgers = async (
  client: pg.PoolClient,
  printed: PrintedLedgers,
  prefix: "" | "stage_",
): Promise<void> => {
  await copyText(client, `${prefix}ledger_entry (${COLUMNS.ledger_entry})`, printed.ledger_entry);
  await copyText(client, `${prefix}order_day (${COLUMNS.order_day})`, printed.order_day);
  await copyText(client, `${prefix}invoice (${COLUMNS.invoice})`, printed.invoice);
};

/** Copies orders with their ledgers. */
export const copyOrders = async (
  client: pg.PoolClient,
  printed: PrintedOrders,
  prefix: "" | "stage_",
): Promise<void> => {
  await copyText(client, `"${prefix}order" (${COLUMNS.order})`, printed.order);
  await copyLedgers(client, printed, prefix);
};
