import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { reconciliationJson } from "#app/presenters/reconciliation.ts";
import { signIn } from "#app/sign-in.server.ts";

/** The latest comparison of the ledger with Shopify, whole. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  const run = await app.pages.latestReconciliation(shop.id);
  if (!run) throw new Response(null, { status: 404 });
  const differences = await app.pages.allDifferences(shop.id, run.id);
  return new Response(JSON.stringify(reconciliationJson(run, differences), null, 1), {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="reconciliation.json"',
      "Cache-Control": "no-store",
    },
  });
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
