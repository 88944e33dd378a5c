import type { ActionFunctionArgs, HeadersFunction } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { receiveCosts } from "#app/cost-import.server.ts";
import { csvDownload } from "#app/csv-download.server.ts";
import { FAULT_CSV_COLUMNS, faultCsvRow } from "#app/presenters/cost-csv.ts";
import { signIn } from "#app/sign-in.server.ts";

/** Everything that is wrong with a file of unit costs. The file comes along: it is kept nowhere. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Response> => {
  const received = await receiveCosts(request, await signIn(request));
  if (!received.ok) return new Response(received.reasons.join("\n"), { status: 422 });
  const batches = async function* () {
    yield received.faults;
  };
  return csvDownload("import-errors.csv", FAULT_CSV_COLUMNS, batches(), faultCsvRow);
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
