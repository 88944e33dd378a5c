import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { signIn } from "#app/sign-in.server.ts";

/** How far the shop's latest sync is, as JSON: for a monitor, and for scripts that wait for it. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { app, shop } = await signIn(request);
  const [sync, run] = await Promise.all([app.pages.latestSync(shop.id), app.pages.latestRun(shop.id)]);
  return Response.json({
    sync: sync && {
      status: sync.status,
      errorCode: sync.errorCode,
      stages: sync.stages.map(({ name, status, total, done, limits, seconds }) => {
        return { name, status, total, done, limits, seconds };
      }),
    },
    tiersAsOf: run?.asOf ?? null,
  });
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
