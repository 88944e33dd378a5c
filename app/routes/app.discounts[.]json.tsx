import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { limitedBody } from "#app/limited-body.server.ts";
import { savePlanText } from "#app/plan-form.server.ts";
import { exportPlan, publishThePlan } from "#app/plan.server.ts";
import { signIn } from "#app/sign-in.server.ts";

const MOST_BYTES = 1024 * 1024;

/** The shop's discount plan, as it can be put back. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const json = await exportPlan(await signIn(request));
  if (json === null) return Response.json({ ok: false, message: "No plan has been saved yet." }, { status: 404 });
  return new Response(json, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="plan.json"',
      "Cache-Control": "no-store",
    },
  });
};

/** Saves a plan, the request's body, as the next version; with ?publish=1 it is published too. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const bytes = await limitedBody(request, MOST_BYTES);
  if (bytes === null) {
    return Response.json({ ok: false, faults: [{ at: "plan", reason: "is larger than 1 MB" }] }, { status: 413 });
  }
  const saved = await savePlanText(signedIn, new TextDecoder().decode(bytes), null);
  if (!saved.ok) return Response.json(saved, { status: 422 });
  const isPublished = new URL(request.url).searchParams.get("publish") === "1" && (await publishThePlan(signedIn));
  return Response.json({ ok: true, version: saved.version, published: isPublished });
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
