import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { Banner, Page } from "@shopify/polaris";
import type { ReactNode } from "react";

/** What a page shows instead of itself when it cannot be shown. What sign-in wants of App Bridge stands in headers. */
export const PageError = (): ReactNode => {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) {
    return (
      <Page title="Not found" backAction={{ content: "Home", url: "/app" }}>
        <Banner tone="warning" title="There is nothing here">
          <p>
            What the address names is gone, or never was: a customer who was merged, a run or a back-test that was
            deleted.
          </p>
        </Banner>
      </Page>
    );
  }
  if (isRouteErrorResponse(error) && error.status === 410) {
    return (
      <Page title="Open Pareto in a browser">
        <Banner tone="warning" title="Nobody is signed in here">
          <p>
            Programs that say that they are one are not signed in. Open Pareto from your Shopify admin, in a browser.
          </p>
        </Banner>
      </Page>
    );
  }
  if (isRouteErrorResponse(error) && error.status < 500) {
    return (
      <Page title="Signing in">
        <p>If nothing happens, reload the page.</p>
      </Page>
    );
  }
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
