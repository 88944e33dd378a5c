import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { COST_COLUMNS } from "#app/core/costs/cost-lines.ts";
import { csvDownload } from "#app/csv-download.server.ts";
import { costCsvRow } from "#app/presenters/cost-csv.ts";
import { signIn } from "#app/sign-in.server.ts";

/** The history of every variant's unit cost, in the columns in which it can be imported. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  return csvDownload("unit-costs.csv", COST_COLUMNS, app.pages.exportCosts(shop.id), (row) =>
    costCsvRow(row, shop.currency),
  );
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
