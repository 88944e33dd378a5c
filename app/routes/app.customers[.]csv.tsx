import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { filterFromQuery } from "#app/core/customers/customer-filter.ts";
import { csvDownload } from "#app/csv-download.server.ts";
import { CUSTOMER_CSV_COLUMNS, customerCsvRow } from "#app/presenters/customers.ts";
import { signIn } from "#app/sign-in.server.ts";

/** The whole filtered list, by rank. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  const batches = app.pages.exportCustomers(shop.id, filterFromQuery(new URL(request.url).searchParams));
  return csvDownload("customers.csv", CUSTOMER_CSV_COLUMNS, batches, (row) => customerCsvRow(row, shop.currency));
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
