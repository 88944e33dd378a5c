import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { Banner, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";

/** What a page shows instead of itself when it cannot be shown. Sign-in's own responses go to App Bridge untouched. */
export const PageError = (): ReactNode => {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) {
    return (
      <Page title="Not found" backAction={{ content: "Home", url: "/app" }}>
        <Banner tone="warning" title="There is nothing here">
          <p>The customer may have been merged or removed, or is not part of the latest tier run.</p>
        </Banner>
      </Page>
    );
  }
  // Sign-in answers with a page of its own where there is something to do; without one it could not be done.
  if (isRouteErrorResponse(error) && (error.data || error.status < 500)) return <>{boundary.error(error)}</>;
  return (
    <Page title="Something went wrong">
      <Banner tone="critical" title="This page could not be shown">
        <p>
          Nothing was lost. Reload the page; if it happens again, Shopify may be out of reach, or the app&apos;s support
          should know when it happened.
        </p>
      </Banner>
    </Page>
  );
};
