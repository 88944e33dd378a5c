import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider as PolarisProvider } from "@shopify/polaris";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import english from "@shopify/polaris/locales/en.json" with { type: "json" };
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { PageError } from "#app/components/page-error.tsx";
import { signIn } from "#app/sign-in.server.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];

export const loader = async ({ request }: LoaderFunctionArgs): Promise<{ apiKey: string }> => {
  const { app } = await signIn(request);
  return { apiKey: app.env.SHOPIFY_API_KEY };
};

export default function AppLayout(): ReactNode {
  const { apiKey } = useLoaderData<typeof loader>();
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey}>
      <NavMenu>
        <Link to="/app" rel="home">
          Home
        </Link>
        <Link to="/app/customers">Customers</Link>
        <Link to="/app/tiers">Tiers</Link>
        <Link to="/app/discounts">Discounts</Link>
        <Link to="/app/terms">Terms</Link>
        <Link to="/app/costs">Costs</Link>
        <Link to="/app/reconciliation">Reconciliation</Link>
        <Link to="/app/status">Status</Link>
        <Link to="/app/settings">Settings</Link>
      </NavMenu>
      <Outlet />
    </AppProvider>
  );
}

/** Here the error may be sign-in's own, before there is anything around the page. */
export const ErrorBoundary = (): ReactNode => (
  <PolarisProvider i18n={english}>
    <PageError />
  </PolarisProvider>
);

export const headers: HeadersFunction = (args) => boundary.headers(args);
