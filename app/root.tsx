import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react";
import type { ReactNode } from "react";
import { PlainPage } from "#app/components/plain-page.tsx";

/** The document around every page, and around what is shown where there is none. */
export const Layout = ({ children }: { children: ReactNode }): ReactNode => (
  <html lang="en">
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <link rel="preconnect" href="https://cdn.shopify.com/" />
      <link rel="stylesheet" href="https://cdn.shopify.com/static/fonts/inter/v4/styles.css" />
      <Meta />
      <Links />
    </head>
    <body>
      {children}
      <ScrollRestoration />
      <Scripts />
    </body>
  </html>
);

export default function Root(): ReactNode {
  return <Outlet />;
}

export const ErrorBoundary = (): ReactNode => {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) {
    return <PlainPage title="Not found">There is no such page. Open Pareto from your Shopify admin.</PlainPage>;
  }
  return <PlainPage title="Something went wrong">Nothing was lost. Reload the page.</PlainPage>;
};
