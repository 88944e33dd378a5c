import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { shopDays } from "#app/core/time/shop-day.ts";
import { csvDownload } from "#app/csv-download.server.ts";
import { REMINDERS_CSV_COLUMNS, remindersCsvRow } from "#app/presenters/reminders-csv.ts";
import { signIn } from "#app/sign-in.server.ts";

/** Every open invoice, to remind whoever owes it. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  const at = { timeZone: shop.timeZone, now: app.now() };
  const today = shopDays(shop.timeZone)(at.now.getTime());
  const batches = app.pages.exportOpenInvoices(shop.id, at);
  return csvDownload("reminders.csv", REMINDERS_CSV_COLUMNS, batches, (line) =>
    remindersCsvRow(line, shop.currency, today),
  );
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
