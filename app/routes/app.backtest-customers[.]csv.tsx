import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { allCustomers, namedBacktest } from "#app/backtest.server.ts";
import { csvDownload } from "#app/csv-download.server.ts";
import { BACKTEST_CUSTOMER_COLUMNS, backtestCustomerRow } from "#app/presenters/backtest-json.ts";
import { signIn } from "#app/sign-in.server.ts";

/** What a back-test found for each customer. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const id = await namedBacktest(signedIn, request);
  return csvDownload("backtest-customers.csv", BACKTEST_CUSTOMER_COLUMNS, allCustomers(signedIn, id), (row) =>
    backtestCustomerRow(row, signedIn.shop.currency),
  );
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
