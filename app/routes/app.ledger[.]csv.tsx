import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { csvDownload } from "#app/csv-download.server.ts";
import { LEDGER_CSV_COLUMNS, ledgerCsvRow } from "#app/presenters/ledger.ts";
import { signIn } from "#app/sign-in.server.ts";

/** Every entry of the shop's ledger. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  return csvDownload("ledger.csv", LEDGER_CSV_COLUMNS, app.pages.exportLedger(shop.id), ledgerCsvRow);
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
