import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { record } from "#app/audit.server.ts";
import { signIn } from "#app/sign-in.server.ts";

/** The file of one data request. */
export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  const id = /^\d{1,9}$/.test(params.request ?? "") ? Number(params.request) : 0;
  const file = await app.pages.dataRequestFile(shop.id, id, app.now());
  if (file === null) throw new Response(null, { status: 404 });
  await record(signedIn, { kind: "data-request-downloaded", request: id });
  return new Response(file, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="data-request-${id}.json"`,
      "Cache-Control": "no-store",
    },
  });
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
