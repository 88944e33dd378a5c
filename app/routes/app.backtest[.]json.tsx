import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { backtestId, startFromText, wholeBacktest } from "#app/backtest.server.ts";
import { limitedBody } from "#app/limited-body.server.ts";
import { backtestJson } from "#app/presenters/backtest-json.ts";
import { signIn } from "#app/sign-in.server.ts";

const MOST_BYTES = 10_000;

/** A back-test with its lists: that of ?id, or the latest that is finished. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const asked = new URL(request.url).searchParams.get("id");
  const found = await wholeBacktest(signedIn, asked === null ? null : (backtestId(asked) ?? 0));
  if (!found) return Response.json({ ok: false, message: "There is no such back-test." }, { status: 404 });
  return Response.json(backtestJson(found, signedIn.shop.currency), {
    headers: { "Content-Disposition": 'attachment; filename="backtest.json"', "Cache-Control": "no-store" },
  });
};

/** Starts a back-test. The body may say which version and which orders: { "version": 3, "window": { "days": 365 } }. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const bytes = await limitedBody(request, MOST_BYTES);
  const started = await startFromText(signedIn, bytes === null ? null : new TextDecoder().decode(bytes));
  return Response.json(started, { status: started.ok ? 200 : 422 });
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
