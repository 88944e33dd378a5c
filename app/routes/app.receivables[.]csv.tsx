import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { shopDays } from "#app/core/time/shop-day.ts";
import { csvDownload } from "#app/csv-download.server.ts";
import { RECEIVABLES_CSV_COLUMNS, receivablesCsvRow } from "#app/presenters/receivables.ts";
import { signIn } from "#app/sign-in.server.ts";

/** Every order on payment terms. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  const today = shopDays(shop.timeZone)(app.now().getTime());
  const batches = app.pages.exportInvoices(shop.id, { timeZone: shop.timeZone, now: app.now() });
  return csvDownload("receivables.csv", RECEIVABLES_CSV_COLUMNS, batches, (line) =>
    receivablesCsvRow(line, shop.currency, today),
  );
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
