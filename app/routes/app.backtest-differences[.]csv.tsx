import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { allDifferences, namedBacktest } from "#app/backtest.server.ts";
import { csvDownload } from "#app/csv-download.server.ts";
import { BACKTEST_DIFFERENCE_COLUMNS, backtestDifferenceRow } from "#app/presenters/backtest-json.ts";
import { signIn } from "#app/sign-in.server.ts";

/** The lines whose discount is not what the plan that was in force gives. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const id = await namedBacktest(signedIn, request);
  return csvDownload("backtest-differences.csv", BACKTEST_DIFFERENCE_COLUMNS, allDifferences(signedIn, id), (row) =>
    backtestDifferenceRow(row, signedIn.shop.currency),
  );
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
