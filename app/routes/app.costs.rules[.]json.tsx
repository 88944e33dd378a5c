import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { rulesToJson } from "#app/core/costs/rule-json.ts";
import { saveRulesText } from "#app/cost-rules.server.ts";
import { limitedBody } from "#app/limited-body.server.ts";
import { ruleFaultText } from "#app/presenters/cost-rules.ts";
import { signIn } from "#app/sign-in.server.ts";

const MOST_BYTES = 1024 * 1024;

/** The shop's cost rules, as they can be put back. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  const { rules } = await app.pages.costRules(shop.id);
  return new Response(`${JSON.stringify(rulesToJson(rules, shop.currency), null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="cost-rules.json"',
      "Cache-Control": "no-store",
    },
  });
};

/** Puts a list of rules, the request's body, in the place of the shop's. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const bytes = await limitedBody(request, MOST_BYTES);
  if (bytes === null) return Response.json({ ok: false, faults: ["The list is larger than 1 MB."] }, { status: 413 });
  const saved = await saveRulesText(signedIn, new TextDecoder().decode(bytes));
  if (saved.ok) return Response.json({ ok: true, at: signedIn.app.now().getTime() });
  return Response.json({ ok: false, faults: saved.faults.map(ruleFaultText) }, { status: 422 });
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
