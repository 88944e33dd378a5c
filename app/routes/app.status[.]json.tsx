import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { backtestWork } from "#app/backtest.server.ts";
import type { Pages } from "#app/db/pages/pages.server.ts";
import { planWorks } from "#app/plan.server.ts";
import { signIn } from "#app/sign-in.server.ts";

type Work = NonNullable<Awaited<ReturnType<Pages["latestSync"]>>>;

const statusOf = ({ status, errorCode, stages }: Work) => ({
  status,
  errorCode,
  stages: stages.map(({ name, status: at, total, done, limits, seconds }) => {
    return { name, status: at, total, done, limits, seconds };
  }),
});

/** How far the shop's latest works are, as JSON: for a monitor, and for scripts that wait for them. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  const [sync, catchUp, recompute, reconcile, run, plan, backtest] = await Promise.all([
    app.pages.latestSync(shop.id),
    app.pages.latestCatchUp(shop.id),
    app.pages.latestRecompute(shop.id),
    app.pages.latestReconcile(shop.id),
    app.pages.latestRun(shop.id),
    planWorks(signedIn),
    backtestWork(signedIn),
  ]);
  return Response.json({
    sync: sync && statusOf(sync),
    catchUp: catchUp && statusOf(catchUp),
    recompute: recompute && statusOf(recompute),
    reconcile: reconcile && statusOf(reconcile),
    publish: plan.publish && statusOf(plan.publish),
    withdraw: plan.withdraw && statusOf(plan.withdraw),
    backtest: backtest && statusOf(backtest),
    tiersAsOf: run?.asOf ?? null,
  });
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
